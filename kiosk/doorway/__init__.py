"""The heart of the kiosk: who came in, and whether the app ran. Pure and deterministic; see docs/doorway.md."""

from kiosk.doorway.doorway import Doorway
from kiosk.doorway.layout import Layout
from kiosk.doorway.memory import DoorMemory

__all__ = ["DoorMemory", "Doorway", "Layout"]
