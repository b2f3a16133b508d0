"""The doorway from above shows people where they are, and ticks off what the kiosk says."""

import pygame

from hardware.simulation import DoorParameters
from kiosk.decisions import App
from kiosk.pictures.overhead import HEIGHT, PANEL, RUNS, SCALE, WEST, WIDTH, Figure, Judged, Moment, Ray, draw_overhead

DOOR = DoorParameters()


def moment(figures=(), rays=(), judged=(), broken=()):
    return Moment("08:41", figures, rays, broken, judged, right=1, said=2)


def pixel(place):
    return round((place[0] - WEST) * SCALE), round(HEIGHT / 2 - place[1] * SCALE)


def near(one, other, by=40):
    return max(abs(a - b) for a, b in zip(one[:3], other, strict=True)) < by


def test_somebody_stands_where_they_are_with_the_phone_in_the_colour_of_its_app():
    place = (5.0, -3.0)
    with_app = draw_overhead(DOOR, moment([Figure(place, 0.0, "visitor", True, True)])).surface()
    without = draw_overhead(DOOR, moment([Figure(place, 0.0, "visitor", True, False)])).surface()

    assert near(with_app.get_at(pixel(place)), RUNS)
    assert not near(without.get_at(pixel(place)), RUNS)


def test_an_advert_is_a_ray_from_the_phone_to_the_radio_that_fades():
    ends = (5.0, -3.0), DOOR.places["inside"]
    middle = pixel(((ends[0][0] + ends[1][0]) / 2, (ends[0][1] + ends[1][1]) / 2))

    fresh = draw_overhead(DOOR, moment(rays=[Ray(ends[0], "inside", -60, 0.0, True)])).surface()
    gone = draw_overhead(DOOR, moment(rays=[Ray(ends[0], "inside", -60, 1.0, True)])).surface()

    assert near(fresh.get_at(middle), RUNS, 80)
    assert not near(gone.get_at(middle), RUNS, 80)


def test_a_verdict_is_right_when_the_simulation_says_the_same():
    assert Judged("08:41", "in", App.DETECTED, 0.9, True).right is True
    assert Judged("08:41", "in", App.NOT_DETECTED, 0.9, True).right is False
    assert Judged("08:41", "in", App.SHOWN, 1.0, True).right is None
    assert Judged("08:41", "in", None, 0.0, True).right is None
    assert Judged("08:41", "in", App.DETECTED, 0.9, None).right is None


def test_more_verdicts_than_fit_leave_the_map_alone():
    many = [Judged("08:41:07", "in", App.DETECTED, 0.9, True, ("a long reason " * 20, "b", "c"))] * 40

    full, empty = draw_overhead(DOOR, moment(judged=many)).surface(), draw_overhead(DOOR, moment()).surface()

    map_only = (0, 0, WIDTH - PANEL - 2, HEIGHT)
    full_map, empty_map = (pygame.image.tobytes(one.subsurface(map_only), "RGB") for one in (full, empty))
    assert full_map == empty_map
    assert full.get_buffer().raw != empty.get_buffer().raw


def test_a_canvas_may_be_drawn_on_again():
    canvas = draw_overhead(DOOR, moment([Figure((5.0, -3.0), 0.0, "visitor", True, True)]))

    again = draw_overhead(DOOR, moment(), canvas)

    assert again is canvas
    assert canvas.surface().get_buffer().raw == draw_overhead(DOOR, moment()).surface().get_buffer().raw
