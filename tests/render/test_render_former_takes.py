"""A store in which an earlier version kept each take as a job of its own: nothing is paid again."""

import json
import sqlite3
from collections.abc import Mapping
from decimal import Decimal
from hashlib import sha256
from pathlib import Path

import pytest
from render_fakes import FakeFal, go

from storyboard import Ask, compile_storyboard
from storyboard.catalogue import EndpointId
from storyboard.jobs import JobDigest
from storyboard.plan import JobState, Plan, over
from storyboard.provider import Ticket
from storyboard.render import Outcome, Rendered, due
from storyboard.store import FailedJobs, Store, spent, whole
from storyboard.store.layout import STORE, Layout

JOURNAL = Path(__file__).parents[1] / "store" / "journals" / "lamp-2.sql"
BOARD = """\
storyboard: 1
title: Lamp
model: kling-v3-turbo-pro
budget: {max: BUDGET USD}
scenes:
  - id: one
    shots:
      - {id: a, duration: 3s, prompt: A lamp is lit.}
      - {id: b, duration: 3s, prompt: A moth comes., takes: MOTHS}
      - {id: c, duration: 3s, prompt: It circles.}
      - {id: d, duration: 3s, prompt: The lamp goes out.}
  - id: two
    shots:
      - {id: e, duration: 5s, prompt: Dawn., takes: DAWNS}
"""
CLIPS = ((12, 1), (5, 2), (5, 3), (6, 4), (3, 5), (3, 6), (3, 7))
"""Seconds and request of each clip that is kept; the eighth request is in flight."""


class Fal(FakeFal):
    """A provider that has the requests that the earlier version sent."""

    def _accept(self, endpoint: EndpointId, body: str, word: str) -> Ticket:
        ticket = FakeFal._accept(self, endpoint, body, word)  # noqa: SLF001 -- its own
        asked = json.loads(body)
        shots = asked.get("multi_prompt") or [asked]
        self.requests[ticket.request].seconds = str(sum(int(one["duration"]) for one in shots))
        return ticket

    def know(self) -> None:
        """Have accepted eight requests; only the last is asked about."""
        for _ in range(8):
            self._accept(EndpointId("owner/app"), '{"duration": "5"}', "ok")


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / ".git").mkdir()
    layout = Layout(tmp_path / STORE)
    layout.make()
    db = sqlite3.connect(layout.journal)
    db.executescript(JOURNAL.read_text("utf-8"))
    db.close()
    for seconds, request in CLIPS:
        data = b"clip %d of r%d" % (seconds, request)
        path = layout.clip(sha256(data).hexdigest(), ".mp4")
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(data)
    return tmp_path


def planned(project: Path, moths: int, dawns: int, budget: str = "9") -> Plan:
    words = {"MOTHS": str(moths), "DAWNS": str(dawns), "BUDGET": budget}
    text = BOARD
    for word, value in words.items():
        text = text.replace(word, value)
    (project / "lamp.yaml").write_text(text, "utf-8")
    made = compile_storyboard(Ask(project / "lamp.yaml")).plan
    assert made is not None
    return made


def takes(plan: Plan) -> dict[str, list[str]]:
    return {one.job.id: [str(take.state) for take in one.takes] for one in plan.jobs}


HERE, FLYING, MISSING = (
    str(one) for one in (JobState.RENDERED, JobState.IN_FLIGHT, JobState.TO_RENDER)
)


def test_the_plan_that_the_earlier_version_had_costs_nothing_still(project: Path) -> None:
    it = planned(project, 2, 3)
    assert takes(it) == {
        "one/a": [HERE],
        "one/b": [HERE, HERE],
        "one/c..d": [HERE],
        "two/e": [HERE, HERE, FLYING],
    }
    assert it.to_pay == 0
    assert it.total == Decimal("4.20")


@pytest.mark.parametrize(
    ("moths", "dawns", "to_pay"),
    [(1, 1, "0"), (1, 2, "0"), (2, 1, "0"), (3, 3, "0.42"), (2, 5, "1.40"), (4, 4, "1.54")],
)
def test_only_takes_that_were_never_rendered_are_to_pay_and_that_is_what_is_sent(
    project: Path, moths: int, dawns: int, to_pay: str
) -> None:
    it = planned(project, moths, dawns)
    assert it.to_pay == Decimal(to_pay)
    fake = Fal()
    fake.know()
    with Store.open(project) as store:
        attempts = store.journal.attempts()
        found = due(it, attempts, store.is_there, None, FailedJobs.LEAVE)
        assert (found.cost, found.against) == (Decimal(to_pay), None)
        before = whole(spent(attempts)).paid
        outcomes = rendered(it, store, fake)
        assert whole(spent(store.journal.attempts())).paid - before == Decimal(to_pay)
    assert all(isinstance(one, Rendered) for one in outcomes.values())
    assert planned(project, moths, dawns).to_pay == 0
    assert fake.calls["submit"] == len(found.jobs)


def rendered(plan: Plan, store: Store, fake: Fal) -> Mapping[JobDigest, Outcome]:
    return go(plan, store, fake)


def test_without_takes_the_pack_that_was_paid_for_is_used_again(project: Path) -> None:
    it = planned(project, 1, 1)
    assert takes(it) == {"one/a..d": [HERE], "two/e": [HERE]}


def test_all_that_was_paid_for_the_film_counts_against_its_budget(project: Path) -> None:
    """The pack that it does not use now as well: 5.88 USD in all."""
    with Store.open(project) as store:
        attempts = store.journal.attempts()
        assert whole(spent(attempts)).paid == Decimal("5.88")
        for budget, fits in (("6.30", True), ("6.29", False)):
            it = planned(project, 3, 3, budget)
            found = due(it, attempts, store.is_there, None, FailedJobs.LEAVE)
            assert found.cost == Decimal("0.42")
            assert (found.against is None) == fits
            # A plan says what the run then refuses, with the same amounts.
            if not fits:
                (bound,) = over(it)
                assert (bound.cost, bound.spent) == (Decimal("0.42"), Decimal("5.88"))
                assert str(bound) == (found.against or "").replace(" of lamp of ", " of ")
            else:
                assert over(it) == ()
