"""Radio with real bleak on a real bus; only bluetoothd is a stand-in."""

import contextlib
import logging
import queue
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from hardware.clock import SystemClock
from hardware.events import Advert, Event, Scanner
from hardware.profiles import load_profiles
from hardware.radio import Radio
from hardware.watchdog import Patience
from tests.bus.stand_in import RefusedError, StandInBluez, wait_until

BLUEZONE = "00004e56-0000-1000-8000-00805f9b34fb"
EXPOSURE = "0000fd6f-0000-1000-8000-00805f9b34fb"
ROLLING = bytes.fromhex("9a595295af6f01038cd2fe75")
FAST = Patience().faster(200)  # silence after 0.45 s, passive scanning on trial for 0.15 s, first wait 10 ms
GLANCING = replace(Patience().faster(1), glance=0.1)  # all else takes its real time, far longer than a test waits

PutIn = Callable[..., "Heard"]


class Heard:
    """A radio that is running, and what it has reported."""

    def __init__(self, radio: Radio) -> None:
        self.radio = radio
        self.events: queue.Queue[Event] = queue.Queue()
        self.seen: list[Event] = []
        radio.start(self.events.put)

    def next(self, kind: type, seconds: float = 10) -> Event:
        """Return the next event of this kind, remembering the others."""
        end = time.monotonic() + seconds
        while True:
            event = self.events.get(timeout=max(end - time.monotonic(), 0.001))
            self.seen.append(event)
            if isinstance(event, kind):
                return event

    def until_listening(self, listening: bool, reason: str = "") -> Scanner:
        while True:
            event = self.next(Scanner)
            if event.listening is listening and reason in event.reason:
                return event


@pytest.fixture
def listen() -> Iterator[PutIn]:
    running: list[Radio] = []

    def begin(name: str = "inside", adapter: str = "", mode: str = "active", patience: Patience | None = None) -> Heard:
        radio = Radio(name, adapter, mode, load_profiles(), SystemClock(), patience=patience)
        running.append(radio)
        return Heard(radio)

    yield begin
    for radio in running:
        radio.stop()
        radio.stop()


@pytest.mark.parametrize("mode", ["active", "passive"])
def test_an_advert_arrives_as_it_was_sent(bluez: StandInBluez, listen: PutIn, mode: str) -> None:
    bluez.add_adapter()
    heard = listen(mode=mode)
    before = SystemClock().monotonic()
    bluez.wait_until_scanned()
    bluez.advert(
        address="6A:E7:59:11:ED:F5",
        rssi=-71,
        uuids=[BLUEZONE],
        service_data={EXPOSURE: b"\x01\x02"},
        manufacturer_data={8885: ROLLING},
        name="Phone",
        tx_power=7,
    )
    advert = heard.next(Advert)
    assert before <= advert.t <= SystemClock().monotonic()
    assert advert == Advert(
        t=advert.t,
        address="6A:E7:59:11:ED:F5",
        rssi=-71,
        radio="inside",
        service_uuids=(BLUEZONE,),
        service_data={EXPOSURE: b"\x01\x02"},
        manufacturer_data={8885: ROLLING},
        local_name="Phone",
        tx_power=7,
    )
    assert bluez.adapters["hci0"].starts == [mode]


def test_every_repeat_is_reported(bluez: StandInBluez, listen: PutIn) -> None:
    bluez.add_adapter()
    heard = listen()
    bluez.wait_until_scanned()
    strengths = [-70, -70, -64, -70]
    for rssi in strengths:
        bluez.advert(rssi=rssi, uuids=[BLUEZONE])
    assert [heard.next(Advert).rssi for _ in strengths] == strengths


def test_repeats_are_asked_for_and_nobody_is_filtered_out(bluez: StandInBluez, listen: PutIn) -> None:
    bluez.add_adapter()
    listen()
    assert bluez.wait_until_scanned().filter == {"Transport": "le", "DuplicateData": True}


