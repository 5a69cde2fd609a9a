"""What a yes is asked for is what is sent: every bound counts what was paid before, to the cent."""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from storyboard import Ask, compile_storyboard
from storyboard.cli.exits import Exit
from storyboard.cli.main import run
from storyboard.jobs import ClipJob
from storyboard.provider import Charge, Fault, RequestId, Ticket
from storyboard.store import Store
from storyboard.store import life as states

AT = datetime(2026, 11, 20, 12, tzinfo=UTC)
BOARD = """\
storyboard: 1
title: Two
model: kling-v3-standard
audio: false
scenes:
  - {id: one, shots: [{id: a, prompt: A cup., duration: 5s}]}
  - {id: two, shots: [{id: b, prompt: A pot., duration: 5s}]}
"""
POLICY = Fault("SB804", "refused by the checker", "change it", Charge.POSSIBLE)

Typed = Callable[..., tuple[int, str]]


@pytest.fixture
def board(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A storyboard of two jobs at 0.42 USD each; what is sent after all goes to nobody."""
    monkeypatch.setenv("FAL_KEY", "test-key-never-sent")
    for name in ("QUEUE", "REST", "API"):
        monkeypatch.setenv(f"STORYBOARD_FAL_{name}_URL", "http://127.0.0.1:9")
    path = tmp_path / "two.yaml"
    path.write_text(BOARD, "utf-8")
    return path


@pytest.fixture
def typed(capsys: pytest.CaptureFixture[str]) -> Typed:
    def type_(*words: str | Path) -> tuple[int, str]:
        code = run([str(word) for word in words])
        return code, capsys.readouterr().err

    return type_


def budgeted(board: Path, budget: str) -> None:
    board.write_text(f"{BOARD}budget: {budget}\n", "utf-8")


def sent_before(board: Path, end: str) -> None:
    """Have the first job in the journal: `accepted`, `failed` and perhaps charged, or `let go`."""
    plan = compile_storyboard(Ask(board)).plan
    assert plan is not None
    job = plan.jobs[0].job
    assert isinstance(job, ClipJob)
    order = states.Order(
        attempt=states.AttemptId("a1"),
        job=job.digest,
        id=job.id,
        endpoint=job.endpoint,
        body="{}",
        asked="{}",
        cost=job.cost,
        seconds=job.seconds,
        shots=("one/a",),
        films=("two",),
        provider="fal",
    )
    intended = states.Intended(order, AT)
    accepted = states.Accepted(
        intended,
        Ticket(RequestId("r"), "https://queue.fal.run", None, (("status_url", "https://s"),)),
        AT,
    )
    failed = states.Failed(accepted, POLICY, None, AT)
    steps: list[states.Life] = [intended, accepted]
    if end != "accepted":
        steps.append(failed)
    if end == "let go":
        steps.append(states.Forgotten(failed, AT))
    with Store.open(board.parent) as store:
        for step in steps:
            assert store.record([step]) == (None,)


def test_a_bound_for_each_film_declines_as_the_one_for_all_does(board: Path, typed: Typed) -> None:
    """It asked for all, and then left out what passed the bound: half a film, paid for."""
    budgeted(board, "{each: 0.50}")
    code, err = typed("render", board)
    assert code == Exit.DECLINED
    assert "more than the budget of two for each film (two) of 0.50 USD" in err
    budgeted(board, "{each: 0.84}")
    assert "rendering this costs 0.84 USD" in typed("render", board)[1]


def test_what_was_paid_before_counts_before_anybody_is_asked(board: Path, typed: Typed) -> None:
    budgeted(board, "{max: 1.20}")
    sent_before(board, "let go")
    code, err = typed("render", board)
    assert code == Exit.DECLINED
    assert "this costs 0.84 USD, more than the budget of two of 1.20 USD" in err
    assert "0.42 USD of it is spent, in flight or unknown" in err
    budgeted(board, "{max: 1.26}")
    assert "rendering this costs 0.84 USD" in typed("render", board)[1]


def test_films_that_are_rendered_one_by_one_share_the_budget(board: Path, typed: Typed) -> None:
    """Each was held against it alone, and two of them passed it together."""
    varied = BOARD.replace("A cup.", '"A {{ cup }} cup."')
    rows = "variations: {rows: [{cup: red}, {cup: blue}]}\nvariables: {cup: {}}\n"
    board.write_text(varied + rows, "utf-8")
    sent_before(board, "let go")
    board.write_text(f"{board.read_text('utf-8')}budget: {{max: 1.25}}\n", "utf-8")
    code, err = typed("render", board, "--only", "cup=blue")
    assert code == Exit.DECLINED
    assert "this costs 0.84 USD, more than the budget of two of 1.25 USD" in err
    board.write_text(board.read_text("utf-8").replace("1.25", "1.26"), "utf-8")
    assert "rendering this costs 0.84 USD" in typed("render", board, "--only", "cup=blue")[1]


def test_what_failed_and_is_not_sent_again_is_not_asked_for(board: Path, typed: Typed) -> None:
    sent_before(board, "failed")
    assert "rendering this costs 0.42 USD" in typed("render", board)[1]
    assert "rendering this costs 0.84 USD" in typed("render", board, "--retry-failed")[1]
    code, err = typed("render", board, "--max-cost", "0.42")
    assert code == Exit.DECLINED
    assert "rendering this costs 0.42 USD" in err
    code, err = typed("render", board, "--max-cost", "0.42", "--retry-failed")
    assert "this costs 0.84 USD, more than --max-cost of 0.42 USD" in err


def test_the_plan_asks_for_no_money_that_is_not_spent(
    board: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A job that the content checker refused was to render and to pay, and then skipped."""
    sent_before(board, "failed")
    assert run(["plan", str(board)]) == Exit.OK
    shown = capsys.readouterr().out
    row, why, *_ = shown[shown.index("one/a") :].splitlines()
    assert row.endswith("failed")
    assert why.strip() == "why: refused by the checker"
    assert "0.84 USD in all, 0.42 USD to pay, +0.42 USD with --retry-failed" in shown
    assert run(["plan", str(board), "--json"]) == Exit.OK
    told = json.loads(capsys.readouterr().out)
    assert [one["state"] for one in told["jobs"]] == ["failed", "to-render"]
    assert (told["to_pay"]["usd"], told["to_retry"]["usd"]) == ("0.42", "0.42")
    assert run(["status", str(board)]) == Exit.OK
    assert "1 failed, 0.42 USD: they may have been charged" in capsys.readouterr().out


def test_what_is_sent_again_is_in_what_is_to_pay(
    board: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The question said that nothing was to pay, and asked for the money of a failed job."""
    sent_before(board, "failed")
    assert run(["render", str(board), "--backend", "fal", "--retry-failed"]) == Exit.DECLINED
    shown = capsys.readouterr().out
    assert "0.84 USD to pay, 0.42 USD of it for what failed and is sent again" in shown


def test_the_plan_advises_nothing_that_pays_again_for_what_is_sent(
    board: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """It advised a general switch, which makes another request of everything with sound."""
    board.write_text(BOARD.replace("audio: false\n", ""), "utf-8")
    assert run(["plan", str(board)]) == Exit.OK
    assert "no shot asks for; `audio: false` leaves it out, and" in capsys.readouterr().out
    sent_before(board, "accepted")
    assert run(["plan", str(board)]) == Exit.OK
    shown = capsys.readouterr().out
    assert "0.21 USD of it is for sound that no shot asks for; `audio: false` in its shots" in shown
    assert "at the top it would make new requests of what is paid for, 0.42 USD" in shown


def test_a_price_of_nothing_is_asked_for_too(board: Path, typed: Typed) -> None:
    """It is what the project's own file says, and not what fal does."""
    plan = compile_storyboard(Ask(board)).plan
    assert plan is not None
    rates = "{per_second: {silent: 0, audio: 0, voice: 0}}"
    (board.parent / "storyboard-prices.yaml").write_text(
        f"prices: 1\nendpoints:\n  {plan.jobs[0].job.endpoint}: {rates}\n", "utf-8"
    )
    code, err = typed("render", board)
    assert code == Exit.DECLINED
    assert "rendering this costs 0.00 USD" in err


def test_a_price_is_agreed_to_in_full(board: Path, typed: Typed) -> None:
    board.write_text(BOARD.replace("5s", "3s").replace("false", "true"), "utf-8")
    assert "rendering this costs 0.756 USD" in typed("render", board)[1]
    err = typed("render", board, "--max-cost", "0.755")[1]
    assert "this costs 0.756 USD, more than --max-cost of 0.755 USD" in err
    assert "rendering this costs" in typed("render", board, "--max-cost", "0.756")[1]
