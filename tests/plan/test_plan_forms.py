"""A plan's forms: JSON by its schema, rows for people, the kept plan, the time it will take."""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from boards import board, catalogue, crossfade, scene, shot, span
from hypothesis import given
from hypothesis import strategies as st

import storyboard
from storyboard.jobs import JobDigest, JobId, pack
from storyboard.jobs.job import ClipJob
from storyboard.model.cut import Look, Title, TitleStyle
from storyboard.model.cut import Place as TitlePlace
from storyboard.model.storyboard import Storyboard
from storyboard.plan import (
    CriticalPath,
    JobState,
    KnownTake,
    NotKept,
    Plan,
    PlannedJob,
    SavedPlan,
    StoreView,
    Wanted,
    changes,
    critical_path,
    estimate,
    fingerprint,
    load,
    plan,
    rows,
    save,
    to_json,
)

SCHEMA = Path(storyboard.__file__).parents[1] / "schemas" / "plan-1.schema.json"
SAY = [("narrator", "narrator", "hello")]


def film(text: str = "Rain.", look: Look | None = None) -> Storyboard:
    more = {"look": look} if look else {}
    return board(
        scene(
            shot("s/a", "9.5", text, start="a.png", say=SAY),
            shot("s/b", 10, "Sun.", audio=False),
        ),
        scene(shot("t/a", 5, "Moon.", model="kling-v3-turbo-pro", takes=2, **more), id_="t"),  # type: ignore[arg-type]
        voices={"narrator": "narrator.wav"},
    )


def made(it: Storyboard | None = None, view: StoreView | None = None) -> Plan:
    one = it or film()
    jobs = pack(one, catalogue(), frozenset()).value
    assert jobs is not None
    return plan([Wanted(None, one, ("wide",), jobs)], view or StoreView())


# ── JSON ─────────────────────────────────────────────────────────────────────────────────────────


def test_the_json_keeps_its_schema() -> None:
    schema = json.loads(SCHEMA.read_text("utf-8"))
    jsonschema.Draft7Validator.check_schema(schema)
    rendered = frozenset({made().jobs[0].job.digest})
    for it in (made(), made(view=StoreView(rendered=rendered)), plan([], StoreView())):
        jsonschema.validate(json.loads(json.dumps(to_json(it))), schema)


def test_the_schema_refuses_another_form() -> None:
    schema = json.loads(SCHEMA.read_text("utf-8"))
    value = json.loads(json.dumps(to_json(made())))
    value["total"]["usd"] = 1.57
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(value, schema)


def test_the_json_of_a_job() -> None:
    value = to_json(made())
    jobs = value["jobs"]
    assert isinstance(jobs, list)
    voice, first, second, *takes = jobs
    assert isinstance(voice, dict)
    assert (voice["id"], voice["shots"], voice["seconds"]) == ("voice/narrator", [], 0)
    assert isinstance(first, dict)
    assert {key: first[key] for key in first if key not in {"arguments", "digest"}} == {
        "id": "s/a",
        "model": "kling-v3-pro",
        "endpoint": "fal-ai/kling-video/v3/pro/image-to-video",
        "shots": ["s/a"],
        "after": ["voice/narrator"],
        "begins_with": {"picture": "assets/a.png"},
        "seconds": 10,
        "state": "to-render",
        "reason": "new",
        "takes": [{"number": 1, "state": "to-render", "reason": "new"}],
        "cost": {"usd": "3.92"},
    }
    assert isinstance(second, dict)
    assert second["after"] == ["s/a"]
    assert (voice["begins_with"], second["begins_with"]) == (None, {"last_frame_of": "s/a"})
    (both,) = takes
    assert isinstance(both, dict)
    assert (both["id"], both["cost"]) == ("t/a", {"usd": "0.70"})
    assert both["takes"] == [
        {"number": 1, "state": "to-render", "reason": "new"},
        {"number": 2, "state": "to-render", "reason": "a further take"},
    ]
    assert value["total"] == {"usd": "7.567", "seconds": 30}
    assert value["timeline"] == {"seconds": 24.5}


def test_the_json_is_the_same_every_time() -> None:
    assert json.dumps(to_json(made())) == json.dumps(to_json(made()))