def test_it_says_when_it_begins_and_ceases_to_listen(bluez: StandInBluez, listen: PutIn) -> None:
    bluez.add_adapter()
    heard = listen()
    begun = heard.next(Scanner)
    assert (begun.radio, begun.listening, begun.reason) == ("inside", True, "active scanning on hci0")
    heard.radio.stop()
    ceased = heard.next(Scanner)
    assert (ceased.listening, ceased.reason) == (False, "stopped")
    assert not bluez.adapters["hci0"].discoverers


def test_it_can_be_started_again(bluez: StandInBluez, listen: PutIn) -> None:
    bluez.add_adapter()
    heard = listen()
    heard.until_listening(True)
    heard.radio.stop()
    heard.radio.start(heard.events.put)
    heard.until_listening(True)
    bluez.wait_until_scanned(starts=2)
    bluez.advert()
    assert heard.next(Advert)


def test_auto_listens_passively_where_that_delivers(bluez: StandInBluez, listen: PutIn) -> None:
    bluez.add_adapter()
    heard = listen(mode="auto")
    bluez.wait_until_scanned()
    assert bluez.advert(manufacturer_data={0x004C: b"\x01" + bytes(16)}, flags=None)
    heard.next(Advert)
    assert heard.radio.state().mode == "passive"


def test_auto_falls_back_where_passive_scanning_is_not_offered(bluez: StandInBluez, listen: PutIn) -> None:
    bluez.add_adapter(passive=False)
    heard = listen(mode="auto")
    assert heard.next(Scanner).reason == "active scanning on hci0"
    bluez.wait_until_scanned()
    bluez.advert()
    heard.next(Advert)


def test_auto_falls_back_where_passive_scanning_delivers_nothing(bluez: StandInBluez, listen: PutIn) -> None:
    bluez.add_adapter(deaf_when_passive=True)
    heard = listen(mode="auto", patience=FAST)
    assert "hears nothing at all: trying active" in heard.until_listening(False).reason
    bluez.wait_until_scanned(starts=2)
    bluez.advert()
    assert heard.until_listening(True).reason == "active scanning on hci0"
    assert bluez.adapters["hci0"].starts[:2] == ["passive", "active"]


def test_auto_leaves_passive_scanning_that_ends_bluetoothd(bluez: StandInBluez, listen: PutIn) -> None:
    with contextlib.ExitStack() as running:
        bluetoothd = bluez
        begun: list[str] = []
        bluetoothd.add_adapter()
        heard = listen(mode="auto", patience=replace(GLANCING, first_wait=0.01, longest_wait=0.05))
        for _ in range(3):
            begun += bluetoothd.wait_until_scanned().starts
            if begun[-1] == "active":
                break
            bluetoothd.close()  # it dies, and systemd starts another one
            bluetoothd = StandInBluez(Path(bluez.address.removeprefix("unix:path=")))
            running.callback(bluetoothd.close)
            bluetoothd.add_adapter()
        assert begun == ["passive", "passive", "active"]
        reason = "active scanning on hci0, because passive scanning ended the bluetooth service twice"
        wait_until(lambda: heard.radio.state().reason == reason, "it never said why")
        bluetoothd.advert(address="33:33:33:33:33:33")
        assert heard.next(Advert).address == "33:33:33:33:33:33"


@pytest.mark.parametrize("mode", ["active", "passive"])
def test_a_restart_that_silences_the_scanner_is_noticed_and_mended(
    bluez: StandInBluez, listen: PutIn, mode: str
) -> None:
    bluez.add_adapter()
    heard = listen(mode=mode, patience=FAST)
    bluez.wait_until_scanned()
    bluez.advert(address="11:11:11:11:11:11")
    heard.next(Advert)
    bluez.restart()
    assert not bluez.advert(address="22:22:22:22:22:22")
    assert "nothing heard on hci0" in heard.until_listening(False).reason
    bluez.wait_until_scanned(starts=2)
    time.sleep(0.05)
    before = SystemClock().monotonic()
    bluez.advert(address="33:33:33:33:33:33")
    assert heard.until_listening(True).t >= before  # only an advert proves that it hears again
    assert heard.next(Advert).address == "33:33:33:33:33:33"


