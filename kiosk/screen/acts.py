"""The scenes that something happening brings to the front."""

from kiosk.languages import Words
from kiosk.screen.scene import InDoor, Scene


def thanking(name: str) -> Scene:
    """Thanks in the door; `name` is `thanks` or `installed`."""
    return Scene(
        name,
        Words(f"{name}.headline"),
        body=Words(f"{name}.body"),
        in_door=InDoor.TICK,
        door_title=Words(f"{name}.title"),
        door_line=Words(f"{name}.line"),
    )


def listening(full: float) -> Scene:
    """A phone is wanted close by; the ring is `full` (0 to 1)."""
    return Scene(
        "hold",
        Words("hold.headline"),
        body=Words("hold.body"),
        in_door=InDoor.RING,
        ring=full,
        door_line=Words("hold.line"),
    )


def checking() -> Scene:
    """Nothing was heard: what to look at, never "you have no app"."""
    return Scene(
        "check",
        Words("check.headline"),
        body=Words("check.body"),
        in_door=InDoor.RING,
        ring=1.0,
        door_line=Words("check.line"),
    )
