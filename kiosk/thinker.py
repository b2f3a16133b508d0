"""The thread in which the doorway's questions are answered, so that thinking about a crowd never delays a press."""

import logging
import queue
import threading
import traceback
from collections.abc import Callable
from typing import Final

from kiosk.doorway.asking import Answer, Question

STOP_WITHIN: Final = 5.0
"""Seconds that the last question is waited for: a crowd on a small Pi takes half as long."""

log = logging.getLogger(__name__)


class Thinker(threading.Thread):
    """Answers one question after the other; `answered` hears each answer in this thread and must only hand it over."""

    def __init__(self, answered: Callable[[Answer], None]) -> None:
        super().__init__(name="thinker", daemon=True)
        self._answered = answered
        self._questions: queue.SimpleQueue[Question | None] = queue.SimpleQueue()

    def ask(self, question: Question) -> None:
        """Hand over a question; returns at once."""
        self._questions.put(question)

    def stop(self) -> None:
        """End once all that was asked is answered. May be called twice."""
        self._questions.put(None)
        if self.is_alive():
            self.join(STOP_WITHIN)

    def run(self) -> None:
        """Answer until stopped. Every question gets an answer, or the doorway would wait for ever."""
        for question in iter(self._questions.get, None):
            try:
                answer = question.answer()
            except Exception as error:  # one crowd that cannot be weighed must not end the counting
                place = traceback.extract_tb(error.__traceback__)[-1]
                log.error("a passage could not be weighed: %s in %s", type(error).__name__, place.name)
                answer = question.no_answer()
            self._answered(answer)