def test_what_is_rendered_is_not_to_pay() -> None:
    first = made().jobs[1].job.digest
    value = to_json(made(view=StoreView(rendered=frozenset({first}))))
    assert value["total"] == {"usd": "7.56", "seconds": 30}
    assert value["to_pay"] == {"usd": "3.64", "seconds": 20}


# ── the table ────────────────────────────────────────────────────────────────────────────────────


def test_the_table_shows_seconds_paid_and_not_used() -> None:
    found = {row.job: (row.asked, row.used, row.unused) for row in rows(made())}
    assert found["s/a"] == ("10s", "9.5s", "0.5s")
    assert found["s/b"] == ("10s", "10s", "")
    assert found["voice/narrator"] == ("", "", "")


def test_a_row_tells_state_reason_price_and_why_it_begins_there() -> None:
    first = rows(made())[1]
    assert (first.shots, first.state.value, first.reason) == ("1", "to-render", "new")
    assert (first.why, first.price) == ("the scene begins", "3.920")


# ── a kept plan ──────────────────────────────────────────────────────────────────────────────────


def kept(it: Plan) -> object:
    return json.loads(json.dumps(save(it, {"storyboard": "a.yaml"})))


def test_a_kept_plan_holds_while_nothing_changes() -> None:
    saved = load(kept(made()))  # type: ignore[arg-type]
    assert isinstance(saved, SavedPlan)
    assert saved.made_from == {"storyboard": "a.yaml"}
    assert changes(saved, made()) == ()


def test_a_comment_or_a_moved_line_is_no_change() -> None:
    it = film()
    first = it.scenes[0]
    moved = replace(it, scenes=(replace(first, span=span(40)), *it.scenes[1:]), file="other.yaml")
    assert fingerprint(made(it)) == fingerprint(made(moved))


TITLE = Title("New", 0, 1, TitleStyle("top", TitlePlace.TOP), span())  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("now", "view", "said"),
    [
        (film("Snow."), StoreView(), "s/a asks for something else"),
        (film(), StoreView(rendered=frozenset({made().jobs[1].job.digest})), "s/a was to-render"),
        (board(film().scenes[1]), StoreView(), "voice/narrator is gone"),
        (film(look=crossfade("0.5")), StoreView(), "the cut has changed"),
        (film(look=Look(crossfade("0").transition, (TITLE,), None)), StoreView(), "the cut"),
    ],
)
def test_a_kept_plan_tells_what_has_changed(now: Storyboard, view: StoreView, said: str) -> None:
    saved = load(kept(made()))  # type: ignore[arg-type]
    assert isinstance(saved, SavedPlan)
    assert any(one.startswith(said) for one in changes(saved, made(now, view)))


def test_a_kept_plan_tells_new_jobs_and_other_prices() -> None:
    saved = load(kept(made(board(film().scenes[1]))))  # type: ignore[arg-type]
    assert isinstance(saved, SavedPlan)
    assert "s/a is new" in changes(saved, made())
    it = made()
    first = it.jobs[0]
    dearer = replace(first, job=replace(first.job, cost=first.job.cost * 2))
    saved = load(kept(it))  # type: ignore[arg-type]
    assert isinstance(saved, SavedPlan)
    now = replace(it, jobs=(dearer, *it.jobs[1:]))
    assert changes(saved, now) == ("voice/narrator has another price",)


@pytest.mark.parametrize("value", [None, [], {}, {"version": 2}, {"version": 1, "plan": {}}])
def test_what_is_no_kept_plan_is_refused(value: object) -> None:
    assert load(value) is NotKept.NO_PLAN  # type: ignore[arg-type]


def routes(value: object, here: tuple[object, ...] = ()) -> Iterator[tuple[object, ...]]:
    yield here
    inner: Iterable[tuple[object, object]] = ()
    if isinstance(value, dict):
        inner = value.items()
    elif isinstance(value, list):
        inner = enumerate(value)
    for key, one in inner:
        yield from routes(one, (*here, key))


