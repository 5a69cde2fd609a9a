"""Packing against brute force: every way to cut small scenes, with random limits and prices."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from itertools import combinations, product
from math import ceil
from types import MappingProxyType

import pytest
from boards import board, catalogue, element, footage, scene, shot, still, usd
from hypothesis import given, settings
from hypothesis import strategies as st

from storyboard.catalogue.endpoint import (
    Catalogue,
    EndpointId,
    FirstThenPerSecond,
    FrameField,
    Mode,
    PerCall,
    PerSecond,
    Price,
    ShotsField,
    VideoEndpoint,
)
from storyboard.jobs import ClipJob, Job, JobDigest, PickedShot, Reading, pack
from storyboard.jobs.choose import Entry, choose
from storyboard.jobs.digest import digest
from storyboard.jobs.job import FrameRef
from storyboard.jobs.offers import Offers, Task
from storyboard.jobs.request import Request
from storyboard.jobs.words import Cast
from storyboard.model import ClipDigest, ShotName
from storyboard.model.money import Usd
from storyboard.model.prompt import Mention
from storyboard.model.storyboard import Continuity, Pack, PromptShot, Scene, StillShot, Storyboard

BASE = next(one for one in catalogue().videos if one.model == "kling-v3-pro")


def clips(jobs: tuple[Job, ...] | None) -> list[ClipJob]:
    assert jobs is not None
    return [job for job in jobs if isinstance(job, ClipJob)]


# ── random models and scenes ─────────────────────────────────────────────────────────────────────

money = st.integers(1, 9).map(lambda tenths: Usd(Decimal(tenths) / 10))


@st.composite
def prices(draw: st.DrawFn) -> Price:
    kind = draw(st.sampled_from(["seconds", "first", "call"]))
    if kind == "seconds":
        return PerSecond({mode: draw(money) for mode in Mode})
    if kind == "first":
        return FirstThenPerSecond(draw(st.integers(1, 5)), draw(money), draw(money))
    return PerCall(draw(money))


Model = tuple[VideoEndpoint, ...]
"""The endpoints of one model."""


@st.composite
def models(draw: st.DrawFn) -> Model:
    """Draw a model with an endpoint, and often one beside it that begins without a picture."""
    one = draw(endpoints_())
    if draw(st.booleans()):
        return (one,)
    alone = draw(st.sampled_from([None, FrameField("a", required=False)]))
    elements = draw(st.sampled_from([None, None, BASE.elements]))
    text = replace(one, id=EndpointId("invented/text"), start=alone, elements=elements)
    return (one, replace(text, price=draw(prices()), end=draw(st.sampled_from([None, BASE.end]))))


@st.composite
def endpoints_(draw: st.DrawFn) -> VideoEndpoint:
    durations = draw(
        st.one_of(
            st.builds(
                lambda low, more: tuple(range(low, low + more + 1)),
                st.integers(1, 5),
                st.integers(1, 9),
            ),
            st.sampled_from([(5, 10), (4, 6, 8), (3, 9)]),
        )
    )
    shots = draw(
        st.none()
        | st.builds(
            lambda most, low: ShotsField("multi_prompt", most, low, durations[-1], 512, {}),
            st.integers(1, 4),
            st.integers(1, 2),
        )
    )
    start = draw(
        st.sampled_from([None, FrameField("a", required=True), FrameField("a", required=False)])
    )
    return replace(
        BASE,
        id=EndpointId("invented/one"),
        model="one",
        durations=durations,
        shots=shots,
        start=start,
        elements=draw(st.sampled_from([BASE.elements, BASE.elements, None])),
        price=draw(prices()),
    )


@st.composite
def scenes(draw: st.DrawFn, most: int = 6) -> Scene:
    count = draw(st.integers(1, most))
    styles = draw(st.sampled_from([[""], ["", "", "", "grainy"]]))
    rarely = draw(st.sampled_from([6, 99]))
    shots: list[PromptShot | StillShot] = []
    for place in range(count):
        if draw(st.integers(0, 2 * rarely)) == 0:
            shots.append(still(f"s/still{place}"))
        number = draw(st.sampled_from([1, 1, 1, 1, 2]))
        voiced = draw(st.integers(0, rarely)) == 0
        shots.append(
            shot(
                f"s/{place}",
                str(draw(st.integers(1, 24)) / 4),
                draw(st.sampled_from(["", "@cup steams.", "@cup and @tea."])),
                model="one",
                start="https://a/start.png" if draw(st.integers(0, rarely)) == 0 else None,
                end="https://a/end.png" if draw(st.integers(0, 2 * rarely)) == 0 else None,
                style=draw(st.sampled_from(styles)),
                say=[("mara", "mara", "hello")] if voiced else (),
                takes=number,
            )
        )
    return scene(
        *shots,
        pack=draw(st.sampled_from(list(Pack))),
        continuity=draw(st.sampled_from(list(Continuity))),
    )


# ── brute force ──────────────────────────────────────────────────────────────────────────────────


CUP, TEA = element("cup", "a cup", frontal="cup.png"), element("tea", "hot tea")


def film(one: Scene) -> Storyboard:
    return board(one, elements=[CUP, TEA], voices={"mara": "v1"})


def task(
    one: Scene,
    models_: Catalogue,
    rendered: frozenset[JobDigest],
    earlier: tuple[Task, ...] = (),
    picks: Mapping[ShotName, PickedShot] = MappingProxyType({}),
) -> Task:
    shots = [it for it in one.shots if isinstance(it, PromptShot)]
    breaks: dict[int, str] = {}
    seen = 0
    for it in one.shots:
        if isinstance(it, PromptShot):
            seen += 1
        else:
            breaks[seen] = "a still"
    cast = Cast(film(one).elements, film(one).voices)
    parts = (tuple(shots), tuple(breaks.items()), one.pack, one.continuity, cast, models_)
    places = {n: picks[it.name] for n, it in enumerate(shots) if it.name in picks}
    return Task(*parts, rendered, None, earlier, picks=places)


def ways(count: int, must: frozenset[int]) -> Iterator[tuple[int, ...]]:
    inner = range(1, count)
    for size in range(count):
        for cut in combinations(inner, size):
            if must <= {0, count, *cut}:
                yield (*cut, count)


def weigh(  # noqa: C901, PLR0911 -- what makes up the value of a way, part by part
    what: Task, ends: tuple[int, ...], used: tuple[int, ...] | None = None
) -> tuple[object, frozenset[JobDigest]] | None:
    """Add up the value of one way, and name the digests of its jobs; None where it cannot be.

    `used` tells whose offer each job is: 0 the task's own, n its n-th earlier one's.
    """
    used = used or (0,) * len(ends)
    pay, kept, jobs, uneven, short = Usd(Decimal(0)), Fraction(0), 0, 0, 0
    lost = (0, 0, 0)
    former = 0
    frame: FrameRef | None = None
    seen: set[JobDigest] = set()
    for start, end, place in zip((0, *ends[:-1]), ends, used, strict=True):
        chosen = [what.picks.get(position) for position in range(start, end)]
        if None not in chosen:
            if place or len(chosen) > 1:
                return None  # picked shots are stepped over one by one
            frame = what.picks[start].last_frame
            continue
        found = asked(what, place, start, end, frame)
        if found is None:
            return None
        request, made = found
        if place and not may_stay(what, request, made[0], frame):
            return None
        if place and found[1] == (asked(what, 0, start, end, frame) or (None, ()))[1]:
            return None
        last = request.shots[-1]
        at = sum(request.asked[:-1]) + last.duration
        frame = chosen[-1].last_frame if chosen[-1] else FrameRef(made[0], at)
        there = made[0] in what.rendered
        if any(chosen) and not there:
            return None
        former += sum(one in what.rendered for one in made[1:])
        if there:
            its = zip(request.shots, chosen, strict=True)
            kept += sum((it.duration for it, pick in its if not pick), Fraction(0))
        else:
            pay = Usd(pay + request.cost)
            once = losing(what.earlier[place - 1] if place else what, start, request)
            lost = tuple(all_ + one for all_, one in zip(lost, once, strict=True))
        jobs += 1
        uneven += request.seconds**2
        wanted = sum(ceil(it.duration) for it in request.shots)
        short += max(0, request.endpoint.durations[0] - wanted)
        seen.update(made)
    order = (tuple(-end for end in ends), used)
    match what.pack:
        case Pack.SCENE:
            return (-kept, -former, lost, pay, jobs, uneven, order), frozenset(seen)
        case Pack.CHEAPEST:
            return (-kept, -former, pay, lost, jobs, uneven, order), frozenset(seen)
        case Pack.SHOT:
            return (-kept, -former, short, -jobs, lost, pay, uneven, order), frozenset(seen)


def losing(what: Task, start: int, request: Request) -> tuple[int, int, int]:
    """Count shots without the scene's start frame, likenesses in words, shots sent elsewhere."""
    model = what.catalogue.of_model("one")
    count = len(request.shots)
    framed = any(it.start for it in what.shots[:start]) and any(it.start for it in model)
    blind = request.entry is Entry.NONE
    worded = any(it.elements for it in model) and not request.endpoint.elements
    shown = sum(Mention(name) in it.prompt for it in request.shots for name in ("cup", "tea"))
    home = choose(what.shots[0], Offers(what).entry(0), what.catalogue)
    away = isinstance(home, VideoEndpoint) and home.id != request.endpoint.id
    return count if framed and blind else 0, shown if worded else 0, count if away else 0


