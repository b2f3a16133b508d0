"""Runs in the virtual Pi: a Bluetooth controller of bumble on /dev/vhci, which hears one phone with the app walk by.

Real bluetoothd on top takes it for its adapter. A gadget is always heard; the phone walks by, and one line says how it
went, whenever a file `go` appears beside this one.
"""

import asyncio
import sys
from pathlib import Path

from bumble import hci
from bumble.controller import Controller
from bumble.transport import open_transport

PHONE = hci.Address("43:8A:5D:BE:75:9D", hci.Address.RANDOM_DEVICE_ADDRESS)
PHONE_SENDS = bytes.fromhex("0303564e" + "0fffb522" + "9a595295af6f01038cd2fe75")
"""The app's 16-bit service UUID, and its manufacturer data with a rolling ID. Android sends no flags with it."""

GADGET = hci.Address("11:22:33:44:55:66", hci.Address.PUBLIC_DEVICE_ADDRESS)
GADGET_SENDS = bytes.fromhex("020106")

WALK_SECONDS = 6.0
INTERVAL = 0.1
"""Seconds between two adverts of a phone in Android's low-latency mode."""

FARTHEST, NEAREST = -90, -50
"""dBm at the ends of the walk and in its middle."""


class Radio(Controller):
    """A controller that hears what it is told to, while the host scans. It counts what the host took of the phone."""

    taken = 0

    def hear(self, address: hci.Address, data: bytes, rssi: int) -> None:
        """Report one advert to the host if it is listening."""
        if not self.le_scan_enable:
            return
        self.taken += address == PHONE
        report = hci.HCI_LE_Advertising_Report_Event.Report(
            event_type=hci.HCI_LE_Advertising_Report_Event.EventType.ADV_NONCONN_IND,
            address_type=address.address_type,
            address=address,
            data=data,
            rssi=rssi,
        )
        self.send_hci_packet(hci.HCI_LE_Advertising_Report_Event([report]))


async def walk_by(radio: Radio) -> int:
    """A phone comes near and goes away again; return how many adverts it sent."""
    steps = round(WALK_SECONDS / INTERVAL)
    for step in range(steps + 1):
        near = 1 - abs(2 * step / steps - 1)
        radio.hear(PHONE, PHONE_SENDS, round(FARTHEST + (NEAREST - FARTHEST) * near))
        await asyncio.sleep(INTERVAL)
    return steps + 1


async def main() -> None:
    async with await open_transport("vhci") as transport:
        radio = Radio("radio", host_source=transport.source, host_sink=transport.sink)
        # Without this feature the host sends the older commands, which every adapter knows.
        radio.le_features &= ~hci.LeFeatureMask.LE_EXTENDED_ADVERTISING
        go = Path(__file__).with_name("go")
        while True:
            await asyncio.sleep(0.5)
            radio.hear(GADGET, GADGET_SENDS, -70)
            if go.exists():
                go.unlink()
                radio.taken = 0
                sent = await walk_by(radio)
                passive = radio.le_scan_type == 0
                sys.stdout.write(f"sent={sent} taken={radio.taken} passive={passive}\n")
                sys.stdout.flush()


asyncio.run(main())
