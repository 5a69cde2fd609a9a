"""A request is complete only once its clip is drawn, and the result tells the clip's size."""

import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest
from calls import PATIENCE, get, made

from storyboard.emulator.clip import Wanted, draw_plain
from storyboard.emulator.clips import Clips
from storyboard.emulator.entry import ClipKind, RequestId
from storyboard.emulator.fault import On, Rule, Scenario, Spoilt
from storyboard.emulator.serve import StandIn, serving

T2V = "fal-ai/kling-video/v3/turbo/pro/text-to-video"
NAME = RequestId("a")


class Slow:
    """Draws a clip when it is let."""

    def __init__(self) -> None:
        self.asked, self.let = threading.Event(), threading.Event()
        self.times = 0

    def __call__(self, wanted: Wanted) -> bytes:
        """Wait, then draw."""
        self.times += 1
        self.asked.set()
        self.let.wait()
        return draw_plain(wanted)


@pytest.fixture
def slow(tmp_path: Path) -> Iterator[tuple[StandIn, Slow]]:
    draw = Slow()
    standing = made(tmp_path, Scenario())
    standing.desk._draw = draw  # noqa: SLF001 -- what draws
    with serving(standing):
        yield standing, draw
        draw.let.set()


def submitted(fal: httpx.Client, standing: StandIn) -> dict[str, str]:
    given: dict[str, str] = fal.post(
        f"{standing.urls.queue_url}/{T2V}", json={"prompt": "rain", "duration": "3"}
    ).json()
    return given


def test_nothing_is_complete_before_its_clip_is_drawn(
    slow: tuple[StandIn, Slow], fal: httpx.Client
) -> None:
    standing, draw = slow
    given = submitted(fal, standing)
    assert draw.asked.wait(PATIENCE)  # it has begun, and its time is over long before it is drawn
    listing = f"{standing.urls.api_url}/v1/models/requests/by-endpoint"
    (item,) = fal.get(listing, params={"endpoint_id": T2V}).json()["items"]
    assert item["status"] == "IN_PROGRESS"
    draw.let.set()
    while (status := fal.get(given["status_url"])).status_code != 200:
        pass
    assert status.json()["status"] == "COMPLETED"
    assert draw.times == 1
    get(fal.get(given["response_url"]).json()["video"]["url"])
    assert draw.times == 1


@pytest.mark.parametrize("kind", [ClipKind.GOOD, ClipKind.TRUNCATED, ClipKind.EMPTY])
def test_the_result_tells_how_large_the_file_is(
    start: Callable[..., StandIn], fal: httpx.Client, kind: ClipKind
) -> None:
    rules = () if kind is ClipKind.GOOD else (Rule(On.JOB, Spoilt(kind)),)
    standing = start(Scenario(rules=rules))
    given = submitted(fal, standing)
    while fal.get(given["status_url"]).status_code != 200:
        pass
    video = fal.get(given["response_url"]).json()["video"]
    assert video["file_size"] == len(get(video["url"]).content)


def test_a_clip_is_the_same_after_a_restart(tmp_path: Path, fal: httpx.Client) -> None:
    with serving(made(tmp_path, Scenario(), same_clips=False)) as before:
        given = submitted(fal, before)
        while fal.get(given["status_url"]).status_code != 200:
            pass
        url = fal.get(given["response_url"]).json()["video"]["url"]
        first = get(url).content
    with serving(made(tmp_path, Scenario(), same_clips=False)):
        assert get(url).content == first


def test_a_clip_is_drawn_once_however_many_come_for_it(tmp_path: Path) -> None:
    clips, drawn = Clips(tmp_path), []

    def draw() -> bytes:
        drawn.append(1)
        return b"clip"

    threads = [threading.Thread(target=clips.draw, args=(NAME, draw)) for _ in range(8)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert drawn == [1]
    assert (clips.data(NAME), clips.size(NAME)) == (b"clip", 4)
    assert Clips(tmp_path).has(NAME)


def test_what_was_not_written_whole_is_drawn_again(tmp_path: Path) -> None:
    (tmp_path / "clips").mkdir()
    (tmp_path / "clips" / "a.part").write_bytes(b"cl")
    clips = Clips(tmp_path)
    assert not clips.has(NAME)
    clips.draw(NAME, lambda: b"clip")
    assert clips.data(NAME) == b"clip"
