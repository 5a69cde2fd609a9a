"""Digests: what is in them, what is not, and a table of them that must never change.

If a test of the table fails, every user would pay again for everything they have. Do not change a
digest here; find what changed the canonical form.
"""

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest
from boards import board, catalogue, crossfade, element, picture, scene, shot
from hypothesis import given
from hypothesis import strategies as st

from storyboard.catalogue.endpoint import EndpointId
from storyboard.jobs import ClipJob, JobDigest, pack
from storyboard.jobs.digest import canonical, digest, template
from storyboard.jobs.job import BodyValue, FileRef, FrameRef, VoiceRef
from storyboard.model.asset import FileDigest, LocalFile
from storyboard.model.storyboard import Scene

TURBO = EndpointId("fal-ai/kling-video/v3/turbo/pro/text-to-video")
FRONT = picture("front.png")
FROZEN: list[tuple[str, Mapping[str, BodyValue], int, str]] = [
    (
        "a prompt",
        {"prompt": "A boat.", "duration": "5"},
        1,
        "2c2e362328b55a2f39d3fee928359651a7b386bb1e4b778b9145b6b790ae3811",
    ),
    (
        "its second take",
        {"prompt": "A boat.", "duration": "5"},
        2,
        "13ec2ad784ee421f7af44c3d77f66e73eacd40efb460a7359168e401e8eb2e08",
    ),
    (
        "other letters",
        {"prompt": '船が来る — “now” \\ "x"\n', "duration": "5"},
        1,
        "18cc9acc3d3f049047965f704ac4c1a079b968d5cb0930442c4ca08c1d70e7e8",
    ),
    (
        "a file",
        {"prompt": "A boat.", "image_url": FileRef(FRONT)},
        1,
        "e6393ba025aa38722ce7c5e2e436a4c02da8111373770b3f4148b35a35909c24",
    ),
    (
        "a chain",
        {"prompt": "A boat.", "image_url": FrameRef(JobDigest("0" * 64), Fraction(9, 4))},
        1,
        "cc27d828481a2abe44344e59181c6774863e1a050d5763cfbbe1b1824430d420",
    ),
    (
        "a voice",
        {"prompt": "A boat.", "voice_ids": (VoiceRef(JobDigest("1" * 64)),)},
        1,
        "78156c4bf34bea4cf1121ccc2e2aaf6ae47054afe41862f24d5249f0eb4f1b89",
    ),
    (
        "a number",
        {"prompt": "A boat.", "cfg_scale": Decimal("0.50"), "audio": True},
        1,
        "de6bf905ddf9309ccdedd9dcab207717a65797f51cb7a54f700d3cebc37023eb",
    ),
    (
        "an address",
        {"prompt": "A boat.", "image_url": "https://a/b.png"},
        1,
        "2f907fafff020d6a21be68ed82c66b01206cc57e47dbdebc7f8fcb35d8623a8e",
    ),
]


def only(one: Scene) -> ClipJob:
    (job,) = pack(board(one), catalogue(), frozenset()).value or ()
    assert isinstance(job, ClipJob)
    return job


@pytest.mark.parametrize(("body", "take", "wanted"), [row[1:] for row in FROZEN])
def test_a_digest_never_changes(body: Mapping[str, BodyValue], take: int, wanted: str) -> None:
    assert digest(TURBO, body, take) == wanted


def test_the_canonical_form_is_as_it_is_documented() -> None:
    body = {"prompt": "A boat.", "duration": "5"}
    assert canonical(TURBO, body, 2) == (
        '{"body":{"duration":"5","prompt":"A boat."},'
        f'"endpoint":"{TURBO}","take":2,"version":1}}'
    )


def test_the_cut_is_not_in_a_digest() -> None:
    plain = only(scene(shot("s/a", 5, start="a.png"), id_="s"))
    renamed = only(scene(shot("other/name", 5, "Shot s/a.", start="a.png"), id_="other"))
    faded = only(scene(shot("s/a", 5, start="a.png", look=crossfade("0.5"))))
    trimmed = only(scene(shot("s/a", "4.5", start="a.png")))
    moved = replace(picture("a.png"), path="elsewhere/b.png")
    copied = only(scene(shot("s/a", 5, start=moved)))
    digests = {plain.digest, renamed.digest, faded.digest, trimmed.digest, copied.digest}
    assert len(digests) == 1


def test_what_is_asked_is_in_a_digest() -> None:
    plain = only(scene(shot("s/a", 5, start="a.png"))).digest
    others = [
        shot("s/a", 6, start="a.png"),
        shot("s/a", 5, "Other.", start="a.png"),
        shot("s/a", 5, start="b.png"),
        shot("s/a", 5, start="a.png", end="b.png"),
        shot("s/a", 5, start="a.png", style="noir"),
        shot("s/a", 5, start="a.png", audio=False),
        shot("s/a", 5, start="a.png", cfg_scale=Decimal("0.7")),
        shot("s/a", 5, start="a.png", model="kling-v3-standard"),
    ]
    digests = [plain, *(only(scene(one)).digest for one in others)]
    assert len(set(digests)) == len(digests)


def test_a_change_upstream_is_a_change_of_what_is_chained_to_it() -> None:
    def last(first: str, used: str) -> JobDigest:
        one = scene(shot("s/a", used, first, start="a.png"), shot("s/b", 5, style="noir"))
        jobs = pack(board(one), catalogue(), frozenset()).value
        assert jobs is not None
        return jobs[-1].digest

    assert len({last("One.", "5"), last("Two.", "5"), last("One.", "4.5")}) == 3


@given(
    text=st.text(max_size=40),
    upstream=st.sampled_from(["a" * 64, "0" * 64]),
    at=st.fractions(min_value=0, max_value=15),
    take=st.integers(1, 9),
)
def test_a_template_gives_the_digest_of_the_finished_body(
    text: str, upstream: str, at: Fraction, take: int
) -> None:
    frame = FrameRef(JobDigest(upstream), at)

    def build(start: FrameRef) -> Mapping[str, BodyValue]:
        return {"prompt": text, "image_url": start}

    assert template(TURBO, build).of(frame, take) == digest(TURBO, build(frame), take)


@given(st.sampled_from(["frame:sha256:\0@0", '"frame:sha256:\\u0000@0"', ',"take":1,"version":1}']))
def test_no_words_can_pass_for_the_open_place(text: str) -> None:
    frame = FrameRef(JobDigest("a" * 64), Fraction(1))

    def build(start: FrameRef) -> Mapping[str, BodyValue]:
        return {"image_url": start, "prompt": text}

    if "\0" not in text:
        assert template(TURBO, build).of(frame, 3) == digest(TURBO, build(frame), 3)


def test_a_file_is_known_by_its_content_only() -> None:
    here = LocalFile("a.png", FileDigest("f" * 64), 10, FRONT.facts)
    there = LocalFile("b/c.jpg", FileDigest("f" * 64), 12, FRONT.facts)
    assert digest(TURBO, {"a": FileRef(here)}, 1) == digest(TURBO, {"a": FileRef(there)}, 1)


def test_an_element_of_another_picture_is_another_job() -> None:
    def made(frontal: str) -> JobDigest:
        mara = element("mara", "barista", frontal=frontal)
        one = scene(shot("s/a", 5, "@mara waits.", start="a.png"))
        jobs = pack(board(one, elements=[mara]), catalogue(), frozenset()).value
        assert jobs is not None
        return jobs[0].digest

    assert made("front.png") != made("other.png")