def test_an_adapter_switched_off_is_noticed_long_before_the_silence_would_tell(
    bluez: StandInBluez, listen: PutIn
) -> None:
    bluez.add_adapter()
    heard = listen(patience=replace(GLANCING, first_wait=0.01))
    bluez.wait_until_scanned()
    bluez.advert()
    off = SystemClock().monotonic()
    bluez.power("hci0", on=False)
    noticed = heard.until_listening(False, reason="hci0 is switched off").t
    assert noticed - off < GLANCING.silence / 10
    wait_until(lambda: heard.radio.state().degraded, "never called degraded")
    bluez.power("hci0", on=True)
    bluez.wait_until_scanned(starts=2)
    heard.until_listening(True)
    assert not heard.radio.state().degraded


def test_another_bluetoothd_is_noticed_too(bluez: StandInBluez, listen: PutIn, tmp_path: Path) -> None:
    bluez.add_adapter()
    heard = listen(patience=GLANCING)
    bluez.wait_until_scanned()
    bluez.close()
    with contextlib.closing(StandInBluez(Path(bluez.address.removeprefix("unix:path=")))) as another:
        another.add_adapter()
        another.wait_until_scanned()
        another.advert(address="33:33:33:33:33:33")
        assert heard.next(Advert).address == "33:33:33:33:33:33"
    assert "the bluetooth service has changed" in "".join(e.reason for e in heard.seen if isinstance(e, Scanner))


def test_it_stops_even_while_bluez_does_not_answer(bluez: StandInBluez, listen: PutIn) -> None:
    bluez.add_adapter()
    with bluez._lock:  # a bluetoothd that hangs
        heard = listen()
        time.sleep(0.1)  # for it to ask in vain
        begun = time.monotonic()
        heard.radio.stop()
        assert time.monotonic() - begun < 2
    assert heard.next(Scanner).reason == "stopped"


def test_a_missing_adapter_is_one_plain_line_and_works_once_it_is_there(bluez: StandInBluez, listen: PutIn) -> None:
    heard = listen(patience=FAST)
    assert heard.next(Scanner).reason == "no Bluetooth adapter found: plug one in or enable the built-in one"
    wait_until(lambda: heard.radio.state().degraded, "did not try again")
    bluez.add_adapter()
    heard.until_listening(True)
    assert [event.listening for event in heard.seen if isinstance(event, Scanner)] == [False, True]  # not at every try


def test_no_bus_is_one_plain_line(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, listen: PutIn) -> None:
    monkeypatch.setenv("DBUS_SYSTEM_BUS_ADDRESS", f"unix:path={tmp_path / 'absent'}")
    heard = listen()
    assert heard.next(Scanner).reason == "no system D-Bus here: is the dbus service running?"


def test_no_bluetooth_service_on_the_bus(bluez: StandInBluez, listen: PutIn) -> None:
    bluez.add_adapter()
    bluez.close()
    assert listen().next(Scanner).reason == "BlueZ does not answer: is the bluetooth service running?"


def test_scanning_that_is_in_progress_elsewhere_is_tried_again(bluez: StandInBluez, listen: PutIn) -> None:
    adapter = bluez.add_adapter(refuses=RefusedError("org.bluez.Error.InProgress", "Operation already in progress"))
    heard = listen(mode="auto", patience=FAST)
    assert "InProgress" in heard.until_listening(False).reason
    adapter.refuses = None
    heard.until_listening(True)


