"""The main thread's sleep, and what ends it."""

import os
import threading
import time

import pytest

from kiosk.bell import Bell


@pytest.fixture
def bell():
    return Bell()


def seconds(bell, longest, descriptor=None):
    began = time.monotonic()
    return bell.wait(longest, descriptor), time.monotonic() - began


def test_nobody_rings(bell):
    woken, took = seconds(bell, 0.05)
    assert not woken
    assert took >= 0.05


def test_another_thread_rings(bell):
    threading.Timer(0.05, bell.ring).start()
    woken, took = seconds(bell, 5)
    assert woken
    assert took < 2


def test_it_keeps_ringing_until_it_is_stilled(bell):
    for _ in range(100_000):
        bell.ring()
    assert bell.wait(0)
    assert bell.wait(0)
    bell.still()
    assert not bell.wait(0)
    bell.still()


def test_a_descriptor_that_can_be_read_wakes_too(bell):
    read, write = os.pipe()
    assert not bell.wait(0, read)
    os.write(write, b"key")
    assert bell.wait(5, read)
    os.close(read)
    os.close(write)
