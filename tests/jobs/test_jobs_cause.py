"""What a shot loses is a warning with the true cause and what to do, whatever the endpoints are."""

from collections.abc import Sequence
from dataclasses import replace

import pytest
from boards import board, catalogue, element, scene, shot, still

from storyboard.catalogue.endpoint import EndpointId, FrameField, VideoEndpoint
from storyboard.diagnostics import Diagnostic, Severity
from storyboard.jobs import pack
from storyboard.jobs.cause import Sent, cause
from storyboard.jobs.choose import Entry
from storyboard.model.storyboard import Continuity, PromptShot, Scene

BASE = next(one for one in catalogue().videos if one.model == "kling-v3-pro")
IMAGE = replace(BASE, id=EndpointId("m/image"), model="m")
TEXT = replace(
    IMAGE, id=EndpointId("m/text"), start=None, elements=None, voices=None, audio=None, end=None
)
BARE = replace(TEXT, id=EndpointId("n/text"), model="n")
MARA = element("mara", "a barista", frontal="f.png")


def moment(name: str, prompt: str = "A street.", seconds: int = 10, **more: object) -> PromptShot:
    model = more.pop("model", "m")
    return shot(name, seconds, prompt, model=model, **more)  # type: ignore[arg-type]


def found(one: Scene, models: Sequence[VideoEndpoint] = (IMAGE, TEXT)) -> dict[str, Diagnostic]:
    film = board(one, elements=[MARA], voices={"v": "1"})
    diagnostics = pack(film, catalogue(*models), frozenset()).diagnostics
    assert all(it.span is not None and it.help for it in diagnostics)
    return {str(it.code): it for it in diagnostics}


def sent(entry: Entry, endpoint: VideoEndpoint, *, later: bool = False) -> Sent:
    return Sent(moment("s/a"), endpoint, entry, catalogue(IMAGE, TEXT), later)


# --- the cause


def test_a_model_that_takes_it_nowhere_is_the_cause_itself() -> None:
    why = cause(replace(sent(Entry.NONE, BARE), catalogue=catalogue(BARE, IMAGE)), "sound", hears)
    assert why.whole
    assert (why.words, why.because) == ("`n` takes no sound", "")
    assert why.help == "choose a model that does: `m`"
    alone = cause(replace(sent(Entry.NONE, BARE), catalogue=catalogue(BARE)), "sound", hears)
    assert alone.help == "do without"


def hears(endpoint: VideoEndpoint) -> object:
    return endpoint.audio


@pytest.mark.parametrize(
    ("later", "wanted"),
    [
        (False, "give shot `s/a` a `start`"),
        (True, "say `continuity: chain`, or give shot `s/a` a `start`"),
    ],
)
def test_a_request_without_a_start_frame_is_a_cause(later: bool, wanted: str) -> None:  # noqa: FBT001 -- a row
    why = cause(sent(Entry.NONE, TEXT, later=later), "sound", hears)
    assert why.words == "its request begins without a start frame, and `m/text` takes no sound"
    assert (why.because, why.whole) == ("its request begins without a start frame", False)
    assert why.help == wanted


@pytest.mark.parametrize(
    ("entry", "begins", "wanted"),
    [
        (Entry.OWN, "a start frame", "remove `start`, or choose a model that does: `n`"),
        (
            Entry.CHAINED,
            "the last frame of the one before it",
            "say `continuity: none`, or choose a model that does: `n`",
        ),
    ],
)
def test_a_request_with_a_picture_is_a_cause_too(entry: Entry, begins: str, wanted: str) -> None:
    mute, heard = replace(IMAGE, audio=None), replace(TEXT, audio=BASE.audio)
    other = replace(IMAGE, model="n")
    models = catalogue(mute, heard, other)
    why = cause(replace(sent(entry, mute), catalogue=models), "sound", hears)
    assert why.words == f"its request begins with {begins}, and `m/image` takes no sound"
    assert why.help == wanted


def test_an_endpoint_that_is_named_is_a_cause_and_so_is_one_that_was_chosen() -> None:
    pinned = moment("s/a", endpoint="m/text")
    named = cause(replace(sent(Entry.NONE, TEXT), first=pinned), "sound", hears)
    assert named.words == "`m/text`, which `endpoint` names, takes no sound"
    assert named.help == "remove `endpoint`, or name `m/image`"
    loud = replace(TEXT, id=EndpointId("m/loud"), audio=BASE.audio)
    chosen = cause(replace(sent(Entry.NONE, TEXT), catalogue=catalogue(TEXT, loud)), "sound", hears)
    assert chosen.words == "its request goes to `m/text`, which takes no sound"
    assert (chosen.help, chosen.because) == ("say `endpoint: m/loud`", "")


# --- what a shot loses