def test_no_word_of_a_kept_plan_can_be_altered() -> None:
    whole: Any = kept(made())
    altered = 0
    for *route, last in routes(whole["plan"], ("plan",)):
        value: Any = json.loads(json.dumps(whole))
        parent = value
        for step in route:
            parent = parent[step]
        was = parent[last]
        parent[last] = f"{was}." if isinstance(was, str) else "0.10 USD"
        assert load(value) in {NotKept.EDITED, NotKept.NO_PLAN}
        altered += 1
    assert altered > 100
    assert load({**whole, "total": "0.10 USD"}) is NotKept.EDITED
    assert load({**whole, "cut": "0"}) is NotKept.EDITED
    assert load({**whole, "plan": {**whole["plan"], "note": "free"}}) is NotKept.EDITED
    assert isinstance(load(whole), SavedPlan)


@pytest.mark.parametrize(("version", "why"), [(2, NotKept.EARLIER), (4, NotKept.LATER)])
def test_a_plan_of_another_version_is_known_as_one(version: int, why: NotKept) -> None:
    whole: Any = kept(made())
    del whole["cut"]
    assert load({**whole, "version": version}) is why


# ── the time it will take ────────────────────────────────────────────────────────────────────────


def test_the_critical_path_goes_through_voice_and_chain() -> None:
    path = critical_path(made(), catalogue())
    assert path.jobs == ("voice/narrator", "s/a", "s/b")
    assert path.seconds == 20 + 180 + 180


def all_kept(it: Plan) -> StoreView:
    """Return a view in which every take that a plan wants is kept."""
    takes = {
        one.job.digest: {
            take.number: KnownTake(take.number, JobState.RENDERED) for take in one.takes
        }
        for one in it.jobs
    }
    return StoreView(rendered=frozenset(takes), takes=takes)


def test_a_kept_plan_tells_of_each_take() -> None:
    saved = load(kept(made()))  # type: ignore[arg-type]
    assert isinstance(saved, SavedPlan)
    last = made().jobs[-1].job.digest
    known = {1: KnownTake(1, JobState.RENDERED), 3: KnownTake(3, JobState.IN_FLIGHT)}
    view = StoreView(rendered=frozenset({last}), takes={last: known})
    assert changes(saved, made(view=view)) == (
        "t/a was to-render, and is rendered",
        "t/a, take 3 is new",
        "t/a, take 2 is gone",
    )


def test_rendered_jobs_take_no_time() -> None:
    it = made(view=all_kept(made()))
    assert estimate(it, 2, catalogue()) == 0
    assert critical_path(it, catalogue()) == CriticalPath((), 0)


def test_one_at_a_time_takes_the_sum() -> None:
    assert estimate(made(), 1, catalogue()) == 20 + 180 + 180 + 2 * 120
    assert estimate(made(), 2, catalogue()) == 380
    assert estimate(made(), 99, catalogue()) == 380


def chained(parents: Sequence[int | None]) -> Plan:
    """Make a plan whose n-th job waits for the one that is named, if any."""
    base = next(one.job for one in made().jobs if isinstance(one.job, ClipJob))
    names = [JobDigest(f"{place:064x}") for place in range(len(parents))]
    jobs = tuple(
        PlannedJob(
            replace(
                base,
                id=JobId(f"j{place}"),
                digest=names[place],
                after=() if parent is None else (names[parent],),
            ),
            JobState.TO_RENDER,
            "new",
        )
        for place, parent in enumerate(parents)
    )
    return Plan(jobs, (), base.cost, base.cost)


@st.composite
def forests(draw: st.DrawFn) -> list[int | None]:
    count = draw(st.integers(1, 14))
    return [
        draw(st.none() | st.integers(0, place - 1)) if place else None for place in range(count)
    ]


@given(forests(), st.integers(1, 5))
def test_a_schedule_is_within_its_bounds(parents: list[int | None], concurrency: int) -> None:
    it = chained(parents)
    each, count = 180, len(parents)
    path = critical_path(it, catalogue()).seconds
    needed = estimate(it, concurrency, catalogue())
    assert max(path, -(-count // concurrency) * each) <= needed
    assert needed <= count * each / concurrency + path * (1 - 1 / concurrency) + 1e-6
