"""A run asks one provider: which is reached by its name, and asked only for what is its own."""

from dataclasses import replace
from pathlib import Path

import pytest

from storyboard import Ask, compile_storyboard
from storyboard.catalogue import Catalogue, load
from storyboard.catalogue.endpoint import Provider
from storyboard.plan import JobState, Plan
from storyboard.session.backend_choice import ANIMATIC, FAL, REHEARSAL, BackendChoice
from storyboard.session.errors import AskError, SetupError
from storyboard.session.open_backend import ready, responsible

HELLO = Path(__file__).resolve().parents[2] / "examples" / "hello" / "storyboard.yaml"


@pytest.fixture(scope="module")
def plan() -> Plan:
    found = compile_storyboard(Ask(HELLO)).plan
    assert found is not None
    return replace(found, jobs=tuple(replace(one, state=JobState.TO_RENDER) for one in found.jobs))


def of_another() -> Catalogue:
    """Return the catalogue as if all of it was another provider's."""
    known = load()
    videos = tuple(replace(one, provider=Provider("second")) for one in known.videos)
    return replace(known, videos=videos)


@pytest.mark.parametrize("choice", [FAL, REHEARSAL])
def test_what_another_provider_renders_is_refused(choice: BackendChoice, plan: Plan) -> None:
    responsible(choice, plan, load())
    with pytest.raises(AskError) as refused:
        responsible(choice, plan, of_another())
    assert "is rendered by `second`" in refused.value.message
    assert choice.backend.value in refused.value.message
    assert "`second`" in refused.value.help


def test_what_is_rendered_or_drawn_is_asked_of_nobody(plan: Plan) -> None:
    rendered = tuple(replace(one, state=JobState.RENDERED) for one in plan.jobs)
    responsible(FAL, replace(plan, jobs=rendered), of_another())
    responsible(ANIMATIC, plan, of_another())


def test_a_provider_without_a_key_is_told_before_anything_is_asked() -> None:
    with pytest.raises(SetupError) as refused:
        ready(FAL, {})
    assert refused.value.code == "SB821"
    assert "FAL_KEY" in refused.value.message
    with pytest.raises(SetupError) as refused:
        ready(FAL, {"FAL_KEY": "a:b", "STORYBOARD_FAL_QUEUE_URL": "http://example.com"})
    assert refused.value.code == "SB816"
    ready(FAL, {"FAL_KEY": "a:b"})
    ready(ANIMATIC, {})
