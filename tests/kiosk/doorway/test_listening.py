import pytest

from kiosk.doorway.listening import KEPT, Listening


def test_a_radio_listens_from_the_start_unless_it_is_said_to_have_stopped() -> None:
    listening = Listening(["inside"])

    assert listening.share("inside", 0, 10) == 1.0
    assert listening.share("outside", 0, 10) == 0.0


def test_a_gap_counts_for_its_length() -> None:
    listening = Listening(["inside"])
    listening.change(4.0, "inside", False)
    listening.change(6.0, "inside", True)

    assert listening.share("inside", 0, 10) == pytest.approx(0.8)
    assert listening.share("inside", 4.5, 5.5) == 0.0


def test_a_radio_that_begins_late_did_not_listen_before() -> None:
    listening = Listening([])
    listening.change(4.0, "outside", True)

    assert listening.share("outside", 0, 8) == pytest.approx(0.5)


def test_what_is_remembered_is_bounded() -> None:
    listening = Listening(["inside"])
    for t in range(10 * KEPT):
        listening.change(float(t), "inside", t % 2 == 1)

    assert not listening.now("inside", 10.0 * KEPT - 2 + 0.5)
    assert listening.now("inside", 10.0 * KEPT)
