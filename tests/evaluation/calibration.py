"""How near the calibration walk comes to the truth: `python -m tests.evaluation.calibration --doors 120`.

Draws doors, sends a simulated installer through each, and prints bias and standard deviation of each number, how the
claimed errors fit, and what good places were called. The same command prints the same table.
"""

from collections import Counter
from dataclasses import replace
from statistics import fmean, pstdev

import click

from hardware.simulation.doors import draw_door, two_radios
from hardware.simulation.emitters import POWER, Kind
from kiosk.calibration.session import Findings
from kiosk.calibration.sessions import EARLY, walk_simulated_door
from kiosk.errors import KioskError
from kiosk.settings import Settings

FADED = -0.95
"""dB by which the mean of fast fading, taken in dB, lies under its mean power (Rice factor 4)."""

FIRST_SEED = 1_000_000


@click.command(help=__doc__)
@click.option("--doors", default=120, show_default=True, help="How many doors.")
def main(doors: int) -> None:
    """Walk through every door and print the table."""
    walked: dict[str, list[float]] = {"reference": [], "slope": [], "pocket loss": [], "second offset": []}
    claimed: list[float] = []
    called: Counter[str] = Counter()
    for seed in range(FIRST_SEED, FIRST_SEED + doors):
        door = replace(two_radios(draw_door(seed)), crowd=EARLY)
        try:
            _, findings = walk_simulated_door(Settings(), lambda _: None, seed, door)
        except KioskError as error:
            called[str(error)] += 1
            continue
        truth = POWER[Kind.ANDROID] + door.waves.power_offset + FADED
        errors = _errors(findings, truth, door.waves.exponent, door.waves.pocket)
        for name, error in errors.items():
            walked[name].append(error)
        claimed.append(errors["reference"] / findings.estimate.reference_error)
        called.update(fault.kind for fault in findings.unsuited)
    for name, errors_of in walked.items():
        click.echo(f"{name:14} bias {fmean(errors_of):+.2f}  deviation {pstdev(errors_of):.2f}")
    click.echo(f"reference's error over the claimed one: deviation {pstdev(claimed):.2f}")
    click.echo(f"called unsuited: {dict(called) or 'none'}")


def _errors(findings: Findings, reference: float, slope: float, pocket: float) -> dict[str, float]:
    found = findings.estimate.calibration
    pairs = {
        "reference": (found.reference, reference),
        "slope": (found.slope, slope),
        "pocket loss": (found.pocket_loss, pocket),
        "second offset": (found.second_offset, 0.0),
    }
    return {name: value - true for name, (value, true) in pairs.items() if value is not None}


if __name__ == "__main__":
    main()
