from dataclasses import replace

import numpy as np

from hardware.simulation.belongings import draw_belongings
from hardware.simulation.emitters import Kind
from hardware.simulation.parameters import Phones, Waves

IPHONES = replace(Phones(), smartphone=1.0, app=1.0, iphone=1.0, gadget=0.0)


def crowd(phones: Phones, people: int = 40) -> list[dict[Kind, str]]:
    """For each person the address of each source of adverts at one moment."""
    random = np.random.default_rng(1)
    drawn = [draw_belongings(phones, Waves(), random) for _ in range(people)]
    return [{one.kind: one.advertising(one.epoch(1000.0)).address for one in who.emitters} for who in drawn]


def test_an_iphone_says_everything_of_itself_under_one_address() -> None:
    for addresses in crowd(replace(IPHONES, exposure_notification=0.0)):
        assert len(addresses) == 2
        assert len(set(addresses.values())) == 1


def test_exposure_notification_has_an_address_of_its_own() -> None:
    for addresses in crowd(replace(IPHONES, exposure_notification=1.0)):
        assert set(addresses) == {Kind.EXPOSURE, Kind.NEARBY}
        assert len(set(addresses.values())) == 2
