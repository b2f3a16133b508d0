from kiosk.health import Health, Part, State


def test_only_a_change_is_news_and_since_is_when_the_state_began():
    health = Health()
    assert health.report("door", State.OK, t=1.0)
    assert not health.report("door", State.OK, t=2.0)
    assert health.report("door", State.DOWN, "no GPIO", t=3.0)
    assert health.report("door", State.DOWN, "beam stuck", t=4.0)
    assert list(health) == [Part("door", State.DOWN, 3.0, "beam stuck")]


def test_what_is_switched_off_is_no_fault():
    health = Health()
    health.report("door", State.OFF, t=0.0)
    health.report("screen", State.DEGRADED, "small", t=0.0)
    health.report("radio:inside", State.OK, t=0.0)
    assert [part.name for part in health.faults()] == ["screen"]