def asked(
    what: Task, place: int, start: int, end: int, frame: FrameRef | None
) -> tuple[Request, tuple[JobDigest, ...]] | None:
    """Return what one task asks for shots, its digest, and what further takes were known by."""
    offers = Offers(what.earlier[place - 1] if place else what)
    request = offers.get(start, end)
    if not isinstance(request, Request):
        return None
    body = offers.body(request, frame)
    every = range(1, request.takes + 1)
    return request, tuple(digest(request.endpoint.id, body, take) for take in every)


def may_stay(what: Task, request: Request, made: JobDigest, frame: FrameRef | None) -> bool:
    """Tell whether an earlier task's job may be taken: it, and what it goes on from, is there."""
    follows = request.entry is not Entry.CHAINED or (
        frame is not None and frame.job in what.rendered
    )
    return follows and made in what.rendered


def best(what: Task) -> tuple[int, ...] | None:
    must = frozenset(position for position, _ in what.breaks)
    able = [
        (weighed[0], ends)
        for ends in ways(len(what.shots), must)
        if (weighed := weigh(what, ends)) is not None
    ]
    return min(able)[1] if able else None  # type: ignore[type-var] # values of one form


def every_digest(what: Task) -> list[JobDigest]:
    must = frozenset(position for position, _ in what.breaks)
    found: dict[JobDigest, None] = {}
    for ends in ways(len(what.shots), must):
        weighed = weigh(what, ends)
        if weighed is not None:
            found.update(dict.fromkeys(sorted(weighed[1])))
    return list(found)