def test_a_likeness_is_lost_for_want_of_a_start_frame_not_of_the_model() -> None:
    told = found(scene(moment("s/a", "@mara waits.")))
    assert set(told) == {"SB443", "SB456"}
    assert told["SB443"].severity is Severity.WARNING
    assert told["SB443"].message == (
        "shot `s/a` is rendered without the likeness of `@mara`, which is put into words: "
        "its request begins without a start frame, and `m/text` takes no elements"
    )
    assert told["SB443"].help == "to keep the same face or object, give shot `s/a` a `start`"


def test_a_likeness_that_no_endpoint_of_the_model_takes_is_told_once_of_the_model() -> None:
    shots = [moment(f"s/{n}", f"@mara waits, {n}.", model="n") for n in range(3)]
    film = board(scene(*shots), elements=[MARA])
    diagnostics = pack(film, catalogue(BARE, IMAGE), frozenset()).diagnostics
    (told,) = diagnostics
    assert told.message == (
        "`n` takes no elements: `@mara` is put into words, its likeness is not held"
    )
    assert told.help == "to keep the same face or object, choose a model that does: `m`"


def test_a_later_request_loses_the_start_frame_and_all_that_goes_with_it() -> None:
    one = scene(
        moment("s/a", start="a.png"),
        moment("s/b", "@mara enters.", 8),
        moment("s/c", "@mara leaves.", 7),
    )
    told = found(one)
    assert set(told) == {"SB443", "SB455", "SB456"}
    assert {it.severity for it in told.values()} == {Severity.WARNING}
    assert told["SB455"].message == (
        "shots `s/b` and `s/c` are rendered without the start frame of the scene: a request "
        "begins here, and goes on from the one before it only if `m` needs a start frame "
        "(`continuity: auto`)"
    )
    assert told["SB455"].help == "say `continuity: chain`, or give shot `s/b` a `start`"
    assert told["SB443"].message.startswith("shots `s/b` and `s/c` are rendered without the like")
    assert told["SB443"].help is not None
    assert "say `continuity: chain`, or give shot `s/b` a `start`" in told["SB443"].help
    assert told["SB456"].message == (
        "shots `s/b` and `s/c` are rendered without sound: its request begins without a start "
        "frame, and `m/text` takes no sound"
    )
    assert found(replace(one, continuity=Continuity.CHAIN)) == {}


def test_beginning_anew_is_no_loss_where_it_is_wanted_or_nothing_was_there() -> None:
    quiet = {"audio": False}
    one = scene(moment("s/a", start="a.png"), moment("s/b"), continuity=Continuity.NONE)
    assert "SB455" not in found(one)
    assert "SB455" not in found(scene(moment("s/a"), moment("s/b", start="a.png")))
    cut = scene(moment("s/a", seconds=3, start="a.png"), still("s/x"), moment("s/b", seconds=3))
    assert "SB455" in found(cut)
    assert "SB456" not in found(scene(moment("s/a", **quiet)), [IMAGE, TEXT])
    assert found(scene(moment("s/a", start="a.png"), moment("s/b", model="n")), [IMAGE, BARE]) == {}


def test_a_start_frame_is_not_lost_where_a_request_may_begin_either_way() -> None:
    either = replace(IMAGE, start=FrameField("start", required=False))
    told = found(scene(moment("s/a", start="a.png"), moment("s/b")), [either])
    assert set(told) == {"SB455"}


def test_a_voice_is_lost_with_its_true_cause() -> None:
    line = [("mara", "v", "hello")]
    heard = replace(TEXT, audio=BASE.audio)
    one = scene(moment("s/a", start="a.png"), moment("s/b", say=line))
    told = found(one, [replace(IMAGE, voices=None), replace(heard, voices=None)])["SB445"]
    assert told.severity is Severity.WARNING
    assert told.message == (
        "`mara` speaks with whatever voice the model chooses: `m` takes no voices"
    )


def test_an_error_names_the_true_cause_too() -> None:
    mute = found(scene(moment("s/a", audio=True)))["SB435"]
    assert mute.message == (
        "`m/text` does not render with sound, which shot `s/a` asks for: its request begins "
        "without a start frame"
    )
    assert mute.help == "remove `audio` and `say` from this shot, or give shot `s/a` a `start`"
    plain = replace(TEXT, settings={})
    field = found(scene(moment("s/a", negative_prompt="blur")), [IMAGE, plain])["SB442"]
    assert field.message == (
        "`m/text`, which renders shot `s/a`, takes no `negative_prompt`: its request begins "
        "without a start frame"
    )
    end = found(scene(moment("s/a", end="z.png")))["SB432"]
    assert end.message == (
        "`m` takes an end frame only together with a start frame, and shot `s/a` has none"
    )
    assert end.help == "give shot `s/a` a `start`, or remove `end`"
