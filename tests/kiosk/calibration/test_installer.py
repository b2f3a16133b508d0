"""Whose phone is it: the one that is held to the radio, whatever it calls itself."""

from hypothesis import given
from hypothesis import strategies as st

from kiosk.calibration.installer import followed, nearest


def heard(sighting, phone, rssi, start, end):
    return [sighting(start + index / 5, rssi, phone) for index in range(round((end - start) * 5))]


def in_order(*runs):
    return sorted((s for run in runs for s in run), key=lambda s: s.t)


def test_the_strongest_phone_is_the_installers(sighting):
    found = nearest(in_order(heard(sighting, 1, -52, 0, 10), heard(sighting, 2, -70, 0, 10)))

    assert found is not None
    assert (found.phone, found.margin, found.sure, found.held) == (1, 18, True, True)


def test_a_second_phone_as_strong_makes_it_unsure(sighting):
    found = nearest(in_order(heard(sighting, 1, -52, 0, 10), heard(sighting, 2, -55, 3, 12)))

    assert found is not None
    assert not found.sure


def test_a_phone_far_away_is_not_held_to_the_radio(sighting):
    found = nearest(heard(sighting, 1, -84, 0, 10))

    assert found is not None
    assert not found.held


def test_a_few_stray_adverts_are_no_phone(sighting):
    assert nearest(heard(sighting, 1, -40, 0, 1)) is None


def test_a_rolling_id_that_changes_in_the_first_step_is_one_phone(sighting):
    sightings = in_order(heard(sighting, 1, -53, 0, 6), heard(sighting, 2, -50, 7, 30), heard(sighting, 3, -80, 0, 30))

    found = nearest(sightings)

    assert found is not None
    assert (found.phone, found.sure) == (1, True)
    assert followed(1, sightings) == {1, 2}


def test_the_heir_is_the_strongest_that_begins_when_the_former_has_ended(sighting):
    sightings = in_order(
        heard(sighting, 1, -60, 0, 50),
        heard(sighting, 2, -62, 66, 90),  # after 15 s of silence
        heard(sighting, 3, -85, 55, 90),  # somebody comes along the street
        heard(sighting, 4, -50, 20, 90),  # began while the installer's was still heard
    )

    assert followed(1, sightings) == {1, 2}


@given(
    st.lists(
        st.tuples(st.floats(0, 300), st.integers(-100, -30), st.integers(1, 4)),
        max_size=80,
    )
)
def test_it_ends_and_always_holds_the_first(sighting, found):
    sightings = sorted((sighting(t, rssi, phone) for t, rssi, phone in found), key=lambda s: s.t)

    chain = followed(1, sightings)

    assert 1 in chain
    assert chain <= {1} | {s.phone for s in sightings}