def ends_of(jobs: list[ClipJob], one: Scene) -> tuple[int, ...]:
    names = [it.name for it in one.shots if isinstance(it, PromptShot)]
    found = dict.fromkeys(names.index(job.shots[-1].name) + 1 for job in jobs)
    return tuple(found)


@settings(max_examples=6 * settings.default.max_examples, deadline=None)
@given(one=scenes(), model=models(), data=st.data())
def test_packing_is_the_best_of_all_ways(one: Scene, model: Model, data: st.DataObject) -> None:
    models_ = catalogue(*model)
    blank = task(one, models_, frozenset())
    possible = every_digest(blank)
    rendered = frozenset(
        data.draw(st.lists(st.sampled_from(possible), max_size=4)) if possible else ()
    )
    wanted = best(replace(blank, rendered=rendered))
    result = pack(film(one), models_, rendered)
    if wanted is None:
        assert result.value is None
        assert any(it.severity == "error" for it in result.diagnostics)
    else:
        assert result.value is not None, result.diagnostics
        assert ends_of(clips(result.value), one) == wanted


picked = st.builds(
    PickedShot,
    clip=st.sampled_from([ClipDigest("c" * 64), ClipDigest("d" * 64)]),
    job=st.sampled_from([JobDigest("a" * 64), JobDigest("b" * 64)]),
    rendering=st.integers(1, 2),
    number=st.just(1),
    at=st.integers(0, 3).map(Fraction),
    used=st.integers(1, 3).map(Fraction),
)


