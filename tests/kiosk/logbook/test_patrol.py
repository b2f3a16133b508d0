"""The kiosk finds a broken chain by itself, piece by piece."""

from datetime import date

import pytest

from kiosk.logbook import patrol
from kiosk.logbook.patrol import Patrol
from kiosk.logbook.retention import remove_before

from .test_verifying import by_hand, chain

__all__ = ["chain"]


@pytest.fixture(autouse=True)
def small_steps(monkeypatch):
    monkeypatch.setattr(patrol, "STRIDE", 5)


def turns(patrol, count):
    return [patrol.turn() for _ in range(count)]


def test_a_whole_chain_is_whole_round_after_round(chain):
    assert set(turns(Patrol(chain), 20)) == {""}


def test_the_newest_rows_come_first(chain):
    by_hand(chain, "UPDATE entries SET app = 'shown' WHERE id = 18")
    assert turns(Patrol(chain), 1) == ["L8 entry 18: the row is not as it was written; `kiosk log --verify` says more"]


def test_an_old_row_is_found_within_a_round_and_stands_until_it_is_as_it_was(chain):
    by_hand(chain, "UPDATE entries SET app = 'shown' WHERE id = 3")
    patrol = Patrol(chain)
    found = turns(patrol, 12)
    assert found[0] == ""
    assert found[-1].startswith("L8 entry 3:")
    by_hand(chain, "UPDATE entries SET app = 'detected' WHERE id = 3")
    assert turns(patrol, 12)[-1] == ""


def test_retention_in_the_middle_of_a_round_is_no_break(chain, clock, path, entry):
    patrol = Patrol(chain)
    turns(patrol, 3)
    remove_before(chain, date(2026, 3, 3), 0, sent_only=False)
    assert set(turns(patrol, 10)) == {""}


def test_a_text_that_is_no_text_any_more_is_a_broken_row(chain):
    by_hand(chain, "UPDATE entries SET boot_id = CAST(x'ff00' AS TEXT) WHERE id = 4")
    assert "L8 entry 4: the row is not as it was written" in turns(Patrol(chain), 12)[-1]
