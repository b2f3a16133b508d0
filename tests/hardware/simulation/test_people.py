"""Nobody appears or vanishes within earshot, and nobody jumps."""

import numpy as np
import pytest

from hardware.simulation.doors import draw_door
from hardware.simulation.people import Crowd, Role
from hardware.simulation.propagation import loss


@pytest.fixture(scope="module")
def crowd():
    door = draw_door(7)
    people = Crowd(door, seed=7)
    return door, [*people.shift(0.0), *(person for minute in range(20) for person in people.minute(minute * 60.0))]


def test_people_come_from_out_of_earshot_and_go_there(crowd):
    door, people = crowd
    for person in people:
        if person.role is Role.THING:
            continue
        ends = np.array([person.path.start, person.path.end])
        losses = loss(door, door.places["inside"], person.path, person.belongings.worn, ends)
        for emitter in person.belongings.emitters:
            assert (emitter.power - losses < door.receivers.sensitivity).all()


def test_nobody_walks_faster_than_people_do(crowd):
    _, people = crowd
    for person in people:
        steps = np.hypot(*np.diff(person.path.points, axis=0).T)
        assert (steps / np.diff(person.path.times) < 2.1).all()


def test_only_visitors_go_through_the_door(crowd):
    _, people = crowd
    for person in people:
        if person.role is Role.VISITOR:
            assert 1 <= len(person.path.crossings(0.0)) <= 2
            (x, y) = person.path.at(np.array([person.path.crossings(0.0)[0][0]]))[0]
            assert (abs(x) < 1e-6, abs(y) < 0.7) == (True, True)
        else:
            assert person.path.crossings(0.0) == []


def test_everybody_is_there(crowd):
    _, people = crowd
    assert {person.role for person in people} == set(Role)
    assert len({person.number for person in people}) == len(people)