@settings(max_examples=6 * settings.default.max_examples, deadline=None)
@given(one=scenes(), model=models(), data=st.data())
def test_packing_is_the_best_of_all_ways_around_what_was_picked(
    one: Scene, model: Model, data: st.DataObject
) -> None:
    models_ = catalogue(*model)
    names = [it.name for it in one.shots if isinstance(it, PromptShot)]
    picks = data.draw(st.dictionaries(st.sampled_from(names), picked))
    plain, blank = task(one, models_, frozenset()), task(one, models_, frozenset(), picks=picks)
    possible = [*dict.fromkeys((*every_digest(plain), *every_digest(blank)))]
    rendered = frozenset(
        data.draw(st.lists(st.sampled_from(possible), max_size=4)) if possible else ()
    )
    wanted = best(replace(blank, rendered=rendered))
    result = pack(film(one), models_, rendered, picks=picks)
    if wanted is None:
        assert result.value is None
        found = {it.about for it in result.diagnostics if it.severity == "error"}
        assert found
        assert not found & picks.keys()
        return
    assert result.value is not None, result.diagnostics
    jobs = clips(result.value)
    parts = zip((0, *wanted[:-1]), wanted, strict=True)
    assert [tuple(shot.name for shot in job.shots) for job in jobs] == [
        tuple(names[start:end]) for start, end in parts if not set(names[start:end]) <= picks.keys()
    ]
    for job in jobs:
        if job.digest not in rendered:
            assert not {shot.name for shot in job.shots} & picks.keys()


@settings(max_examples=100, deadline=None)
@given(one=scenes(most=9), model=models(), data=st.data())
def test_packing_long_scenes_is_the_best_of_all_ways_behind_a_store_that_keeps(
    one: Scene, model: Model, data: st.DataObject
) -> None:
    """A store that drops nothing holds, with each chained job, the jobs before it."""
    models_ = catalogue(*model)
    blank = task(one, models_, frozenset())
    must = frozenset(position for position, _ in blank.breaks)
    found = [way for way in ways(len(blank.shots), must) if weigh(blank, way) is not None]
    rendered: set[JobDigest] = set()
    for way in data.draw(st.lists(st.sampled_from(found), max_size=2)) if found else []:
        rendered.update(data.draw(prefixes(blank, way)))
    kept = replace(blank, rendered=frozenset(rendered))
    wanted = best(kept)
    result = pack(film(one), models_, kept.rendered)
    if wanted is None:
        assert result.value is None
    else:
        assert ends_of(clips(result.value), one) == wanted


@st.composite
def prefixes(draw: st.DrawFn, what: Task, way: tuple[int, ...]) -> frozenset[JobDigest]:
    """Draw the digests of the first so many jobs of a way."""
    whole = replace(what, shots=what.shots[: draw(st.sampled_from(way))])
    ends = tuple(end for end in way if end <= len(whole.shots))
    weighed = weigh(whole, ends)
    assert weighed is not None
    return weighed[1]


@settings(max_examples=3 * settings.default.max_examples, deadline=None)
@given(one=scenes(most=4), before=models(), now=models(), data=st.data())
def test_packing_is_the_best_of_all_ways_with_what_an_earlier_catalogue_asked_for(
    one: Scene, before: Model, now: Model, data: st.DataObject
) -> None:
    """Behind a store that drops nothing: it has, with each job, the jobs before it."""
    same = data.draw(st.booleans())
    now = now if same else tuple(replace(it, id=EndpointId(f"{it.id}/2")) for it in now)
    old, new = catalogue(*before), catalogue(*now)
    rendered: set[JobDigest] = set()
    for models_ in (old, new):
        blank = task(one, models_, frozenset())
        must = frozenset(position for position, _ in blank.breaks)
        found = [way for way in ways(len(blank.shots), must) if weigh(blank, way) is not None]
        for way in data.draw(st.lists(st.sampled_from(found), max_size=2)) if found else []:
            rendered.update(data.draw(prefixes(blank, way)))
    kept = frozenset(rendered)
    what = task(one, new, kept, (task(one, old, kept),))
    must = frozenset(position for position, _ in what.breaks)
    able = [
        (weighed[0], ends)
        for ends in ways(len(what.shots), must)
        for used in product((0, 1), repeat=len(ends))
        if (weighed := weigh(what, ends, used)) is not None
    ]
    result = pack(film(one), new, kept, earlier=[Reading(film(one), old)])
    if able:
        assert result.value is not None, result.diagnostics
        assert ends_of(clips(result.value), one) == min(able)[1]  # type: ignore[type-var]
    else:
        assert result.value is None


