"""What a door has learned, to be kept across restarts."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class DoorMemory:
    """Plain numbers of one door; nothing in them tells of a person or a phone.

    `share` of the people have the app running (0 to 1), which rests on so many `passages`; `bystanders` phones an hour
    are heard that go through no passage, which rests on so many `seconds` of listening.
    """

    share: float
    passages: float
    bystanders: float = 0.0
    seconds: float = 0.0
