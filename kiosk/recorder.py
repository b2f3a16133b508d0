"""An entrance that is recorded while it decides. A disk that fails ends the recording, never the counting."""

from collections.abc import Callable, Sequence

from hardware.errors import RecordingError
from hardware.events import Advert, Beam, Event, Press, Scanner
from hardware.recording_writer import RecordingWriter
from kiosk.core import Deciding
from kiosk.decisions import Decision, Pressed
from kiosk.desk import DeskView
from kiosk.doorway import DoorMemory
from kiosk.doorway.asking import Answer, Question


class Recorder:
    """Stands between the core's thread and its entrance and writes down what passes: adverts, beams, presses.

    Beams are written as they come, before debouncing, so that a replay can try that too; of the officer's fingers only
    what the desk made of them. `trouble` says in one line why the recording ended early, empty while it has not.
    """

    def __init__(self, entrance: Deciding, writer: RecordingWriter) -> None:
        self._entrance = entrance
        self._writer = writer
        self._closed = False
        self.trouble = ""

    def handle(self, event: Event) -> Sequence[Decision]:
        """Write down one event and hand it on."""
        if isinstance(event, Advert | Beam | Scanner):
            self._write(event)
        return self._noting_presses(self._entrance.handle(event))

    def advance(self, t: float) -> Sequence[Decision]:
        """Hand on that time has passed to monotonic second `t`."""
        return self._noting_presses(self._entrance.advance(t))

    def think_elsewhere(self, ask: Callable[[Question], None]) -> None:
        """Hand on who thinks about what takes long."""
        self._entrance.think_elsewhere(ask)

    def answered(self, answer: Answer) -> Sequence[Decision]:
        """Hand on an answer."""
        return self._noting_presses(self._entrance.answered(answer))

    def finish(self, t: float) -> Sequence[Decision]:
        """Hand on that no more events come."""
        return self._noting_presses(self._entrance.finish(t))

    def close(self, seconds: float) -> None:
        """Finish the file; `seconds` is how long was recorded. Raises RecordingError when it could not be written."""
        self._closed = True
        if not self.trouble:
            self._writer.close(seconds)
            return
        self._writer.discard()
        raise RecordingError(self.trouble)

    def due(self) -> float | None:
        """When an edge proves stable next."""
        return self._entrance.due()

    def desk_view(self) -> DeskView:
        """What the screen shows of the officer's fingers."""
        return self._entrance.desk_view()

    def stuck(self, t: float) -> Sequence[str]:
        """The sensors and buttons that have been active for minutes."""
        return self._entrance.stuck(t)

    def suspect(self, t: float) -> bool:
        """Whether what is said of the app is doubtful."""
        return self._entrance.suspect(t)

    def memory(self) -> DoorMemory:
        """What this door has learned."""
        return self._entrance.memory()

    def _noting_presses(self, decisions: Sequence[Decision]) -> Sequence[Decision]:
        for decision in decisions:
            if isinstance(decision, Pressed):
                self._write(Press(decision.t, decision.action, decision.count))
        return decisions

    def _write(self, event: Event) -> None:
        if self._closed or self.trouble:
            return
        try:
            self._writer.write(event)
        except RecordingError as error:
            self.trouble = str(error)