@settings(max_examples=100, deadline=None)
@given(one=scenes(), before=models(), now=models())
def test_what_is_rendered_stays_whatever_the_model_is_now(
    one: Scene, before: Model, now: Model
) -> None:
    old, new = catalogue(*before), catalogue(*(replace(it, model="another") for it in now))
    for models_ in (new, catalogue(*now)):
        first = pack(film(one), old, frozenset()).value
        if first is not None:
            rendered = frozenset(job.digest for job in first)
            again = pack(film(one), models_, rendered, earlier=[Reading(film(one), old)])
            assert [job.digest for job in clips(again.value)] == [
                job.digest for job in clips(first)
            ]


@settings(max_examples=60, deadline=None)
@given(one=scenes(), model=models())
def test_packing_again_what_is_rendered_pays_nothing(one: Scene, model: Model) -> None:
    models_ = catalogue(*model)
    first = pack(film(one), models_, frozenset()).value
    if first is not None:
        rendered = frozenset(job.digest for job in first)
        again = pack(film(one), models_, rendered).value
        assert again is not None
        assert {job.digest for job in again} == rendered


@settings(max_examples=60, deadline=None)
@given(one=scenes(), model=models())
def test_every_shot_stands_in_one_job_that_has_its_takes(one: Scene, model: Model) -> None:
    jobs = pack(film(one), catalogue(*model), frozenset()).value
    if jobs is not None:
        for it in (it for it in one.shots if isinstance(it, PromptShot)):
            (job,) = (one for one in clips(jobs) for at in one.shots if at.name == it.name)
            assert job.takes >= it.takes
        for job in clips(jobs):
            wanted = (
                it.takes
                for it in one.shots
                if isinstance(it, PromptShot) and it.name in {at.name for at in job.shots}
            )
            assert job.takes == max(wanted)


@settings(max_examples=100, deadline=None)
@given(one=scenes(), model=models(), data=st.data())
def test_takes_change_no_job(one: Scene, model: Model, data: st.DataObject) -> None:
    models_ = catalogue(*model)
    plain = replace(
        one,
        shots=tuple(replace(it, takes=1) if isinstance(it, PromptShot) else it for it in one.shots),
    )
    more = replace(
        one,
        shots=tuple(
            replace(it, takes=data.draw(st.integers(1, 20))) if isinstance(it, PromptShot) else it
            for it in one.shots
        ),
    )
    possible = every_digest(task(plain, models_, frozenset()))
    rendered = frozenset(
        data.draw(st.lists(st.sampled_from(possible), max_size=4)) if possible else ()
    )
    made = [pack(film(it), models_, rendered) for it in (plain, more)]
    digests = [[job.digest for job in it.value or ()] for it in made]
    assert digests[0] == digests[1]
    assert made[0].diagnostics == made[1].diagnostics


# ── what the language page says, one by one ──────────────────────────────────────────────────────


def test_v3_takes_fifteen_seconds_at_most() -> None:
    one = scene(*(shot(f"s/{n}", 5, start="a.png" if n == 0 else None) for n in range(4)))
    jobs = clips(pack(board(one), catalogue(), frozenset()).value)
    assert [job.seconds for job in jobs] == [10, 10]
    assert jobs[1].why == "15 s are full"


def test_six_shots_fill_a_job() -> None:
    one = scene(*(shot(f"s/{n}", 1, model="kling-v3-turbo-pro") for n in range(8)))
    jobs = clips(pack(board(one), catalogue(), frozenset()).value)
    assert [len(job.shots) for job in jobs] == [4, 4]
    assert jobs[1].why == "6 shots are full"


def test_a_start_frame_begins_a_job() -> None:
    one = scene(shot("s/a", 3, start="a.png"), shot("s/b", 3, start="b.png"))
    jobs = clips(pack(board(one), catalogue(), frozenset()).value)
    assert [job.id for job in jobs] == ["s/a", "s/b"]
    assert [job.why for job in jobs] == ["the scene begins", "a start frame of its own"]
    assert [job.after for job in jobs] == [(), ()]