def test_no_advert_reaches_the_log_even_when_everything_is_logged(
    bluez: StandInBluez, listen: PutIn, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        bluez.add_adapter()
        heard = listen()
        bluez.wait_until_scanned()
        bluez.advert(address="6A:E7:59:11:ED:F5", manufacturer_data={8885: ROLLING}, name="An's phone")
        heard.next(Advert)
        heard.radio.stop()
    assert "active scanning on hci0" in caplog.text
    assert not [word for word in ("6A:E7", "6A_E7", "An's", ROLLING.hex()) if word in caplog.text]


def test_two_radios_keep_their_adapters_apart(bluez: StandInBluez, listen: PutIn) -> None:
    bluez.add_adapter("hci0", "00:1A:7D:DA:71:13")
    bluez.add_adapter("hci1", "5C:F3:70:8B:12:34")
    outside = listen("outside", adapter="5c:f3:70:8b:12:34")
    inside = listen("inside", adapter="hci0")
    bluez.wait_until_scanned("hci0")
    bluez.wait_until_scanned("hci1")
    bluez.advert("hci1", address="11:11:11:11:11:11", rssi=-50)
    bluez.advert("hci0", address="11:11:11:11:11:11", rssi=-80)
    for heard, rssi in ((outside, -50), (inside, -80)):
        advert = heard.next(Advert)
        assert (advert.radio, advert.rssi) == (heard.radio.name, rssi)


def test_an_adapter_that_is_not_there_is_named_with_those_that_are(bluez: StandInBluez, listen: PutIn) -> None:
    bluez.add_adapter("hci0", "00:1A:7D:DA:71:13")
    reason = listen(adapter="hci7").next(Scanner).reason
    assert reason == "Bluetooth adapter hci7 is not here; there are: hci0 00:1A:7D:DA:71:13"


@pytest.mark.parametrize(
    "what",
    [
        {"manufacturer_data": {8885: b""}},
        {"manufacturer_data": {0x004C: bytes(250), 0: b"\xff" * 250, 65535: b"x"}},
        {"service_data": {EXPOSURE: b"", "not a uuid": b"\x00"}},
        {"uuids": ["", "NOT-A-UUID", BLUEZONE.upper()] * 30},
        {"name": "Điện thoại ☎\n" * 20},
        {"rssi": 20, "tx_power": -128},
    ],
)
def test_malformed_payloads_come_through_and_do_no_harm(bluez: StandInBluez, listen: PutIn, what: dict) -> None:
    bluez.add_adapter()
    heard = listen()
    bluez.wait_until_scanned()
    bluez.advert(address="66:66:66:66:66:66", **what)
    bluez.advert(address="77:77:77:77:77:77", uuids=[BLUEZONE])
    assert [heard.next(Advert).address[:2] for _ in range(2)] == ["66", "77"]


def test_news_of_a_device_without_a_strength_is_no_advert(bluez: StandInBluez, listen: PutIn) -> None:
    bluez.add_adapter()
    heard = listen()
    bluez.wait_until_scanned()
    bluez.advert(rssi=127)
    bluez.advert(rssi=-60)
    assert heard.next(Advert).rssi == -60
    assert heard.radio.state().adverts == 1


def test_a_thousand_adverts_a_second_without_loss(bluez: StandInBluez, listen: PutIn) -> None:
    bluez.add_adapter()
    heard = listen()
    bluez.wait_until_scanned()
    rate, seconds = 1000, 3
    start = time.monotonic()
    for number in range(rate * seconds):
        bluez.advert(
            address=f"40:00:00:00:00:{number % 100:02X}",
            rssi=-50 - number % 40,
            manufacturer_data={8885: number.to_bytes(12, "big")},
        )
        time.sleep(max(0.0, start + number / rate - time.monotonic()))
    received = [int.from_bytes(heard.next(Advert).manufacturer_data[8885], "big") for _ in range(rate * seconds)]
    assert received == list(range(rate * seconds))
