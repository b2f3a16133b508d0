"""What is heard of devices that do not tell the app: phones without it, watches, earbuds.

Somebody whose phone says other things all the time, and never the app, most likely has no app running; and who is
known to carry that device is not the one who carries the phone with the app beside it. So they are followed as the
phones with the app are: by the keyed hash of their address, in memory only, for as long as a passage is open.
"""

from collections import OrderedDict

from hardware.beacons import Sighting
from kiosk.doorway.tracks import Tracks

REMEMBERED = 1024
"""Addresses known to send the app, the newest: twice the phones that are followed at once."""


class Devices:
    """The other devices heard lately. What sends the app too, from one address, is that phone and no other device."""

    def __init__(self) -> None:
        self.tracks = Tracks()
        self._with_app: OrderedDict[int, None] = OrderedDict()

    def add(self, sighting: Sighting) -> None:
        """Take one sighting of another device."""
        if sighting.address not in self._with_app:
            self.tracks.add(sighting)

    def sends_app(self, address: int) -> None:
        """An advert of the app came from this address: what else it sends is no other device."""
        if address in self._with_app:
            return
        self._with_app[address] = None
        self.tracks.drop(address)
        if len(self._with_app) > REMEMBERED:
            self._with_app.popitem(last=False)
