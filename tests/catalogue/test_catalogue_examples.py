"""Every example in the endpoints' files, run: from these shots, this body, at this price."""

import json
from dataclasses import dataclass
from decimal import Decimal
from importlib import resources
from pathlib import Path
from typing import Any

import pytest
import yaml
from boards import asset, board, element, picture, pictured, scene, shot

from storyboard.catalogue import Catalogue, load, packaged
from storyboard.catalogue.endpoint import Endpoint
from storyboard.catalogue.loading import parse
from storyboard.emulator.price import price
from storyboard.emulator.validate import validate
from storyboard.jobs import ClipJob, pack, wire
from storyboard.jobs.wire_form import Reference
from storyboard.model.storyboard import Element, ImageReferences, Storyboard

FILES = sorted(
    Path(str(resources.files("storyboard.catalogue") / "endpoints")).rglob("*.yaml"),
    key=lambda one: one.name,
)
SEEDS = {
    "fal-ai/kling-video/v3/pro/image-to-video",
    "fal-ai/kling-video/v3/turbo/pro/image-to-video",
    "fal-ai/kling-video/v3/turbo/pro/text-to-video",
    "fal-ai/kling-video/v2.5-turbo/pro/image-to-video",
    "fal-ai/kling-video/o3/standard/image-to-video",
}


@dataclass(frozen=True)
class Case:
    """One example, the endpoint it belongs to, and the first catalogue that has it."""

    endpoint: Endpoint
    catalogue: Catalogue
    example: dict[str, Any]


def cases() -> list[Any]:
    found = []
    for file in FILES:
        endpoint = parse(file.read_bytes())
        since = next(one.since for one in packaged().entries if one.endpoint == endpoint)
        for example in examples_of(file.read_bytes(), file.name):
            case = Case(endpoint, packaged().at(since), example)
            found.append(pytest.param(case, id=f"{since} {file.name}: {example['about']}"))
    return found


def examples_of(data: bytes, name: str) -> list[dict[str, Any]]:
    """Read a file's examples; a file without any says what it lacks."""
    _, *further = yaml.load_all(data, Loader=yaml.CBaseLoader)
    examples = further[0].get("examples") if further and isinstance(further[0], dict) else None
    if not examples:
        pytest.fail(
            f"{name} has no examples: add a second document, after a line `---`, with `examples:`; "
            "each has `about`, `shots` and `sends`, or `takes`, and `usd` (docs/packing.md)"
        )
    return list(examples)


def storyboard(case: Case) -> Storyboard:
    """Make the storyboard that an example's few words stand for."""
    given = dict(case.example.get("settings", {}))
    if "audio" in given:
        given["audio"] = given["audio"] == "true"
    if "cfg_scale" in given:
        given["cfg_scale"] = Decimal(given["cfg_scale"])
    shots = [
        shot(
            f"s/{place}",
            one["duration"],
            one["prompt"],
            start=one.get("start"),
            end=one.get("end"),
            say=[(a, None if b == "null" else b, c) for a, b, c in one.get("say", [])],
            endpoint=case.endpoint.id,
            model=getattr(case.endpoint, "model", ""),
            **given,
        )
        for place, one in enumerate(case.example["shots"])
    ]
    elements = [_element(name, one) for name, one in case.example.get("elements", {}).items()]
    return board(scene(*shots), elements=elements, voices=case.example.get("voices"))


def _element(name: str, given: dict[str, Any]) -> Element:
    if "picture" in given:
        return pictured(name, given["about"], given["picture"])
    made = element(name, given["about"], video=given.get("video"), frontal=given.get("frontal"))
    if not isinstance(made.likeness, ImageReferences):
        return made
    more = tuple(asset(one) or picture(one) for one in given["references"])
    likeness = ImageReferences(made.likeness.frontal, more)
    return Element(name, made.about, likeness, made.voice, made.span)


def no_reference(reference: Reference) -> str:
    raise AssertionError(f"examples name URLs only, not {reference}")


@pytest.mark.parametrize("case", cases())
def test_example(case: Case) -> None:
    usd = Decimal(case.example["usd"])
    if "takes" in case.example:
        body = json.loads(case.example["takes"])
    else:
        (job,) = pack(storyboard(case), case.catalogue, frozenset()).value or ()
        assert isinstance(job, ClipJob)
        body = json.loads(case.example["sends"])
        assert wire(job.body, no_reference) == body
        assert job.cost == usd
        assert job.endpoint == case.endpoint.id
    assert (
        validate(case.endpoint, {k: v for k, v in body.items() if v is not None}, lambda _: True)
        == ()
    )
    assert price(case.endpoint, body).dollars == usd


@pytest.mark.parametrize("second", [b"", b"\n---\n", b"\n---\nexamples: []\n", b"\n---\n- 1\n"])
def test_a_file_without_examples_says_what_it_lacks(second: bytes) -> None:
    with pytest.raises(pytest.fail.Exception, match=r"new\.yaml has no examples: add a second"):
        examples_of(b"endpoint: a/b\n" + second, "new.yaml")


def test_every_endpoint_has_an_example_and_a_date() -> None:
    assert {case.values[0].endpoint.id for case in cases()} == {one.id for one in load().endpoints}
    assert all(one.source.read.year >= 2026 and one.source.text for one in load().videos)


def test_the_five_seeds_and_the_voice_are_there() -> None:
    assert {one.id for one in load().videos} >= SEEDS
    assert [one.id for one in load().voices] == ["fal-ai/kling-video/create-voice"]


def test_a_model_begins_from_text_only_where_it_can() -> None:
    assert all(one.start and one.start.required for one in load().of_model("kling-v3-pro"))
    assert len(load().of_model("kling-v3-turbo-pro")) == 2
