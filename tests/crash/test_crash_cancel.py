"""`storyboard cancel` killed at each side effect: what fal let go of is never unknown after."""

from pathlib import Path

import crash_child
import httpx
from crash_film import KEY, environment, provider
from crash_loop import SIGKILLED, forked

from storyboard.catalogue.endpoint import EndpointId
from storyboard.clock import utc_now
from storyboard.emulator.entry import Cancelled
from storyboard.emulator.fault import Scenario
from storyboard.emulator.serve import StandIn
from storyboard.jobs.job import JobDigest, JobId
from storyboard.model.money import NOTHING
from storyboard.provider import RequestId, Ticket
from storyboard.store import Store, TakeKey, view
from storyboard.store.life import Accepted, AttemptId, Failed, Intended, Order, charge_of

ENDPOINT = EndpointId("fal-ai/kling-video/v3/turbo/pro/text-to-video")
NEVER = 1e-9
"""A speed at which no request ever ends: what waits, waits on."""

CANCEL = ("cancel", "--yes")
MOST = 40


def digest_of(name: str) -> JobDigest:
    return JobDigest(name.encode().hex().ljust(64, "0"))


def submitted(standing: StandIn, prompt: str) -> dict[str, str]:
    said: dict[str, str] = httpx.post(
        f"{standing.urls.queue_url}/{ENDPOINT}",
        json={"prompt": prompt},
        headers={"Authorization": f"Key {KEY}"},
        trust_env=False,
        timeout=crash_child.HANGS,
    ).json()
    return said


def put_in_flight(project: Path, standing: StandIn, name: str) -> RequestId:
    """Send a request, and record it as a render does."""
    said = submitted(standing, name)
    urls = tuple((name, said[name]) for name in ("status_url", "response_url", "cancel_url"))
    ticket = Ticket(RequestId(said["request_id"]), standing.urls.queue_url, None, urls)
    order = Order(
        attempt=AttemptId(name.encode().hex()),
        job=digest_of(name),
        id=JobId(f"one/{name}"),
        endpoint=ENDPOINT,
        body="{}",
        asked="{}",
        cost=NOTHING,
        seconds=5,
        shots=(f"one/{name}",),
        films=("film",),
        provider=standing.urls.queue_url,
    )
    with Store.open(project) as store:
        intent = Intended(order, utc_now())
        assert store.record([intent, Accepted(intent, ticket, utc_now())]) == (None, None)
    return ticket.request


def run(project: Path, standing: StandIn, said: Path, crash_at: int = 0) -> int | None:
    process = forked(
        target=crash_child.storyboard_command,
        args=(CANCEL, project, environment(standing), said, crash_at),
    )
    process.start()
    process.join(crash_child.HANGS)
    return process.exitcode


def test_killed_anywhere_it_leaves_nothing_unknown_and_the_next_one_ends_it(
    tmp_path: Path,
) -> None:
    project, said = tmp_path / "film", tmp_path / "said.txt"
    project.mkdir()
    charges = set()
    with provider(tmp_path / "state", Scenario(), speed=NEVER) as standing:
        for n in range(standing.desk.account.concurrency):
            submitted(standing, f"in the way {n}")
        for crash_at in range(1, MOST):
            request = put_in_flight(project, standing, f"job-{crash_at}")
            code = run(project, standing, said, crash_at)
            assert code in {0, SIGKILLED}, said.read_text("utf-8")
            assert not view(project).unknown
            assert run(project, standing, said) == 0, said.read_text("utf-8")
            assert isinstance(standing.desk.account.phase(request), Cancelled)
            with Store.open(project) as store:
                life = store.latest(TakeKey(JobDigest(digest_of(f"job-{crash_at}")), 1))
            assert isinstance(life, Failed)
            assert life.fault.code == "SB810"
            charges.add(charge_of(life))
            if code == 0:
                break
    assert code == 0
    assert crash_at > 8  # claims, the request, its answer, the record: before and after each
    assert len(charges) == 2  # known to have waited, or not known any more
    assert not (tmp_path / "state" / "ledger.jsonl").read_text("utf-8")
