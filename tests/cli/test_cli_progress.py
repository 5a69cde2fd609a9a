"""What a run says as it goes, and what it says at its end: each thing once."""

import pytest

from storyboard.catalogue.endpoint import EndpointId
from storyboard.cli.progress import Lines
from storyboard.jobs.job import JobDigest, JobId, VoiceJob
from storyboard.model.money import NOTHING
from storyboard.plan import Plan
from storyboard.render.event import Outcome, Progress, Refused, Skipped, Unknown
from storyboard.report.rendering import Rendering, words


def voice(name: str) -> VoiceJob:
    return VoiceJob(JobId(name), JobDigest(name), EndpointId("a/b"), name, {}, NOTHING)


def test_why_a_job_has_no_result_is_told_once(capsys: pytest.CaptureFixture[str]) -> None:
    outcomes: list[Outcome] = [
        Refused(voice("one"), "SB804", "it was refused by the checker", "change the words"),
        Unknown(voice("two"), "sent without an answer"),
        Skipped(voice("three"), "it builds on two"),
    ]
    shown = Lines()
    shown.job(Progress(voice("one"), "sending"))
    for outcome in outcomes:
        shown.job(outcome)
    said = capsys.readouterr().err
    assert said == "one: sending\none: failed (SB804)\ntwo: outcome unknown (SB815)\n"
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
