"""What the walk found, for people and for programs."""

from dataclasses import asdict, dataclass
from typing import Any, Final

from kiosk.calibration.estimate import Estimate
from kiosk.calibration.session import Findings

MEANINGS: Final = {
    "reference": ("dBm", "phone in hand, 1 m from the first radio"),
    "slope": ("", "path-loss exponent: 2 in the open, 3 among walls"),
    "pocket_loss": ("dB", "what a pocket takes"),
    "second_offset": ("dB", "the second radio over the first, same distance"),
    "close": ("dBm", "above it a phone is held to the kiosk"),
    "door": ("dBm", "phone in a pocket at the door line"),
}


@dataclass(frozen=True, slots=True)
class Number:
    """One number of the calibration in words: `shown` with its unit, `error` as "± 2.1" or empty."""

    key: str
    shown: str
    error: str
    meaning: str


def numbers(found: Estimate) -> list[Number]:
    """The numbers that were measured, in the order of the configuration."""
    errors = {
        "reference": found.reference_error,
        "slope": found.slope_error,
        "pocket_loss": found.pocket_error,
    }
    rows = []
    for key, value in asdict(found.calibration).items():
        if value is not None:
            unit, meaning = MEANINGS[key]
            error = f"± {errors[key]:.1f}" if key in errors else ""
            rows.append(Number(key, f"{value} {unit}".strip(), error, meaning))
    return rows


def facts(findings: Findings) -> dict[str, Any]:
    """All of it as plain values for JSON; times in seconds from the start of the walk. Nothing that names a phone."""
    found, takes = findings.estimate, findings.record.takes
    zero = takes[0].start
    return {
        "calibration": asdict(found.calibration),
        "errors": {
            "reference": round(found.reference_error, 2),
            "slope": round(found.slope_error, 2),
            "pocket_loss": round(found.pocket_error, 2),
        },
        "stands": [
            {
                "radio": strength.radio,
                "metres": round(strength.distance, 2),
                "carried": strength.carried.value,
                "strength": round(strength.mean, 1),
                "adverts": strength.adverts,
            }
            for strength in found.strengths
        ],
        "walks": [
            {
                "t": None if crossing.t is None else round(crossing.t - zero, 2),
                "direction": crossing.take.step.task.value,
                "carried": crossing.take.step.carried.value,
                "sensors": list(crossing.order),
                "strength": {radio: round(strength, 1) for radio, strength in crossing.strength.items()},
            }
            for crossing in found.crossings
        ],
        "unsuited": [{"kind": fault.kind, "words": fault.words} for fault in findings.unsuited],
        "seconds": round(takes[-1].end - zero, 1),
    }
