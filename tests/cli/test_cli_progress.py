"""What a run says as it goes, and what it says at its end: each thing once."""

from decimal import Decimal

import pytest

from storyboard.catalogue.endpoint import EndpointId
from storyboard.cli.progress import film_screen, job_screen
from storyboard.jobs.job import JobDigest, JobId, VoiceJob
from storyboard.model.money import NOTHING, Usd
from storyboard.plan import Plan
from storyboard.render.event import Outcome, Progress, Refused, Rendered, Skipped, Unknown
from storyboard.report.rendering import Rendering, words
from storyboard.session import JobsBegun


def voice(name: str) -> VoiceJob:
    return VoiceJob(JobId(name), JobDigest(name), EndpointId("a/b"), name, {}, NOTHING)


def test_why_a_job_has_no_result_is_told_once(capsys: pytest.CaptureFixture[str]) -> None:
    outcomes: list[Outcome] = [
        Refused(voice("one"), "SB804", "it was refused by the checker", "change the words"),
        Unknown(voice("two"), "sent without an answer"),
        Skipped(voice("three"), "it builds on two"),
    ]
    with job_screen(JobsBegun(frozenset(one.job.digest for one in outcomes))) as shown:
        shown.job(Progress(voice("one"), "sending"))
        for outcome in outcomes:
            shown.job(outcome)
    assert capsys.readouterr().err == "0 of 3 jobs\nsending ...\n"
    run = Rendering(
        Plan((), (), NOTHING, NOTHING), "fal", {one.job.digest: one for one in outcomes}, ()
    )
    assert list(words(run)) == [
        "error[SB804]: one: it was refused by the checker",
        "  help: change the words",
        "error[SB815]: two: sent without an answer",
        (
            "  help: `storyboard reconcile` looks for it again; `storyboard render "
            "--resubmit-unknown` sends it again, and may pay for it twice"
        ),
        "skipped: three: it builds on two",
    ]


def test_a_log_names_each_job_once(capsys: pytest.CaptureFixture[str]) -> None:
    jobs = [voice(name) for name in ("one", "two")]
    begun = JobsBegun(frozenset(job.digest for job in jobs), None, Usd(Decimal("0.84")))
    with job_screen(begun) as shown:
        for stage in ("sending", "queued", "rendering", "downloading", "downloading"):
            for job in jobs:
                shown.job(Progress(job, stage, 0.5))
        shown.job(Progress(voice("stray"), "rendering"))
        shown.job(Progress(voice("other"), "left alone", detail="its request is with b"))
        for job in jobs:
            shown.job(Rendered(job, None, None, Usd(Decimal("0.42"))))
    said = capsys.readouterr().err
    assert said.splitlines()[1:5] == [
        "sending ...",
        "queued ...",
        "rendering ...",
        "downloading ...",
    ]
    assert "other: left alone (its request is with b)" in said
    assert [said.count(job.id + ":") for job in (*jobs, voice("stray"))] == [1, 1, 0]
    assert said.splitlines()[-1] == "two: rendered, 0.42 USD (2 of 2 jobs, 0.84 of 0.84 USD)"


def test_a_log_of_films_counts_them(capsys: pytest.CaptureFixture[str]) -> None:
    with film_screen(2) as shown:
        shown.film("one.mp4", None)
        shown.film("two.mp4", None)
    assert capsys.readouterr().err == "cutting 2 films ...\nfilms: 1 of 2\nfilms: 2 of 2\n"
    with film_screen(1) as shown:
        shown.film("one.mp4", None)
    assert capsys.readouterr().err == "cutting 1 film ...\n"
