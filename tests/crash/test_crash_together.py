"""Two runs at once in one project never both pay for a job, and both end with its clip."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from crash_engine import charges, paid_twice, run
from crash_film import JOBS, provider, write_film

from storyboard.emulator.fault import Drop, On, Rule, Scenario, Slow
from storyboard.render.event import Rendered

NIGHTS = (
    Scenario(),
    Scenario(rules=(Rule(On.SUBMIT, Slow(2000.0), chance=0.5),)),
    Scenario(rules=(Rule(On.SUBMIT, Drop(accepted=True), nth=(2, 4)),)),
)


@pytest.mark.parametrize("scenario", NIGHTS, ids=["quiet", "slow submits", "lost answers"])
@pytest.mark.parametrize("runs", [2, 4])
def test_runs_at_once_share_their_jobs(scenario: Scenario, runs: int, tmp_path: Path) -> None:
    storyboard = write_film(tmp_path / "film")
    state = tmp_path / "state"
    with provider(state, scenario, speed=2000.0) as standing, ThreadPoolExecutor(runs) as threads:
        going = [threads.submit(run, storyboard, standing) for _ in range(runs)]
        ended = [one.result() for one in going]
    for one in ended:
        assert all(isinstance(outcome, Rendered) for outcome in one.outcomes.values())
    ledger = state / "ledger.jsonl"
    assert paid_twice(ledger) == []
    assert len(charges(ledger)) == JOBS
    paid = [one.cost for each in ended for one in each.outcomes.values() if one.cost]  # type: ignore[union-attr]  # all are rendered
    assert len(paid) == JOBS
