"""What a door has learned, to be kept across restarts."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class DoorMemory:
    """Plain numbers of one door; nothing in them tells of a person or a phone.

    `share` of the people have the app running (0 to 1), which rests on so many `passages`; `bystanders` phones an hour
    are heard that go through no passage, which rests on so many `seconds` of listening; visitors' phones are stronger
    than usual by `excess` dB, which rests on so many `phones`; of the people with the app the share `with_app` carries
    another device too, which rests on `with_people`, and of those without it the share `without_app`.
    """

    share: float
    passages: float
    bystanders: float = 0.0
    seconds: float = 0.0
    excess: float = 0.0
    phones: float = 0.0
    with_app: float = 0.0
    with_people: float = 0.0
    without_app: float = 0.0
    without_people: float = 0.0
