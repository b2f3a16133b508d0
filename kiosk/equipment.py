"""What reports events at a door: the real radios, beams and buttons, or a simulation in their place."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from hardware.clock import Clock
from hardware.events import EventSource, PutEvent
from hardware.profiles import BeaconProfile
from kiosk.app import Source
from kiosk.doorway import Layout
from kiosk.settings import Settings
from kiosk.status_lamp import StatusLamp

if TYPE_CHECKING:
    from hardware.lamp import Lamp
    from hardware.radio import RadioState
    from hardware.simulation.source import SimulatedHardware


class Lazy:
    """A part of the hardware that is built anew each time it is started, so that what was missing may come later."""

    def __init__(self, build: Callable[[], EventSource]) -> None:
        self._build = build
        self._part: EventSource | None = None

    def start(self, put: PutEvent) -> None:
        """Build the part and start it. Raises what building or starting raises, HardwareError as a rule."""
        part = self._build()
        part.start(put)
        self._part = part

    def stop(self) -> None:
        """Stop what runs. May be called twice."""
        part, self._part = self._part, None
        if part is not None:
            part.stop()


def build_door(settings: Settings, clock: Clock) -> EventSource:
    """The sensors on their pins, opened when started."""

    def build() -> EventSource:
        from hardware.door import Door  # noqa: PLC0415 (gpiozero costs 0.13 s, and only a real door needs it)
        from hardware.pins import pin_factory  # noqa: PLC0415

        door = settings.door
        return Door(
            door.sensors, door.pins, active_low=door.active_low, factory=pin_factory(simulated=False), clock=clock
        )

    return Lazy(build)


def build_panel(settings: Settings, clock: Clock) -> EventSource:
    """The officer's buttons on their pins, opened when started."""

    def build() -> EventSource:
        from hardware.panel import Panel  # noqa: PLC0415 (as above)
        from hardware.pins import pin_factory  # noqa: PLC0415

        return Panel(settings.panel.pins, factory=pin_factory(simulated=False), clock=clock)

    return Lazy(build)


@dataclass(frozen=True, slots=True)
class Hardware:
    """What reports events: the real radios, door and panel, or a simulation in their place.

    `radios` are asked for how they listen; `lamp` is the officer's, where there is one.
    """

    sources: Sequence[Source]
    radios: Sequence[Callable[[], "RadioState"]] = ()
    lamp: StatusLamp | None = None


def real_hardware(settings: Settings, clock: Clock, profiles: Sequence[BeaconProfile]) -> Hardware:
    """Radios by bleak, door and panel by gpiozero; nothing is opened yet."""
    from hardware.radio import Radio  # noqa: PLC0415 (bleak costs 0.17 s, which a simulation does not need)

    radios = [Radio(radio.name, radio.adapter, settings.scan.mode, profiles, clock) for radio in settings.radio]
    sources = [Source(f"radio:{radio.name}", radio) for radio in radios]
    if settings.door.sensors:
        sources.append(Source("door", build_door(settings, clock)))
    if settings.panel.pins:
        sources.append(Source("panel", build_panel(settings, clock)))
    return Hardware(sources, [radio.state for radio in radios], _build_lamp(settings.panel.lamp))


def _build_lamp(pin: int | None) -> StatusLamp | None:
    def build() -> "Lamp":
        from hardware.lamp import Lamp  # noqa: PLC0415 (gpiozero, as above)
        from hardware.pins import pin_factory  # noqa: PLC0415

        return Lamp(pin, factory=pin_factory(simulated=False))

    return StatusLamp(build) if pin is not None else None


def simulated_hardware(clock: Clock, seed: int, history: int = 0) -> tuple[Layout, Hardware, "SimulatedHardware"]:
    """A simulated door with two beams, two radios and an endless crowd, of which `history` minutes come at once.

    Every tenth visitor is answered by a simulated officer, so that presses are there to be seen.
    """
    from hardware.simulation import Crowd, DoorParameters  # noqa: PLC0415 (only a simulation needs it)
    from hardware.simulation.source import SimulatedHardware  # noqa: PLC0415

    door = DoorParameters(radios=("inside", "outside"), crowd=Crowd(presses=0.1))
    simulation = SimulatedHardware(door, clock, seed, history)
    layout = Layout(door.sensors, door.radios, door.places)
    return layout, Hardware([Source("simulation", simulation)]), simulation