def test_an_end_frame_stands_in_a_job_of_one_shot() -> None:
    one = scene(shot("s/a", 3, start="a.png", end="z.png"), shot("s/b", 3))
    jobs = clips(pack(board(one), catalogue(), frozenset()).value)
    assert [len(job.shots) for job in jobs] == [1, 1]
    assert jobs[1].why == "an end frame needs a job of its own"


def test_a_still_between_breaks_a_run_but_not_the_chain() -> None:
    one = scene(shot("s/a", 3, start="a.png"), still("s/card"), shot("s/b", 3))
    jobs = clips(pack(board(one), catalogue(), frozenset()).value)
    assert jobs[1].why == "a still stands between"
    assert jobs[1].after == (jobs[0].digest,)


def test_footage_between_breaks_a_run() -> None:
    one = scene(
        footage("s/intro"),
        shot("s/a", 3, model="kling-v3-turbo-pro"),
        footage("s/cutaway"),
        shot("s/b", 3, model="kling-v3-turbo-pro"),
    )
    jobs = clips(pack(board(one), catalogue(), frozenset()).value)
    assert [job.why for job in jobs] == ["the scene begins", "footage stands between"]


def test_a_scene_of_stills_has_no_jobs() -> None:
    assert pack(board(scene(still("s/a"))), catalogue(), frozenset()).value == ()


def test_a_boundary_stays_where_a_later_job_is_rendered_behind_it() -> None:
    model = "kling-v3-pro"
    shots = [shot(f"s/{n}", 5, model=model, start="a.png" if n == 0 else None) for n in range(2)]
    last = shot("s/2", 10, model=model)
    apart = scene(*shots, last, pack=Pack.SHOT, continuity=Continuity.CHAIN)
    *_, rendered = clips(pack(board(apart), catalogue(), frozenset()).value)
    packed = replace(apart, pack=Pack.SCENE)
    jobs = clips(pack(board(packed), catalogue(), frozenset({rendered.digest})).value)
    assert [job.id for job in jobs] == ["s/0", "s/1", "s/2"]
    assert jobs[1].why == "keeps what is rendered already"


def test_settings_that_differ_make_two_jobs() -> None:
    one = scene(
        shot("s/a", 3, model="kling-v3-turbo-pro"),
        shot("s/b", 3, model="kling-v3-turbo-pro", style="noir"),
    )
    jobs = clips(pack(board(one), catalogue(), frozenset()).value)
    assert jobs[1].why == "settings differ: style"


def test_a_short_job_is_asked_longer() -> None:
    (job,) = clips(
        pack(board(scene(shot("s/a", "1.5", start="a.png"))), catalogue(), frozenset()).value
    )
    assert (job.seconds, job.shots[0].asked, job.shots[0].used) == (3, 3, Fraction("1.5"))


def test_v25_takes_five_or_ten_seconds() -> None:
    one = scene(
        shot("s/a", 4, model="kling-v2.5-turbo-pro", start="a.png"),
        shot("s/b", 6, model="kling-v2.5-turbo-pro", start="b.png"),
    )
    jobs = clips(pack(board(one), catalogue(), frozenset()).value)
    assert [(job.seconds, job.cost) for job in jobs] == [(5, usd("0.35")), (10, usd("0.70"))]


def test_pack_shot_makes_one_shot_a_job() -> None:
    one = scene(*(shot(f"s/{n}", 4, model="kling-v3-turbo-pro") for n in range(3)), pack=Pack.SHOT)
    jobs = clips(pack(board(one), catalogue(), frozenset()).value)
    assert [len(job.shots) for job in jobs] == [1, 1, 1]
    assert jobs[1].why == "one shot a job (pack: shot)"


def test_pack_shot_joins_what_is_below_the_minimum() -> None:
    one = scene(
        shot("s/a", 1, model="kling-v3-turbo-pro"),
        shot("s/b", 2, model="kling-v3-turbo-pro"),
        shot("s/c", 4, model="kling-v3-turbo-pro"),
        pack=Pack.SHOT,
    )
    jobs = clips(pack(board(one), catalogue(), frozenset()).value)
    assert [job.id for job in jobs] == ["s/a..b", "s/c"]


