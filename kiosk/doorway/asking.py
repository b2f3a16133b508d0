"""What the judge is asked, and its answer: values of their own, so that thinking may be done elsewhere.

Judging a crowd takes seconds on a small Pi. A doorway that is told `think_elsewhere` hands over a question with copies
of all it rests on, goes on with beams and presses, and takes the answer when it comes. One question is open at a time.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from kiosk.decisions import Decision
from kiosk.doorway.listening import Listening
from kiosk.doorway.passing import Passing, Verdict
from kiosk.doorway.tracks import Track


class Judge(Protocol):
    """Says what the radios make of the passages."""

    def judge(self, question: "Question") -> dict[int, Verdict]:
        """A verdict for the number of each passage, as far as can be said from what the question holds."""


@dataclass(frozen=True, slots=True)
class Answer:
    """The verdicts that question `number` asked for, by the number of each passage."""

    number: int
    verdicts: dict[int, Verdict]


@dataclass(frozen=True, slots=True)
class Question:
    """Passages, and what was heard around them until `now` (seconds).

    `tracks` are the phones with the app, `devices` whatever else was heard. Nothing of it changes before the answer.
    """

    number: int
    judge: Judge
    passings: Sequence[Passing]
    tracks: Sequence[Track]
    devices: Sequence[Track]
    listening: Listening
    now: float

    def answer(self) -> Answer:
        """Think. This is what takes long."""
        return Answer(self.number, self.judge.judge(self))

    def no_answer(self) -> Answer:
        """For a judge that failed: nothing is known of the app, and the passages count all the same."""
        unknown = Verdict(None, ("the evidence could not be weighed",))
        return Answer(self.number, {passing.number: unknown for passing in self.passings})


Then = Callable[[Sequence[Passing], dict[int, Verdict], float], list[Decision]]
"""What follows from the verdicts on the passages that were due, at a time (seconds)."""


@dataclass(frozen=True, slots=True)
class Open:
    """A question that waits for its answer: which passages it was about, and what is to follow."""

    number: int
    due: Sequence[Passing]
    then: Then
