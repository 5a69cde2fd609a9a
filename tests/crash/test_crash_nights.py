"""Bad nights: whatever the provider does, no job is paid twice, none is lost, every failure named.

A night is a scenario made from a number. A few are played here; all of the full size with

    STORYBOARD_NIGHTS=200 pytest tests/crash/test_crash_nights.py -n auto
"""

import os
from datetime import timedelta
from pathlib import Path

import pytest
from crash_engine import Ended, charges, paid_twice, run
from crash_film import JOBS, provider, write_film
from crash_nights import is_secure, night, skew

from storyboard.emulator.fault import Scenario
from storyboard.emulator.keep import LEAKS
from storyboard.provider import Charge
from storyboard.render.event import Refused, Rendered, Skipped, Unknown
from storyboard.render.faults import NOT_FETCHED
from storyboard.render.ports import GivenConsent
from storyboard.store import Store
from storyboard.store.life import (
    WRONG_CLIP,
    Failed,
    Finished,
    Life,
    Stored,
    charge_of,
    order_of,
    request_of,
)

NIGHTS = int(os.environ.get("STORYBOARD_NIGHTS", "24"))
RUNS_IN_A_NIGHT = 3
RUNS_IN_THE_MORNING = 3


def named(ended: Ended) -> None:
    """See that every job has one outcome, and every failure a reason and a way out."""
    assert set(ended.outcomes) == {one.job.digest for one in ended.plan.jobs}
    for outcome in ended.outcomes.values():
        match outcome:
            case Refused(code=code, message=message, help=help_):
                assert code.startswith("SB")
                assert message
                assert help_
            case Unknown(message=message):
                assert message
            case Skipped(reason=reason):
                assert reason
            case Rendered():
                pass


def done(ended: Ended) -> bool:
    return all(isinstance(one, Rendered) for one in ended.outcomes.values())


@pytest.mark.parametrize("number", range(NIGHTS))
def test_a_night(number: int, tmp_path: Path) -> None:
    storyboard = write_film(tmp_path / "film")
    state = tmp_path / "state"
    ledger, tls, off = state / "ledger.jsonl", is_secure(number), timedelta(0)
    with provider(state, night(number), tls=tls) as standing:
        for _ in range(RUNS_IN_A_NIGHT):
            ended = run(storyboard, standing, skew=off)
            off = skew(number)  # right when the first requests were sent, and wrong from then on
            named(ended)
            assert paid_twice(ledger) == []
            if done(ended):
                break
    with provider(state, Scenario(), tls=tls) as standing:
        for _ in range(RUNS_IN_THE_MORNING):
            # Nothing is hidden any more: what is not in the list was never accepted.
            ended = run(storyboard, standing, GivenConsent(unknown=True), off)
            named(ended)
            assert paid_twice(ledger) == []
    nothing_is_lost(ended, storyboard.parent, ledger)
    assert not (state / LEAKS).exists()


def not_fetched(ended: Ended, life: Life) -> bool:
    """Tell whether a paid result waits at the provider, and whoever ran this was told so."""
    outcome = ended.outcomes[order_of(life).job]
    told = isinstance(outcome, Refused) and outcome.code in {NOT_FETCHED, WRONG_CLIP}
    return isinstance(life, Finished) and told


def nothing_is_lost(ended: Ended, project: Path, ledger: Path) -> None:
    """See that each job is rendered, or was spoilt or refused by the provider and is known to be.

    Every charge is an attempt in the journal that ended in a kept result, or in a named failure.
    """
    assert len(ended.outcomes) == JOBS
    with Store.open(project) as store:
        lives = [life for attempts in store.journal.attempts().values() for life in attempts]
        latest = store.lives()
    by_request = {request_of(life): life for life in lives}
    for charge in charges(ledger):
        life = by_request[charge["request_id"]]  # type: ignore[index]  # an id is a text
        # The wrong bytes, each time: it may be the network's doing, so they are asked for again.
        assert isinstance(life, Stored | Failed) or not_fetched(ended, life)
        assert charge_of(life) is not Charge.NONE
    for digest, outcome in ended.outcomes.items():
        match outcome:
            case Rendered():
                assert isinstance(latest[digest], Stored)
            case Refused():
                failed = latest[digest]
                assert isinstance(failed, Failed) or not_fetched(ended, failed)
                assert charge_of(failed) is not Charge.NONE
            case Skipped(because=because):
                assert because is not None
                assert isinstance(ended.outcomes[because], Refused | Skipped)
            case Unknown():
                pytest.fail(f"still unknown in the morning: {outcome}")