def test_an_edit_moves_as_few_jobs_as_it_can() -> None:
    def made(last: str) -> Storyboard:
        shots = [shot(f"s/{n}", 5, model="kling-v3-turbo-pro") for n in range(5)]
        return board(scene(*shots, shot("s/last", 5, last, model="kling-v3-turbo-pro")))

    before = clips(pack(made("one"), catalogue(), frozenset()).value)
    rendered = frozenset(job.digest for job in before)
    after = clips(pack(made("two"), catalogue(), rendered).value)
    unpaid = [job for job in after if job.digest not in rendered]
    assert [job.seconds for job in before] == [15, 15]
    assert sum(job.seconds for job in unpaid) == 15
    grown = board(scene(*made("one").scenes[0].shots, shot("s/new", 3, model="kling-v3-turbo-pro")))
    added = clips(pack(grown, catalogue(), rendered).value)
    assert [job.seconds for job in added if job.digest not in rendered] == [3]


def test_takes_are_renderings_of_one_job() -> None:
    one = scene(shot("s/a", 5, start="a.png", takes=3), shot("s/b", 5))
    (job,) = clips(pack(board(one), catalogue(), frozenset()).value)
    assert (job.id, job.takes) == ("s/a..b", 3)
    once = scene(shot("s/a", 5, start="a.png"), shot("s/b", 5))
    (same,) = clips(pack(board(once), catalogue(), frozenset()).value)
    assert (same.digest, same.body, same.cost) == (job.digest, job.body, job.cost)
    assert (same.takes, same.whole_cost, job.whole_cost) == (1, job.cost, job.cost * 3)


def test_a_job_knows_what_its_further_takes_were_known_by() -> None:
    one = scene(shot("s/a", 5, start="a.png", takes=11))
    (blank,) = clips(pack(board(one), catalogue(), frozenset()).value)
    assert blank.former == ()  # without a store there is nothing to look for
    there = frozenset({blank.digest})
    (job,) = clips(pack(board(one), catalogue(), there).value)
    every = tuple(digest(job.endpoint, job.body, take) for take in range(2, 12))
    assert job.former == every
    (plain,) = clips(pack(board(scene(shot("s/a", 5, start="a.png"))), catalogue(), there).value)
    assert plain.former == every[:8]


def test_takes_that_earlier_versions_rendered_apart_are_kept() -> None:
    """They cut a shot out for its takes: of equal ways the one that has these is taken."""
    model = "kling-v3-turbo-pro"

    def made(takes: int, rendered: frozenset[JobDigest] = frozenset()) -> list[ClipJob]:
        shots = [shot(f"s/{n}", 3, model=model) for n in range(4)]
        shots[1] = replace(shots[1], takes=takes)
        return clips(pack(board(scene(*shots)), catalogue(), rendered).value)

    (pack_of_all,) = made(1)
    parts = [[0], [1], [2, 3]]
    apart = [
        clips(
            pack(
                board(scene(*(shot(f"s/{n}", 3, model=model) for n in part))),
                catalogue(),
                frozenset(),
            ).value
        )[0]
        for part in parts
    ]
    second = digest(apart[1].endpoint, apart[1].body, 2)
    both = frozenset({pack_of_all.digest, second, *(job.digest for job in apart)})
    assert [job.id for job in made(2, both)] == ["s/0", "s/1", "s/2..3"]
    assert [job.id for job in made(1, both)] == ["s/0..3"]
    assert [job.id for job in made(2, both - {second})] == ["s/0..3"]


def test_a_chained_frame_is_the_last_one_the_film_shows() -> None:
    one = scene(
        shot("s/a", "4.5", start="a.png"), shot("s/b", "2.25"), shot("s/c", 9, style="other")
    )
    jobs = clips(pack(board(one), catalogue(), frozenset()).value)
    assert jobs[0].seconds == 8
    assert jobs[1].body["start_image_url"] == FrameRef(jobs[0].digest, 5 + Fraction("2.25"))


@pytest.mark.parametrize("count", [40])
def test_a_long_chain_with_rendered_jobs_is_packed(count: int) -> None:
    shots = [shot(f"s/{n}", 3, start="a.png" if n == 0 else None) for n in range(count)]
    one = board(scene(*shots, continuity=Continuity.CHAIN))
    first = clips(pack(one, catalogue(), frozenset()).value)
    again = clips(pack(one, catalogue(), frozenset(job.digest for job in first[:5])).value)
    assert [job.digest for job in again] == [job.digest for job in first]
