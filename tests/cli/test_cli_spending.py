"""What commands that spend share: options, bounds, and when somebody is asked."""

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import click
import pytest
from click.testing import CliRunner
from kept_project import KeptProject

from storyboard.cli.exits import Exit, Stop
from storyboard.cli.spending import Spending, spending_options
from storyboard.model import Usd
from storyboard.session import FAL, REHEARSAL
from storyboard.session.errors import OverLimitError

FREE = Spending(
    yes=False,
    max_cost=None,
    concurrency=None,
    resubmit_unknown=False,
    retry_failed=False,
    scenario=None,
    fail_fast=False,
)
AGREED = Spending(
    yes=True,
    max_cost=Usd(Decimal("1.5")),
    concurrency=3,
    resubmit_unknown=True,
    retry_failed=False,
    scenario=None,
    fail_fast=True,
)


def test_a_command_gets_all_options_as_one_value() -> None:
    got: list[Spending] = []

    @click.command()
    @spending_options
    def command(spending: Spending) -> None:
        got.append(spending)

    words = ["--yes", "--max-cost", "1.50 USD", "--concurrency", "3", "--resubmit-unknown"]
    assert CliRunner().invoke(command, [*words, "--fail-fast"]).exit_code == 0
    assert CliRunner().invoke(command, []).exit_code == 0
    assert got == [AGREED, FREE]
    refused = CliRunner().invoke(command, ["--max-cost", "much"])
    assert refused.exit_code == Exit.USAGE
    assert "'much' is no amount of US dollars" in refused.output


def test_faults_are_for_rehearsals(tmp_path: Path) -> None:
    scenario = tmp_path / "faults.yaml"
    scenario.write_text("faults: []\n", "utf-8")
    with pytest.raises(Stop, match="--scenario is for a rehearsal"):
        replace(FREE, scenario=scenario).rehearsable(FAL)
    FREE.rehearsable(FAL)
    FREE.rehearsable(REHEARSAL)


def test_a_run_is_bounded_as_the_options_say() -> None:
    options = AGREED.run_options(REHEARSAL)
    assert (options.limits.concurrency, options.limits.max_cost) == (3, AGREED.max_cost)
    assert options.limits.lost_after == REHEARSAL.lost_after
    assert options.fail_fast


def test_a_price_needs_a_yes_and_bounds_come_first(tmp_path: Path) -> None:
    plan = KeptProject(tmp_path).write().plan
    assert plan is not None
    store = tmp_path / ".storyboard"
    with pytest.raises(Stop) as told:
        FREE.agreed(plan, store, FAL)
    assert (told.value.code, "1.68 USD" in told.value.message) == (Exit.DECLINED, True)
    with pytest.raises(OverLimitError, match=r"more than --max-cost of 1\.50 USD"):
        AGREED.agreed(plan, store, FAL)


def test_nobody_is_asked_about_nothing(tmp_path: Path) -> None:
    project = KeptProject(tmp_path)
    project.keep(project.write())
    plan = project.compiled().plan
    assert plan is not None
    FREE.agreed(plan, tmp_path / ".storyboard", FAL)
