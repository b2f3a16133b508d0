import tracemalloc

import pytest

from hardware.beacons import OTHER_DEVICE, Sighting, load_profiles
from kiosk.doorway.tracks import MOST_STRANGERS, Tracks

PROFILE = load_profiles()[0]


def sighting(t: float, phone: int, rssi: int = -70, radio: str = "inside") -> Sighting:
    return Sighting(t, radio, rssi, PROFILE, phone, phone, certain=True)


def test_strengths_are_averaged_over_short_bins_for_each_radio() -> None:
    tracks = Tracks()
    for t, rssi, radio in ((0.1, -70, "inside"), (0.2, -80, "inside"), (0.3, -60, "outside"), (1.0, -50, "inside")):
        tracks.add(sighting(t, 7, rssi, radio))

    (track,) = tracks
    assert [(b.count, b.strength) for b in track.bins["inside"]] == [(2, -75.0), (1, -50.0)]
    assert [(b.count, b.strength) for b in track.bins["outside"]] == [(1, -60.0)]


def test_labels_follow_the_order_of_hearing_whatever_the_hash() -> None:
    labels = []
    for phones in ((900, 3), (3, 900)):
        tracks = Tracks()
        for t in range(3):
            for phone in phones:
                tracks.add(sighting(t, phone))
        labels.append([track.label for track in tracks])

    assert labels == [[1, 2], [1, 2]]


def test_a_phone_heard_once_is_there_too() -> None:
    tracks = Tracks()
    tracks.add(sighting(1.0, 5))

    assert [track.heard for track in tracks] == [1]


def test_a_phone_that_takes_another_identity_stays_one_phone() -> None:
    tracks = Tracks()
    for tenth in range(100):
        tracks.add(sighting(tenth / 10, 5 if tenth < 40 else 6, -70))
    tracks.join(12.0)

    (track,) = tracks
    assert (track.first, track.last, track.heard) == (0.0, 9.9, 100)
    assert len({b.index for b in track.bins["inside"]}) == len(track.bins["inside"])
    assert tracks.take_come() == 1


def test_a_phone_heard_for_a_moment_is_not_taken_for_its_own_successor() -> None:
    tracks = Tracks()
    for t in (1.0, 1.1, 1.2):
        tracks.add(sighting(t, 5, -60))
    tracks.join(9.0)

    assert [track.heard for track in tracks] == [3]
    assert tracks.take_come() == 1


def test_two_phones_beside_each_other_stay_two() -> None:
    tracks = Tracks()
    for tenth in range(100):
        tracks.add(sighting(tenth / 10, 5, -70))
        if tenth >= 40:
            tracks.add(sighting(tenth / 10 + 0.05, 6, -70))
    tracks.join(12.0)

    assert [track.heard for track in tracks] == [100, 60]
    assert tracks.take_come() == 2


@pytest.mark.parametrize(("gap", "louder"), [(3.0, 0), (0.3, 12)])
def test_one_that_comes_later_or_much_louder_is_another(gap: float, louder: int) -> None:
    tracks = Tracks()
    for tenth in range(40):
        tracks.add(sighting(tenth / 10, 5, -75))
        tracks.add(sighting(tenth / 10 + 4 + gap, 6, -75 + louder))
    tracks.join(20.0)

    assert len(list(tracks)) == 2


@pytest.mark.parametrize("interval", [0.15, 0.5, 1.5])
def test_a_device_shows_its_interval_however_many_adverts_are_lost(interval: float) -> None:
    tracks = Tracks()
    for number in range(60):
        if number % 7 not in (1, 3, 4):
            t = number * (interval + 0.005)
            tracks.add(Sighting(t, "inside", -70, OTHER_DEVICE, 5, 5, certain=True))
            tracks.add(Sighting(t + 0.001, "outside", -75, OTHER_DEVICE, 5, 5, certain=True))

    (track,) = tracks
    assert track.interval == pytest.approx(interval)


def test_a_profile_knows_the_interval_of_its_app() -> None:
    tracks = Tracks()
    for t in (1.0, 1.9, 2.8):
        tracks.add(sighting(t, 5))

    assert [track.interval for track in tracks] == [PROFILE.interval]


def test_a_phone_can_be_dropped_heard_once_or_often() -> None:
    tracks = Tracks()
    for t, phone in ((1.0, 5), (1.1, 5), (1.2, 6), (1.3, 7)):
        tracks.add(sighting(t, phone))
    tracks.drop(5)
    tracks.drop(6)
    tracks.drop(8)

    assert [track.first for track in tracks] == [1.3]


def test_what_went_silent_is_forgotten() -> None:
    tracks = Tracks()
    for t in (1.0, 2.0, 300.0):
        tracks.add(sighting(t, 5 if t < 10 else 6))
    tracks.forget(before=200.0)

    assert len(list(tracks)) == 1


def test_a_flood_of_strangers_stays_small_is_marked_and_loses_no_phone_that_is_there() -> None:
    tracks = Tracks()
    tracemalloc.start()
    before, _ = tracemalloc.get_traced_memory()
    for k in range(200_000):
        tracks.add(sighting(k * 0.0003, 1_000_000 + k))
        if k % 700 == 0:
            tracks.add(sighting(k * 0.0003, 1))
    after, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert after - before < 5e6
    assert tracks.suspect_until > 59
    assert max(track.heard for track in tracks) > 280
    assert sum(1 for _ in tracks) <= MOST_STRANGERS + 1
