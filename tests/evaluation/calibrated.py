"""What the numbers of the calibration walk are worth: `python -m tests.evaluation.calibrated --doors 8`.

Sends a simulated installer through doors that differ strongly from the usual, then plays a quarter of an hour of each
through the real core, with what the walk measured and without. The same command prints the same table.
"""

from collections.abc import Callable
from dataclasses import replace

import click
from rich.console import Console
from rich.table import Table

from hardware.beacons import Recogniser
from hardware.simulation import DoorParameters, Simulated, simulate
from hardware.simulation.doors import draw_door, two_radios
from kiosk.calibration.sessions import EARLY, walk_simulated_door
from kiosk.doorway import Doorway, Layout
from kiosk.doorway.layout import Calibration
from kiosk.entrance import Entrance
from kiosk.errors import KioskError
from kiosk.outcomes import Outcomes
from kiosk.replay import replay
from kiosk.settings import Settings
from tests.evaluation.scoring import Score, score
from tests.evaluation.trial import PROFILES, SECONDS

FIRST_SEED = 1_006_000

Change = Callable[[DoorParameters], DoorParameters]


def _waves(**values: float) -> Change:
    return lambda door: replace(door, waves=replace(door.waves, **values))


def _far(door: DoorParameters) -> DoorParameters:
    door = replace(door, places={**door.places, "inside": (3.0, 3.0)})
    return _waves(power_offset=-8.0, exponent=2.9)(door)


DOORS: dict[str, Change] = {
    "as drawn": _waves(),
    "weak receiver, -12 dB": _waves(power_offset=-12.0),
    "strong receiver, +10 dB": _waves(power_offset=10.0),
    "steep, exponent 3.3": _waves(exponent=3.3),
    "corridor, exponent 1.6": _waves(exponent=1.6),
    "far, weak and steep": _far,
}


@click.command(help=__doc__)
@click.option("--doors", default=8, show_default=True, help="Doors of each kind.")
def main(doors: int) -> None:
    """Print a row for each kind of door."""
    table = Table(title="app_balanced with the usual numbers and with the walk's", title_justify="left", box=None)
    columns = ("passages", "usual", "share said - true", "calibrated", "share said - true")
    for number, title in enumerate(("doors", *columns)):
        table.add_column(title, justify="right" if number else "left")
    for name, change in DOORS.items():
        usual, measured = Score(), Score()
        for seed in range(FIRST_SEED, FIRST_SEED + doors):
            _try(change(draw_door(seed)), seed, usual, measured)
        figures = [text for each in (usual, measured) for text in (f"{each.app_balanced:.3f}", f"{each.bias:+.3f}")]
        table.add_row(name, str(usual.passages), *figures)
    Console(width=None if Console().is_terminal else 110).print(table)


def _try(door: DoorParameters, seed: int, usual: Score, measured: Score) -> None:
    try:
        _, found = walk_simulated_door(Settings(), lambda _: None, seed, replace(two_radios(door), crowd=EARLY))
    except KioskError:
        return  # the walk itself says that this is no place for a kiosk
    simulated = simulate(door, SECONDS, seed)
    usual.add(_scored(simulated, None))
    measured.add(_scored(simulated, found.estimate.calibration))


def _scored(simulated: Simulated, calibration: Calibration | None) -> Score:
    header, outcomes = simulated.header, Outcomes()
    layout = Layout(header.door, header.radios, dict(header.places), calibration)
    entrance = Entrance(Doorway(layout, Recogniser(PROFILES)))
    for step in replay(entrance, simulated.events, header.seconds):
        outcomes.add(step.decisions)
    return score(outcomes.entries, simulated.truth)


if __name__ == "__main__":
    main()
