"""A run is ended from anywhere: gently, at once, before it begins, and not after it has ended."""

import asyncio
import threading

from storyboard.session.stop_handle import StopHandle


def test_a_thread_stops_a_run_and_then_ends_it() -> None:
    calls: list[str] = []

    async def run(handle: StopHandle) -> None:
        done = asyncio.Event()

        def leave() -> None:
            calls.append("leave")
            done.set()

        with handle.bound(lambda: calls.append("stop"), leave):
            assert await asyncio.to_thread(handle.stop)
            assert await asyncio.to_thread(handle.leave)
            await done.wait()

    handle = StopHandle()
    asyncio.run(run(handle))
    assert calls == ["stop", "leave"]
    assert handle.stopped
    assert handle.left


def test_what_was_wanted_before_is_heard_at_once() -> None:
    calls: list[str] = []

    async def run(handle: StopHandle) -> None:
        with handle.bound(lambda: calls.append("stop"), lambda: calls.append("leave")):
            pass

    handle = StopHandle()
    assert not handle.stop()
    asyncio.run(run(handle))
    assert calls == ["stop"]
    assert not handle.leave()
    asyncio.run(run(handle))
    assert calls == ["stop", "stop", "leave"]


def test_nobody_hears_it_after_the_run() -> None:
    calls: list[str] = []

    async def run(handle: StopHandle) -> None:
        with handle.bound(lambda: calls.append("stop"), lambda: None):
            pass

    handle = StopHandle()
    asyncio.run(run(handle))
    thread = threading.Thread(target=handle.stop)
    thread.start()
    thread.join()
    assert calls == []
