"""The commands that show what is kept and what was spent."""

import json
from contextlib import ExitStack
from datetime import UTC, datetime
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import click
import pytest

from storyboard.catalogue.endpoint import EndpointId
from storyboard.cli import show
from storyboard.cli.exits import Exit
from storyboard.cli.main import run
from storyboard.jobs.job import JobDigest, JobId
from storyboard.model.asset import ClipFacts
from storyboard.model.money import Usd
from storyboard.provider import Media, RequestId, Ticket
from storyboard.store import Store
from storyboard.store import life as states

AT = datetime(2026, 11, 20, 12, tzinfo=UTC)
FACTS = ClipFacts("mp4", 2, 2, Fraction(24), Fraction(5), "h264", None)


def order(name: str) -> states.Order:
    return states.Order(
        attempt=states.AttemptId(name.encode().hex()),
        job=JobDigest(name.encode().hex() * 8),
        id=JobId(f"opening/{name}"),
        endpoint=EndpointId("owner/app"),
        body="{}",
        asked="{}",
        cost=Usd(Decimal("1.40")),
        seconds=5,
        shots=(f"opening/{name}",),
        films=("ad/de", "ad/en"),
        provider="fal",
    )


def ticket(name: str) -> Ticket:
    return Ticket(RequestId(name), "https://queue.fal.run", None, (("status_url", "s"),))


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project with a kept clip and a request whose outcome is unknown."""
    with Store.open(tmp_path) as store:
        first = states.Intended(order("pour"), AT)
        flying = states.Accepted(first, ticket("r1"), AT)
        ready = states.Finished(flying, Media("https://x"), "6", AT)
        store.part_path(first.order.attempt).write_bytes(b"clip")
        settled = store.settle(first.order.attempt, ".mp4")
        store.keep(settled)
        clip = states.KeptClip(settled.digest, ".mp4", settled.size, FACTS)
        store.record([first])
        store.record([flying])
        store.record([ready])
        store.record([states.Stored(ready, clip, AT)])
        store.done(settled)
        lost = states.Intended(order("lost"), AT)
        store.record([lost])
        store.record([states.Unknown(lost, "no answer", AT)])
        store.derive("d1" * 32, ".mp4", lambda path: path.write_bytes(b"drawn") and None)
    return tmp_path


def said(capsys: pytest.CaptureFixture[str], *words: str | Path) -> tuple[int, str]:
    code = run([str(word) for word in words])
    captured = capsys.readouterr()
    return code, captured.out + captured.err


def test_spend_adds_up_and_weighs_the_estimate(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, text = said(capsys, "spend", project)
    assert code == Exit.OK
    assert "1.40 USD in all" in text
    assert "1.40 USD more may have been charged" in text
    assert "billed units: 1.68 USD, estimated 1.40 USD" in text
    code, text = said(capsys, "spend", project, "--json")
    found = json.loads(text)
    assert found["version"] == 1
    assert found["spent"] == {"usd": "1.40"}
    assert found["possible"] == {"usd": "1.40"}
    assert [one["name"] for one in found["by_film"]] == ["ad/de", "ad/en"]
    assert {one["usd"] for one in found["by_film"]} == {"0.70"}
    assert found["attempts"][0]["billed_units"] == "6"


def test_commands_look_upwards_for_the_store_and_need_none(
    project: Path, tmp_path_factory: pytest.TempPathFactory, capsys: pytest.CaptureFixture[str]
) -> None:
    inner = project / "films" / "one"
    inner.mkdir(parents=True)
    assert "1.40 USD in all" in said(capsys, "spend", inner)[1]
    empty = tmp_path_factory.mktemp("empty")
    assert said(capsys, "spend", empty) == (Exit.OK, "nothing was spent\n")
    assert said(capsys, "store", "verify", empty)[0] == Exit.OK
    assert said(capsys, "store", "gc", empty) == (Exit.OK, "0 files removed, 0.0 MB\n")
    assert not list(empty.iterdir())


@pytest.mark.parametrize(
    "command",
    [("spend",), ("reconcile",), ("store", "ls"), ("store", "verify"), ("store", "gc")],
)
def test_a_place_that_is_not_there_is_no_place_where_nothing_was_spent(
    project: Path, capsys: pytest.CaptureFixture[str], command: tuple[str, ...]
) -> None:
    for missing in (project / "storybord.yaml", project / ("x" * 300)):
        code, text = said(capsys, *command, missing)
        assert code == Exit.USAGE
        assert "error: cannot look at" in text


def test_gc_makes_no_store_where_there_is_none(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, text = said(capsys, "store", "gc", tmp_path, "--forget", "opening/pour")
    assert code == Exit.USAGE
    assert "no result is kept" in text
    assert not list(tmp_path.iterdir())


def test_a_kept_clip_is_listed_checked_and_let_go_only_when_told(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, text = said(capsys, "store", "ls", project, "--json")
    (clip,) = json.loads(text)["clips"]
    assert clip["job"] == "opening/pour"
    assert clip["cost"] == {"usd": "1.40"}
    path = Path(clip["path"])
    assert "opening/pour" in said(capsys, "store", "ls", project)[1]
    assert said(capsys, "store", "verify", project)[0] == Exit.OK
    code, text = said(capsys, "store", "gc", project)
    assert code == Exit.OK
    assert "1 file removed" in text
    assert path.exists()
    code, text = said(capsys, "store", "gc", project, "--json")
    assert json.loads(text)["removed"] == {"files": 0, "bytes": 0}
    code, text = said(capsys, "store", "gc", project, "--forget", "opening/pour")
    assert code == Exit.DECLINED  # nobody is here to say yes
    assert "cost 1.40 USD" in text
    assert path.exists()
    code, text = said(capsys, "store", "gc", project, "--forget", "opening/pour", "--yes")
    assert code == Exit.OK
    assert not path.exists()
    assert "1.40 USD in all" in said(capsys, "spend", project)[1]  # it was spent all the same


def test_verify_fails_where_a_clip_is_damaged_or_missing(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (path,) = (project / ".storyboard" / "clips").glob("*/*")
    path.write_bytes(b"torn")
    code, text = said(capsys, "store", "verify", project)
    assert code == Exit.ENVIRONMENT
    assert "damaged" in text
    assert "not paid again" in text
    path.unlink()
    code, text = said(capsys, "store", "verify", project, "--json")
    assert code == Exit.ENVIRONMENT
    assert json.loads(text)["findings"][0]["finding"] == "missing"


def test_gc_names_what_it_does_not_know_and_waits_for_other_runs(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, text = said(capsys, "store", "gc", project, "--forget", "opening/nobody")
    assert code == Exit.USAGE
    assert "storyboard store ls" in text
    with Store.open(project):
        code, text = said(capsys, "store", "gc", project)
    assert code == Exit.ENVIRONMENT
    assert "another run" in text


def test_gc_lets_go_once_of_a_job_that_is_named_twice(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    names = ("--forget", "opening/pour", "--forget", b"pour".hex())
    code, text = said(capsys, "store", "gc", project, *names, "--yes")
    assert code == Exit.OK
    assert "1 result that cost 1.40 USD will be gone" in text


def test_gc_looks_for_other_runs_again_when_it_has_its_yes(
    project: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    with ExitStack() as stack:

        def confirmed(*_: object, **__: object) -> bool:
            stack.enter_context(Store.open(project))
            return True

        monkeypatch.setattr(show, "interactive", lambda: True)
        monkeypatch.setattr(click, "confirm", confirmed)
        code, text = said(capsys, "store", "gc", project, "--forget", "opening/pour")
    assert code == Exit.ENVIRONMENT
    assert "another run" in text
    assert list((project / ".storyboard" / "clips").glob("*/*"))


def test_reconcile_needs_a_key_only_where_something_is_unknown(
    project: Path,
    tmp_path_factory: pytest.TempPathFactory,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv("FAL_KEY", raising=False)
    empty = tmp_path_factory.mktemp("empty")
    assert said(capsys, "reconcile", empty)[0] == Exit.OK
    code, text = said(capsys, "reconcile", project)
    assert code == Exit.ENVIRONMENT
    assert "SB821" in text
    # Nothing listens at this address of our own: nobody could look.
    monkeypatch.setenv("FAL_KEY", "a:b")
    monkeypatch.setenv("STORYBOARD_FAL_API_URL", "http://127.0.0.1:9")
    code, text = said(capsys, "reconcile", project, "--json")
    assert code == Exit.UNKNOWN
    assert json.loads(text)["jobs"][0]["state"] == "unknown"


def test_an_outcome_that_nobody_will_learn_is_closed_with_a_yes(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    name = order("lost").id
    code, text = said(capsys, "reconcile", project, "--abandon", "opening/none")
    assert code == Exit.USAGE
    assert "is not unknown" in text
    code, text = said(capsys, "reconcile", project, "--abandon", name)
    assert code == Exit.DECLINED
    assert "1.40 USD" in text
    code, text = said(capsys, "reconcile", project, "--abandon", name, "--yes", "--json")
    assert code == Exit.OK
    (closed,) = json.loads(text[: text.rindex("}") + 1])["jobs"]
    assert (closed["state"], closed["charge"]) == ("abandoned", "possible")
    code, text = said(capsys, "spend", project, "--json")
    assert json.loads(text)["possible"] == {"usd": "1.40"}
    assert said(capsys, "reconcile", project) == (Exit.OK, "no outcome is unknown\n")


def test_nothing_is_closed_under_a_run_that_may_be_at_work_on_it(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with Store.open(project):
        code, text = said(capsys, "reconcile", project, "--abandon", order("lost").id, "--yes")
    assert code == Exit.ENVIRONMENT
    assert "another run" in text
