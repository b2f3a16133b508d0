import asyncio
import logging
import threading

import pytest

from hardware.event_loop import SharedEventLoop


def test_all_share_one_thread_that_ends_with_the_last_of_them() -> None:
    loop, threads, begun = SharedEventLoop("shared"), [], threading.Barrier(3)

    async def work() -> None:
        threads.append(threading.current_thread())
        await asyncio.to_thread(begun.wait, 5)
        await asyncio.sleep(60)

    stops = [loop.spawn(work), loop.spawn(work)]
    begun.wait(5)
    assert threads[0] is threads[1]
    stops[0](5)
    assert threads[0].is_alive()
    stops[1](5)
    assert not threads[0].is_alive()


def test_stopping_waits_until_all_is_tidied_up() -> None:
    loop, tidied, begun = SharedEventLoop("shared"), [], threading.Event()

    async def work() -> None:
        try:
            begun.set()
            await asyncio.sleep(60)
        finally:
            await asyncio.sleep(0.05)
            tidied.append(True)

    stop = loop.spawn(work)
    begun.wait(5)
    stop(5)
    assert tidied == [True]


def test_it_can_be_stopped_before_it_has_begun_and_used_again() -> None:
    loop, ran = SharedEventLoop("shared"), threading.Event()

    async def work() -> None:
        ran.set()
        await asyncio.sleep(60)

    loop.spawn(work)(5)
    ran.clear()
    stop = loop.spawn(work)
    assert ran.wait(5)
    stop(5)


def test_one_that_fails_says_so_and_leaves_the_others_alone(caplog: pytest.LogCaptureFixture) -> None:
    loop, ran = SharedEventLoop("shared"), threading.Event()

    async def fail() -> None:
        raise ValueError("a fault of ours")

    async def work() -> None:
        ran.set()
        await asyncio.sleep(60)

    with caplog.at_level(logging.ERROR):
        stops = [loop.spawn(fail), loop.spawn(work)]
        assert ran.wait(5)
        for stop in stops:
            stop(5)
    assert "a fault of ours" in caplog.text
