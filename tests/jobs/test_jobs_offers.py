"""The pieces that packing is put together from: offers, values of ways, names, shared tasks."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from boards import (
    board,
    catalogue,
    crossfade,
    element,
    footage,
    picture,
    scene,
    settings,
    shot,
    still,
    words,
)

from storyboard.catalogue.endpoint import FrameField, Mode, PerCall, PerSecond, VideoEndpoint
from storyboard.diagnostics import Diagnostic
from storyboard.jobs import (
    ClipJob,
    Job,
    JobDigest,
    Reading,
    pack,
    pack_together,
    reference_text,
)
from storyboard.jobs.choose import Entry
from storyboard.jobs.digest import digest
from storyboard.jobs.divide import _APART, Way, _thinned, divide, lost, money
from storyboard.jobs.job import FrameRef, VoiceRef
from storyboard.jobs.losses import Losses
from storyboard.jobs.offers import Offers, Task
from storyboard.jobs.packing import tasks
from storyboard.jobs.request import Request
from storyboard.jobs.scene import pack_scene
from storyboard.jobs.together import _task_key
from storyboard.model.money import Usd
from storyboard.model.storyboard import (
    AspectRatio,
    Continuity,
    Pack,
    PromptShot,
    Scene,
    Storyboard,
)

TURBO = "kling-v3-turbo-pro"
PRO = next(one for one in catalogue().videos if one.model == "kling-v3-pro")
TALL = AspectRatio(9, 16)
NOTHING: frozenset[JobDigest] = frozenset()


def task(one: Scene, *models: VideoEndpoint, ratio: AspectRatio | None = None) -> Task:
    (made,) = tasks(Reading(board(one), catalogue(*models)), NOTHING, ratio)
    return made


def offers(*shots: PromptShot, **more: Any) -> Offers:  # noqa: ANN401 -- a scene's other parts
    return Offers(task(scene(*shots, **more)))


def request(made: Offers, start: int, stop: int) -> Request:
    found = made.get(start, stop)
    assert isinstance(found, Request), found
    return found


def clips(jobs: Sequence[Job] | None) -> list[ClipJob]:
    assert jobs is not None
    return [job for job in jobs if isinstance(job, ClipJob)]


def turbo(count: int, length: int = 3) -> list[PromptShot]:
    return [shot(f"s/{n}", length, model=TURBO) for n in range(count)]


# --- offers


def test_a_job_ends_where_the_models_have_no_more_shots_or_something_else_stands() -> None:
    made = offers(*turbo(9))
    assert [list(made.ends(start)) for start in (0, 3, 4, 8)] == [
        [1, 2, 3, 4, 5, 6],
        [4, 5, 6, 7, 8, 9],
        [5, 6, 7, 8, 9],
        [9],
    ]
    first, second, third, fourth = turbo(4)
    cut = Offers(
        task(scene(footage("s/x"), first, second, still("s/card"), third, still("s/end"), fourth))
    )
    assert cut.task.breaks == ((0, "footage"), (2, "a still"), (3, "a still"))
    assert [list(cut.ends(start)) for start in range(4)] == [[1, 2], [2], [3], [4]]


def test_models_of_one_shot_a_job_offer_no_more() -> None:
    plain = replace(PRO, shots=None, model=TURBO, start=None)
    made = Offers(task(scene(*turbo(3)), plain))
    assert [list(made.ends(start)) for start in range(3)] == [[1], [2], [3]]


def test_each_offer_is_worked_out_once() -> None:
    made = offers(*turbo(3))
    assert made.get(0, 2) is made.get(0, 2)
    whole = request(made, 0, 2)
    assert [one.name for one in whole.shots] == ["s/0", "s/1"]
    assert made.template(0, 2, whole) is made.template(0, 2, whole)
    assert made.template(0, 2, whole) != made.template(1, 3, request(made, 1, 3))


def test_a_job_is_chained_where_it_begins_with_the_job_before_it() -> None:
    chain = offers(
        shot("s/a", 5, start="a.png"),
        shot("s/b", 5),
        shot("s/c", 5, start="c.png"),
        continuity=Continuity.CHAIN,
    )
    assert [chain.chained(position) for position in range(5)] == [False, True, False, False, False]
    assert [chain.entry(position) for position in range(3)] == [
        Entry.OWN,
        Entry.CHAINED,
        Entry.OWN,
    ]


def test_nothing_goes_before_a_scenes_first_job() -> None:
    made = offers(*turbo(2), continuity=Continuity.CHAIN)
    assert [made.entry(position) for position in range(2)] == [Entry.NONE, Entry.CHAINED]


def test_the_digests_of_an_offer_are_those_of_its_bodies() -> None:
    made = offers(
        shot("s/a", 5, start="a.png", takes=2),
        shot("s/b", 5, takes=2),
        continuity=Continuity.CHAIN,
    )
    frame = FrameRef(JobDigest("f" * 64), Fraction(9, 2))
    for start, stop, upstream in ((0, 1, None), (0, 2, None), (1, 2, frame)):
        one = request(made, start, stop)
        body = made.body(one, upstream)
        assert made.digest(start, stop, one, upstream) == digest(one.endpoint.id, body, 1)
        former = tuple(digest(one.endpoint.id, body, take) for take in (2, 3))
        assert made.former((start, stop), one, upstream, 3) == former
        assert made.former((start, stop), one, upstream, 1) == ()
    chained = request(made, 1, 2)
    assert made.body(chained, frame)["start_image_url"] == frame
    own = request(made, 0, 1)
    assert made.body(own, frame) == made.body(own, None)  # its own picture comes first


def test_the_last_frame_is_where_the_film_leaves_the_clip() -> None:
    made = offers(shot("s/a", "4.5", start="a.png"), shot("s/b", 3), shot("s/c", "2.25"))
    frame = made.last_frame(request(made, 0, 3), JobDigest("1"))
    assert frame == FrameRef(JobDigest("1"), 5 + 3 + Fraction("2.25"))
    assert reference_text(frame) == "frame:sha256:1@10.25"


def test_a_ratio_of_its_own_reaches_the_body() -> None:
    wide, tall = (task(scene(*turbo(1)), ratio=one) for one in (None, TALL))
    assert pack_scene(Offers(wide)).jobs[0].body["aspect_ratio"] == "16:9"
    assert pack_scene(Offers(tall)).jobs[0].body["aspect_ratio"] == "9:16"


# --- the value of a way


def best(made: Offers) -> Way:
    found = divide(made)[-1]
    assert found is not None
    return found


KEPT = (0, 0, 0)
"""No start frame, likeness or endpoint is lost."""


def test_a_way_weighs_what_is_lost_what_is_to_pay_then_jobs_then_evenness() -> None:
    for takes in (1, 2):  # which weigh nothing
        shots = [replace(one, takes=takes) for one in turbo(2, 8)]
        pay = Fraction("0.14") * 16
        assert best(offers(*shots, pack=Pack.SCENE)).value == (0, 0, *KEPT, pay, 2, 128)
        assert best(offers(*shots, pack=Pack.CHEAPEST)).value == (0, 0, pay, *KEPT, 2, 128)
        assert best(offers(*shots, pack=Pack.SHOT)).value == (0, 0, 0, -2, *KEPT, pay, 128)


def test_each_mode_weighs_losses_in_its_place_and_tells_them_and_the_money() -> None:
    shots = [shot("s/0", 8, model=TURBO, start="a.png"), *turbo(3, 8)[1:]]
    shots = [replace(one, takes=2) for one in shots]
    for how in Pack:
        way = best(offers(*shots, pack=how))
        assert lost(way, how) == Losses(start=2, likeness=0, endpoint=2)
        assert money(way, how) == Fraction("0.14") * 24
    nothing = Way((), (), None)
    assert (lost(nothing, Pack.SCENE), money(nothing, Pack.SCENE)) == (KEPT, 0)


def test_pack_shot_weighs_the_seconds_below_the_least_first() -> None:
    short = [shot(f"s/{n}", "0.5", model=TURBO) for n in range(2)]
    assert best(offers(*short, pack=Pack.SHOT)).value == (
        *(0, 0, 1, -1),
        *KEPT,
        *(Fraction("0.42"), 9),
    )
    apart = [*short, shot("s/2", 3, model=TURBO)]
    assert best(offers(*apart, pack=Pack.SHOT)).ends == (3,)


@pytest.mark.parametrize("how", [Pack.SCENE, Pack.CHEAPEST])
def test_what_is_rendered_comes_first_in_seconds_and_costs_nothing_more(how: Pack) -> None:
    made = offers(*turbo(2, 8), pack=how)
    first = pack_scene(made).jobs[0]
    known = Offers(replace(made.task, rendered=frozenset({first.digest})))
    pay = Fraction("0.14") * 8
    order = (*KEPT, pay) if how is Pack.SCENE else (pay, *KEPT)
    assert best(known).value == (-8, 0, *order, 2, 128)


@pytest.mark.parametrize("how", list(Pack))
def test_a_price_of_nothing_does_not_move_what_is_rendered(how: Pack) -> None:
    free = replace(PRO, model="m", start=None, price=PerCall(Usd(Decimal(0))))
    one = scene(*(shot(f"s/{n}", 3, model="m") for n in range(3)), pack=Pack.SHOT)
    paid = clips(pack(board(one), catalogue(free), NOTHING).value)
    assert len(paid) == 3
    kept = frozenset(job.digest for job in paid)
    again = pack(board(replace(one, pack=how)), catalogue(free), kept)
    assert [job.digest for job in clips(again.value)] == [job.digest for job in paid]


def test_a_job_that_is_shared_weighs_its_part() -> None:
    made = offers(*turbo(2, 8))
    shared = replace(made, shares={(0, 1): 4})
    assert best(shared).value == (
        0,
        0,
        *KEPT,
        Fraction("1.12") / 4 + Fraction("1.12"),
        Fraction(1, 4) + 1,
        128,
    )


def test_of_equal_ways_the_one_with_longer_jobs_first_is_taken() -> None:
    way = best(offers(*turbo(3, 6)))
    assert way.ends == (2, 3)
    assert way.cuts == (-2, -3)
    assert way.rank == (way.value, way.cuts, way.used) == (way.value, (-2, -3), (0, 0))


def test_no_way_leads_past_what_no_job_can_hold_unless_it_is_excused() -> None:
    made = offers(shot("s/0", 5, model=TURBO), shot("s/1", 99, model=TURBO), *turbo(1))
    ways = divide(made)
    assert [way is not None for way in ways] == [True, True, False, False]
    excused = divide(made, frozenset({1}))
    assert [way.ends if way else None for way in excused] == [(), (1,), (1, 2), (1, 2, 3)]
    assert excused[2] is not None
    assert excused[1] is not None
    assert excused[2].value == excused[1].value
    assert excused[2].frame is None


def test_states_behind_rendered_jobs_stay_apart_and_the_rest_is_thinned() -> None:
    shots = [shot(f"s/{n}", 3, start="a.png" if n == 0 else None) for n in range(12)]
    chain = scene(*shots, continuity=Continuity.CHAIN, pack=Pack.SHOT)
    first = clips(pack(board(chain), catalogue(), NOTHING).value)
    assert len(first) == 12
    kept = frozenset(job.digest for job in first)
    joined = replace(chain, pack=Pack.SCENE)
    again = clips(pack(board(joined), catalogue(), kept).value)
    assert [job.digest for job in again] == [job.digest for job in first]


def test_of_many_ways_the_best_go_on_and_all_behind_rendered_jobs() -> None:
    kept = JobDigest("kept")
    made = Offers(replace(task(scene(*turbo(1))), rendered=frozenset({kept})))
    frames = [FrameRef(JobDigest(f"job {n}"), Fraction(3)) for n in range(_APART + 1)]
    framed = [*frames, None, FrameRef(kept, Fraction(3))]
    ways = [Way((n,), (-1,), frame) for n, frame in enumerate(framed)]
    found = _thinned({way.frame: way for way in reversed(ways)}, made)
    assert found == [*ways[:_APART], ways[-1]]


# --- a scene's jobs


def test_jobs_are_named_by_their_shots_and_shape() -> None:
    def names(one: Scene, ratio: AspectRatio | None = None) -> list[str]:
        return [job.id for job in clips(pack(board(one), catalogue(), NOTHING, ratio).value)]

    one, two = scene(*turbo(1)), scene(*turbo(2))
    assert names(one) == ["s/0"]
    assert names(two) == ["s/0..1"]
    assert names(one, TALL) == ["s/0@9:16"]
    assert names(two, TALL) == ["s/0..1@9:16"]


def test_a_job_tells_where_each_shot_stands_in_its_clip() -> None:
    shots = (
        shot("s/a", "1.5", "One.", model=TURBO),
        shot("s/b", 2, "Two.", model=TURBO),
        shot("s/c", "0.5", "Three.", model=TURBO),
    )
    (job,) = clips(pack(board(scene(*shots)), catalogue(), NOTHING).value)
    assert [(one.name, one.start, one.asked, one.used, one.prompt) for one in job.shots] == [
        ("s/a", 0, 2, Fraction("1.5"), "One."),
        ("s/b", 2, 2, 2, "Two."),
        ("s/c", 4, 1, Fraction("0.5"), "Three."),
    ]
    assert (job.seconds, job.mode, job.cost) == (5, Mode.SILENT, Decimal("0.70"))
    assert (job.model, job.endpoint) == (TURBO, "fal-ai/kling-video/v3/turbo/pro/text-to-video")
    assert (job.takes, job.why, job.after) == (1, "the scene begins", ())


def test_a_job_waits_for_the_frame_and_the_voices_it_begins_with_each_once() -> None:
    shots = (
        shot("s/a", 9, start="a.png"),
        shot("s/b", 9, say=[("narrator", "narrator", "hello"), ("narrator", "narrator", "bye")]),
    )
    film = board(scene(*shots), voices={"narrator": "narrator.wav"})
    made = pack(film, catalogue(), NOTHING).value
    assert made is not None
    voice, first, second = made
    assert isinstance(first, ClipJob)
    assert isinstance(second, ClipJob)
    assert first.after == ()
    assert set(second.after) == {voice.digest, first.digest}
    assert len(second.after) == 2
    assert second.body["voice_ids"] == (VoiceRef(voice.digest),)


def test_what_is_rendered_is_not_in_the_price_of_a_reason() -> None:
    shots = [shot(f"s/{n}", 1, model=TURBO) for n in range(2)]
    apart = scene(*shots, pack=Pack.SHOT)
    assert [job.id for job in clips(pack(board(apart), catalogue(), NOTHING).value)] == ["s/0..1"]
    long = scene(*turbo(2, 7))
    whole = clips(pack(board(long), catalogue(), NOTHING).value)
    assert [job.id for job in whole] == ["s/0..1"]
    single = clips(pack(board(replace(long, pack=Pack.SHOT)), catalogue(), NOTHING).value)
    again = clips(pack(board(long), catalogue(), frozenset({single[0].digest})).value)
    assert [job.why for job in again] == [
        "the scene begins",
        "cheaper apart: 0.98 USD, together 1.96 USD",
    ]


def test_every_blocked_shot_is_told_once_in_its_order() -> None:
    shots = [
        shot("s/0", 99, model=TURBO),
        shot("s/1", 3, model=TURBO),
        shot("s/2", 88, model=TURBO),
        shot("s/3", 77, model=TURBO),
    ]
    shots = [replace(one, span=replace(one.span, line=n + 5)) for n, one in enumerate(shots)]
    packed = pack_scene(Offers(task(scene(*shots))))
    assert packed.jobs == ()
    assert [
        (one.code, one.severity.value, one.span.line if one.span else 0)
        for one in packed.diagnostics
    ] == [("SB433", "error", 5), ("SB433", "error", 7), ("SB433", "error", 8)]
    assert [one.message.split(" long")[0] for one in packed.diagnostics] == [
        "shot `s/0` is 1m39s",
        "shot `s/2` is 1m28s",
        "shot `s/3` is 1m17s",
    ]
    assert all((one.help or "").startswith("shorten it to 15 s") for one in packed.diagnostics)


def test_a_blocked_shot_is_told_for_what_it_is_itself() -> None:
    """Not for what forbids it to stand with the shot behind it."""
    one = scene(shot("s/0", 5, "x" * 2501, model=TURBO), *turbo(3)[1:])
    assert [it.code for it in pack(board(one), catalogue(), NOTHING).diagnostics] == ["SB440"]


def test_a_scene_that_can_only_begin_wrongly_is_told_at_the_shot_it_stops_at() -> None:
    """`s/1` could ride with the shot before it, were the two together not too long."""
    one = scene(
        shot("s/0", 10, start="a.png"), shot("s/1", 10), shot("s/2", 3), continuity=Continuity.NONE
    )
    result = pack(board(one), catalogue(), NOTHING)
    assert result.value is None
    assert [(it.code, "`s/1`" in it.message) for it in result.diagnostics] == [
        ("SB430", True),
        ("SB430", False),
    ]


def test_notes_of_every_job_are_told() -> None:
    one = scene(
        shot("s/0", 10, "@mara walks.", model=TURBO),
        shot("s/1", 10, "@mara runs.", model=TURBO),
    )
    film = board(one, elements=[element("mara", "a barista", frontal="f.png")])
    found: tuple[Diagnostic, ...] = pack(film, catalogue(), NOTHING).diagnostics
    (made,) = tasks(Reading(film, catalogue()), NOTHING, None)
    assert [it.code for it in pack_scene(Offers(made)).diagnostics] == ["SB443", "SB443"]
    assert found


def test_notes_know_how_the_scene_goes_on_and_the_shape_that_is_wanted() -> None:
    def codes(one: Scene, ratio: AspectRatio | None = None) -> list[str]:
        return [it.code for it in pack_scene(Offers(task(one, ratio=ratio))).diagnostics]

    chained = scene(shot("s/0", 10, start="a.png"), shot("s/1", 10))
    assert codes(chained) == ["SB444"]
    assert codes(replace(chained, continuity=Continuity.CHAIN)) == []
    wide = scene(shot("s/0", model=TURBO, start="a.png"))
    assert codes(wide) == []
    assert codes(wide, TALL) == ["SB446"]


# --- tasks that are the same for packing


def key(one: PromptShot, **more: Any) -> object:  # noqa: ANN401 -- a scene's other parts
    elements = more.pop("elements", ())
    voices: Mapping[str, str] = more.pop("voices", {})
    ratio = more.pop("ratio", None)
    film = board(scene(one, **more), elements=elements, voices=voices)
    (made,) = tasks(Reading(film, catalogue()), NOTHING, ratio)
    return _task_key(made)


PLAIN = shot("s/a", 5, "@mara waits.", say=[("mara", "mara", "hello")])
MARA = element("mara", "a barista", frontal="f.png")


@pytest.mark.parametrize(
    "other",
    [
        replace(PLAIN, name=shot("s/b").name),
        replace(PLAIN, duration=Fraction(6)),
        replace(PLAIN, prompt=words("Another.")),
        replace(PLAIN, settings=settings(TURBO)),
        replace(PLAIN, start=picture("a.png")),
        replace(PLAIN, end=picture("a.png")),
        replace(PLAIN, say=()),
        replace(PLAIN, takes=2),
        replace(PLAIN, span=replace(PLAIN.span, line=99)),
    ],
)
def test_scenes_that_ask_for_something_else_are_packed_apart(other: PromptShot) -> None:
    assert key(PLAIN) == key(PLAIN)
    assert key(other) != key(PLAIN)


def test_scenes_of_another_cast_or_way_of_packing_are_packed_apart() -> None:
    plain = key(PLAIN, elements=[MARA], voices={"mara": "1"})
    others = [
        key(PLAIN, elements=[replace(MARA, about="a waiter")], voices={"mara": "1"}),
        key(PLAIN, elements=[MARA], voices={"mara": "2"}),
        key(PLAIN, elements=[MARA]),
        key(PLAIN, elements=[MARA], voices={"mara": "1"}, pack=Pack.SHOT),
        key(PLAIN, elements=[MARA], voices={"mara": "1"}, continuity=Continuity.CHAIN),
        key(PLAIN, elements=[MARA], voices={"mara": "1"}, ratio=TALL),
    ]
    assert plain not in others


def test_looks_and_strangers_do_not_part_scenes() -> None:
    nobody = element("nobody", "never seen", frontal="n.png")
    faded = replace(PLAIN, look=crossfade("1"))
    assert key(faded, elements=[MARA]) == key(PLAIN, elements=[MARA])
    assert key(PLAIN, elements=[MARA, nobody], voices={"mara": "1", "x": "2"}) == key(
        PLAIN, elements=[MARA], voices={"mara": "1"}
    )
    silent = replace(PLAIN, say=(replace(PLAIN.say[0], voice=None),))
    assert key(silent, voices={"mara": "1"}) == key(silent)


def test_what_a_still_parts_in_one_film_is_shared_by_parting_it_in_the_other() -> None:
    first, second = turbo(2)
    joined = board(scene(first, second))
    parted = board(scene(first, still("s/card"), second))
    (one,), (two,) = (tasks(Reading(it, catalogue()), NOTHING, None) for it in (joined, parted))
    assert _task_key(one) != _task_key(two)
    a, b = (clips(it.value) for it in pack_together([joined, parted], catalogue(), NOTHING))
    assert [job.digest for job in a] == [job.digest for job in b]
    assert [job.why for job in b] == ["the scene begins", "a still stands between"]


# --- packing together


def ad(*texts: str, length: int = 3) -> Storyboard:
    return board(
        scene(*(shot(f"s/{n}", length, text, model=TURBO) for n, text in enumerate(texts)))
    )


def ids(films: Sequence[Storyboard]) -> list[list[str]]:
    return [
        [job.id for job in clips(it.value)] for it in pack_together(films, catalogue(), NOTHING)
    ]


def test_groups_that_share_nothing_are_weighed_apart() -> None:
    """The first two gain by standing apart; the others would lose by it."""
    gaining = [ad("Open.", f"Product {n}.") for n in range(2)]
    lone = [ad("Alone.", "By itself.")]
    assert ids([*gaining, *lone]) == [["s/0", "s/1"], ["s/0", "s/1"], ["s/0..1"]]
    losing = [ad("Short.", f"Other {n}.", length=1) for n in range(2)]
    assert ids(losing) == [["s/0..1"], ["s/0..1"]]
    assert ids([*losing, *gaining]) == [["s/0..1"], ["s/0..1"], ["s/0", "s/1"], ["s/0", "s/1"]]


def test_scenes_are_linked_through_others() -> None:
    films = [ad("A.", "B."), ad("B.", "C."), ad("C.", "D.")]
    assert ids(films) == [["s/0", "s/1"]] * 3


def test_a_start_frame_of_its_own_begins_a_new_chain_to_share() -> None:
    def film(text: str) -> Storyboard:
        return board(
            scene(
                shot("s/0", 9, text, start="a.png"),
                shot("s/1", 9, "Same.", start="b.png"),
                shot("s/2", 9, "Same end."),
                continuity=Continuity.CHAIN,
            )
        )

    one, two = (
        clips(it.value) for it in pack_together([film("A."), film("B.")], catalogue(), NOTHING)
    )
    assert [a.digest == b.digest for a, b in zip(one, two, strict=True)] == [False, True, True]


def test_no_films_are_no_jobs() -> None:
    assert pack_together([], catalogue(), NOTHING) == ()
    (one,) = pack_together([board(scene(still("s/a")))], catalogue(), NOTHING)
    assert one.value == ()


def test_a_model_without_a_price_for_sound_is_still_packed_silent() -> None:
    silent = replace(
        PRO,
        model="m",
        start=FrameField("a", required=False),
        price=PerSecond({Mode.SILENT: Usd(catalogue().voices[0].price.amount)}),  # type: ignore[union-attr]
    )
    one = scene(shot("s/a", 5, model="m", audio=False))
    (job,) = clips(pack(board(one), catalogue(silent), NOTHING).value)
    assert job.cost == 5 * catalogue().voices[0].price.amount  # type: ignore[union-attr]
