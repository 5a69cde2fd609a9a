"""Which endpoint renders a shot, and in what words it is refused: endpoint by endpoint."""

from dataclasses import replace

import pytest
from boards import catalogue, settings, shot

from storyboard.catalogue.endpoint import Catalogue, EndpointId, FrameField, VideoEndpoint
from storyboard.diagnostics import Code
from storyboard.jobs.choose import Entry, begins_with, choose, endpoints
from storyboard.jobs.refusal import Refusal
from storyboard.model.storyboard import Continuity

BASE = next(one for one in catalogue().videos if one.model == "kling-v3-pro")
NEEDED, FREE = FrameField("start", required=True), FrameField("start", required=False)
END = FrameField("end", required=False)


def one(
    name: str, model: str = "m", *, start: FrameField | None = None, end: FrameField | None = None
) -> VideoEndpoint:
    return replace(BASE, id=EndpointId(name), model=model, start=start, end=end)


def with_(*endpoints_: VideoEndpoint) -> Catalogue:
    return catalogue(*endpoints_)


def chosen(entry: Entry, *endpoints_: VideoEndpoint, end: str | None = None) -> str:
    found = choose(shot("s/a", model="m", end=end), entry, with_(*endpoints_))
    assert not isinstance(found, Refusal), found
    return found.id


def refused(entry: Entry, *endpoints_: VideoEndpoint, end: str | None = None) -> Refusal:
    found = choose(shot("s/a", model="m", end=end), entry, with_(*endpoints_))
    assert isinstance(found, Refusal)
    return found


# --- which endpoints there are


def test_a_named_endpoint_stands_alone_and_a_model_has_all_of_its_own() -> None:
    first, second, other = one("first"), one("second"), one("other", "n")
    made = with_(first, second, other)
    assert endpoints(settings("m"), made) == (first, second)
    assert endpoints(settings("m", endpoint="other"), made) == (other,)
    assert endpoints(settings("m", endpoint="none"), made) == ()
    assert endpoints(settings("unknown"), made) == ()


# --- what a job begins with


@pytest.mark.parametrize(
    ("start", "continuity", "later", "wanted"),
    [
        ("a.png", Continuity.CHAIN, True, Entry.OWN),
        ("a.png", Continuity.NONE, False, Entry.OWN),
        (None, Continuity.AUTO, False, Entry.NONE),
        (None, Continuity.CHAIN, False, Entry.NONE),
        (None, Continuity.NONE, True, Entry.NONE),
        (None, Continuity.CHAIN, True, Entry.CHAINED),
    ],
)
@pytest.mark.parametrize("field", [None, NEEDED, FREE])
def test_what_a_job_begins_with(
    start: str | None,
    continuity: Continuity,
    later: bool,  # noqa: FBT001 -- a row
    wanted: Entry,
    field: FrameField | None,
) -> None:
    made = with_(one("e", start=field))
    assert begins_with(shot("s/a", model="m", start=start), continuity, made, later=later) is wanted


@pytest.mark.parametrize(
    ("fields", "wanted"),
    [
        ([NEEDED], Entry.CHAINED),
        ([FREE], Entry.NONE),
        ([None], Entry.NONE),
        ([NEEDED, None], Entry.NONE),
        ([NEEDED, NEEDED], Entry.CHAINED),
        ([], Entry.CHAINED),
    ],
)
def test_a_later_job_goes_on_by_itself_only_where_the_model_cannot_do_without(
    fields: list[FrameField | None], wanted: Entry
) -> None:
    made = with_(one("other", "n"), *(one(f"e{n}", start=field) for n, field in enumerate(fields)))
    found = begins_with(shot("s/a", model="m"), Continuity.AUTO, made, later=True)
    assert found is wanted


# --- which one is taken


def test_an_endpoint_made_for_the_case_comes_before_one_that_allows_it() -> None:
    free, plain, needed = one("free", start=FREE), one("plain"), one("needed", start=NEEDED)
    for order in ([free, plain, needed], [needed, plain, free]):
        assert chosen(Entry.NONE, *order) == "plain"
    assert chosen(Entry.NONE, free, needed) == "free"
    for entry in (Entry.OWN, Entry.CHAINED):
        assert chosen(entry, plain, free, needed) == "free"
        assert chosen(entry, plain, needed, free) == "needed"


def test_an_end_frame_needs_an_endpoint_that_takes_one() -> None:
    bare, able = one("bare", start=NEEDED), one("able", start=NEEDED, end=END)
    assert chosen(Entry.OWN, bare, able) == "bare"
    assert chosen(Entry.OWN, bare, able, end="b.png") == "able"


# --- in what words it is refused


def test_a_missing_start_frame_is_refused_with_the_models_that_need_none() -> None:
    needed = one("needed", start=NEEDED)
    others = one("x", "zoom", start=FREE), one("y", "alpha"), one("z", "alpha")
    assert refused(Entry.NONE, needed, *others) == Refusal(
        "a start frame is missing",
        Code("SB430"),
        "`m` renders only from a start frame, and shot `s/a` has none",
        "give the scene or the shot `start:` with a picture, "
        "or choose a model that needs none: `alpha`, `zoom`",
    )
    assert refused(Entry.NONE, needed).help == "give the scene or the shot `start:` with a picture"


def test_a_start_frame_too_many_is_refused() -> None:
    assert refused(Entry.OWN, one("e")) == Refusal(
        "the model takes no start frame",
        Code("SB431"),
        "`m` takes no start frame, and shot `s/a` has one",
        "take `start` away, or choose a model that takes a start frame",
    )


def test_a_chain_into_a_model_without_start_frames_is_refused() -> None:
    assert refused(Entry.CHAINED, one("e")) == Refusal(
        "the model takes no start frame",
        Code("SB431"),
        "`m` takes no start frame, so that shot `s/a` cannot go on from the last frame of the "
        "job before it (`continuity: chain`)",
        "say `continuity: none`, or choose a model that takes a start frame",
    )


def test_an_end_frame_too_many_is_refused_with_the_models_that_take_one() -> None:
    able = one("x", "zoom", end=END), one("y", "alpha", end=END), one("z", "none")
    assert refused(Entry.OWN, one("e", start=FREE), *able, end="b.png") == Refusal(
        "the model takes no end frame",
        Code("SB432"),
        "`m` takes no end frame here, and shot `s/a` has one",
        "take `end` away, or choose a model that takes an end frame: `alpha`, `zoom`",
    )


def test_an_endpoint_that_was_named_is_named_again() -> None:
    found = choose(shot("s/a", model="m", endpoint="e"), Entry.OWN, with_(one("e")))
    assert isinstance(found, Refusal)
    assert found.message.startswith("`e` takes no start frame")
