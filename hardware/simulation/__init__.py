"""A doorway that does not exist: our own physical model, with a truth that is known. docs/simulator.md explains it."""

from hardware.simulation.parameters import Carried, Crowd, DoorParameters, Phones, Receivers, Waves
from hardware.simulation.simulate import Passed, Simulated, simulate

__all__ = [
    "Carried",
    "Crowd",
    "DoorParameters",
    "Passed",
    "Phones",
    "Receivers",
    "Simulated",
    "Waves",
    "simulate",
]
