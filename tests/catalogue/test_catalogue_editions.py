"""Editions: which endpoints each has, how they are written and read, what would ask otherwise."""

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from storyboard.catalogue import EditionId, Editions, gather, load, packaged
from storyboard.catalogue.earlier_editions import completed, earlier, of_models
from storyboard.catalogue.editions import Dated
from storyboard.catalogue.endpoint import (
    EndpointId,
    Mode,
    PerCall,
    PerSecond,
    Source,
    VideoEndpoint,
)
from storyboard.catalogue.loading import read_editions
from storyboard.catalogue.writing import read, write
from storyboard.model.money import Usd

FIRST, SECOND, THIRD = EditionId("2026-11"), EditionId("2027-02"), EditionId("2027-02-15")
TURBO = "fal-ai/kling-video/v3/turbo/pro/text-to-video"
FILE = """\
endpoint: {id}
since: {since}
family: kling
sample: {{field: {field}, containers: [mp3], min_seconds: 5, max_seconds: 30}}
price: {{per_call: 0.007}}
typical_seconds: 20
longest_wait: 900
source: {{text: "invented", read: 2026-11-01}}
"""


def video(name: str = TURBO) -> VideoEndpoint:
    found = load().get(name)
    assert found is not None
    return found


def test_an_edition_has_what_came_before_it_and_had_not_gone() -> None:
    old, new = video(), replace(video(), durations=(5, 10))
    shelf = Editions((Dated(old, FIRST, SECOND), Dated(new, SECOND, THIRD)))
    assert shelf.ids == (FIRST, SECOND, THIRD)
    assert [shelf.at(one).videos for one in shelf.ids] == [(old,), (new,), ()]
    assert shelf.newest == gather([])


def test_an_edition_does_not_have_an_endpoint_twice() -> None:
    shelf = Editions((Dated(video(), FIRST), Dated(video(), SECOND)))
    assert shelf.at(FIRST).videos == (video(),)
    with pytest.raises(ValueError, match=TURBO):
        shelf.at(SECOND)


def test_an_endpoint_is_in_one_edition_at_least() -> None:
    with pytest.raises(ValueError, match="retired"):
        Dated(video(), SECOND, FIRST)


def test_a_folder_for_each_provider_and_for_what_it_retired(tmp_path: Path) -> None:
    for name, since, field in (
        ("fal/voice.yaml", SECOND, "sample"),
        (f"fal/retired/{SECOND}/voice.yaml", FIRST, "voice_url"),
        ("kling/voice.yaml", THIRD, "audio"),
    ):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        identity = f"{path.relative_to(tmp_path).parts[0]}/create-voice"
        path.write_text(FILE.format(id=identity, since=since, field=field), "utf-8")
    shelf = read_editions(tmp_path)
    assert [
        [(one.provider, one.sample_field) for one in shelf.at(edition).voices]
        for edition in (FIRST, SECOND, THIRD)
    ] == [
        [("fal", "voice_url")],
        [("fal", "sample")],
        [("fal", "sample"), ("kling", "audio")],
    ]


def test_a_file_without_an_edition_says_so(tmp_path: Path) -> None:
    (tmp_path / "fal").mkdir()
    text = FILE.format(id="a/b", since=FIRST, field="x").replace("since: 2026-11\n", "")
    (tmp_path / "fal" / "voice.yaml").write_text(text, "utf-8")
    with pytest.raises(ValueError, match=r"voice\.yaml: the key 'since' is missing"):
        read_editions(tmp_path)


@pytest.mark.parametrize("edition", packaged().ids)
def test_what_is_written_is_read_as_the_same(edition: EditionId) -> None:
    catalogue = packaged().at(edition)
    assert read(write(catalogue)) == catalogue
    assert write(read(write(catalogue))) == write(catalogue)


@pytest.mark.parametrize(
    "data", [b"", b"{}", b"[]", b'{"catalogue": 2, "endpoints": []}', b'{"catalogue": 1}']
)
def test_what_is_not_a_catalogue_is_refused(data: bytes) -> None:
    with pytest.raises(ValueError, match=r".+"):
        read(data)


def test_a_voice_is_created_by_its_own_provider_and_family() -> None:
    (kling,) = load().voices
    other = replace(kling, id=EndpointId("a/voice"), provider="other")
    further = replace(kling, id=EndpointId("b/voice"), family="further")
    both = gather([*load().videos, other, further, kling])
    assert both.voice_of(video()) == kling
    assert both.voice_of(replace(video(), family="further")) == further
    assert both.voice_of(replace(video(), family="none")) is None


# --- what could have asked otherwise


def test_a_price_or_a_date_asks_for_nothing_else() -> None:
    dear = replace(
        video(),
        price=PerSecond({Mode.SILENT: Usd(Decimal(9))}),
        source=Source("another", video().source.read),
        typical_seconds=1,
        longest_wait=1,
    )
    now = gather([dear, *(one for one in load().endpoints if one.id != TURBO)])
    assert earlier([load()], now, frozenset({dear.id})) == ()


def test_only_models_with_rendered_work_and_each_difference_once() -> None:
    now = gather(replace(one, durations=(5,)) for one in load().videos)
    found = earlier([load(), load()], now, frozenset({EndpointId(TURBO)}))
    assert [one.models for one in found] == [("kling-v3-turbo-pro",)]
    assert found[0].videos == load().of_model("kling-v3-turbo-pro")
    assert found[0].voices == load().voices


def test_a_mode_without_a_price_is_a_difference() -> None:
    one = next(it for it in load().videos if it.model == "kling-v3-pro")
    silent = replace(one, price=PerSecond({Mode.SILENT: Usd(Decimal(1))}))
    others = [it for it in load().endpoints if it.id != one.id]
    assert earlier([load()], gather([*others, silent]), frozenset({one.id}))
    called = replace(one, price=PerCall(Usd(Decimal(1))))
    assert earlier([load()], gather([*others, called]), frozenset({one.id}))


def test_a_catalogue_is_completed_by_models_that_it_does_not_have() -> None:
    turbo = next(of_models(load(), frozenset({EndpointId(TURBO)})))
    changed = gather(replace(one, durations=(5,)) for one in turbo.videos)
    whole = completed(changed, load())
    assert whole.of_model("kling-v3-turbo-pro") == changed.videos
    assert whole.models == load().models
    assert whole.voices == load().voices
