"""What a caller asks of the queue is met or refused: when to start, behind whom, how many."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
import pytest
from calls import caller, made
from hypothesis import given
from hypothesis import strategies as st

from storyboard.emulator.account import Account
from storyboard.emulator.entry import (
    Done,
    Entry,
    Expired,
    Failure,
    Priority,
    Queued,
    RequestId,
    Running,
)
from storyboard.emulator.fault import Error, On, Rule, Scenario
from storyboard.emulator.serve import StandIn, serving
from storyboard.emulator.terms import Terms, terms_of

T2V = "fal-ai/kling-video/v3/turbo/pro/text-to-video"
STANDARD = "fal-ai/kling-video/v3/turbo/standard/text-to-video"
OUTCOME = Failure(500, "x", {}, retryable=False, charge=None)
Start = Callable[..., StandIn]


def entry(
    name: int,
    sent_at: float,
    takes: float,
    start_by: float | None = None,
    priority: Priority = Priority.NORMAL,
) -> Entry:
    return Entry(RequestId(str(name)), "e", {}, "d", sent_at, takes, OUTCOME, start_by, priority)


def submitted(
    fal: httpx.Client, standing: StandIn, endpoint: str = T2V, query: str = "", **headers: str
) -> httpx.Response:
    given = {name.replace("_", "-"): value for name, value in headers.items()}
    url = f"{standing.urls.queue_url}/{endpoint}{query}"
    return fal.post(url, json={"prompt": "rain"}, headers=given)


def ended(fal: httpx.Client, given: dict[str, Any]) -> dict[str, Any]:
    while (status := fal.get(given["status_url"])).status_code != 200:
        pass
    said: dict[str, Any] = status.json()
    return said


@pytest.mark.parametrize("header", ["x_fal_request_timeout", "X_Fal_Request_Start_Timeout"])
def test_a_request_that_does_not_start_in_its_time_ends_with_504(
    start: Start, fal: httpx.Client, header: str
) -> None:
    """The one before it takes a minute or more, and it has a tenth of a second."""
    standing = start(speed=1.0, concurrency=1)
    first = submitted(fal, standing).json()
    second = submitted(fal, standing, **{header: "0.11"}).json()
    said = ended(fal, second)
    assert (said["status"], said["error_type"]) == ("COMPLETED", "request_timeout")
    answer = fal.get(second["response_url"])
    assert answer.status_code == 504
    assert answer.json()["error_type"] == "request_timeout"
    assert answer.headers["x-fal-request-timeout-type"] == "user"
    assert answer.headers["x-fal-needs-retry"] == "0"
    assert fal.put(second["cancel_url"]).json() == {"status": "ALREADY_COMPLETED"}
    assert fal.get(first["status_url"]).json()["status"] == "IN_PROGRESS"
    listed = fal.get(
        f"{standing.urls.api_url}/v1/models/requests/by-endpoint", params={"endpoint_id": T2V}
    ).json()["items"]
    assert [one["status_code"] for one in listed] == [504, None]
    assert standing.desk.ledger.path.read_text(encoding="utf-8") == ""


def test_once_it_has_started_it_may_take_as_long_as_it_needs(
    start: Start, fal: httpx.Client
) -> None:
    given = submitted(fal, start(speed=200.0), x_fal_request_timeout="0.2").json()
    assert "error" not in ended(fal, given)


def test_a_low_request_waits_behind_all_normal_ones(start: Start, fal: httpx.Client) -> None:
    standing = start(speed=1.0, concurrency=1)
    asked = ["normal", "low", "normal", "low", "normal"]
    given = [submitted(fal, standing, x_fal_queue_priority=one).json() for one in asked]
    places = [fal.get(one["status_url"]).json().get("queue_position") for one in given]
    assert places == [None, 2, 0, 3, 1]


def test_a_queue_that_is_longer_than_asked_refuses_with_429(
    start: Start, fal: httpx.Client
) -> None:
    standing = start(speed=1.0, concurrency=1)
    for _ in range(3):  # one is begun, two wait
        assert submitted(fal, standing).status_code == 200
    refused = submitted(fal, standing, query="?fal_max_queue_length=1")
    assert refused.status_code == 429
    assert "fal_max_queue_length" in refused.json()["detail"]
    assert submitted(fal, standing, query="?fal_max_queue_length=2").status_code == 200
    assert submitted(fal, standing, STANDARD, "?fal_max_queue_length=0").status_code == 200
    assert len(standing.desk.account.entries) == 5


@pytest.mark.parametrize(
    ("query", "headers", "word"),
    [
        ("?fal_webhook=https%3A%2F%2Fexample.com%2Fhook", {}, "fal_webhook"),
        ("?fal_max_queue_length=many", {}, "fal_max_queue_length"),
        ("?fal_max_queue_length=-1", {}, "fal_max_queue_length"),
        ("", {"x_fal_queue_priority": "high"}, "x-fal-queue-priority"),
        ("", {"x_fal_request_timeout": "0.1"}, "x-fal-request-timeout"),
        ("", {"x_fal_request_timeout": "soon"}, "x-fal-request-timeout"),
        ("", {"x_fal_request_start_timeout": "inf"}, "x-fal-request-start-timeout"),
    ],
)
def test_what_cannot_be_met_is_refused_and_nothing_is_taken(
    start: Start, fal: httpx.Client, query: str, headers: dict[str, str], word: str
) -> None:
    standing = start()
    answer = submitted(fal, standing, query=query, **headers)
    assert answer.status_code == 400
    assert answer.json()["error_type"] == "bad_request"
    assert word in answer.json()["detail"]
    assert not standing.desk.account.entries


def test_the_newer_name_of_the_header_counts_first() -> None:
    both = {"x-fal-request-start-timeout": "2", "x-fal-request-timeout": "1"}
    assert terms_of(both, {}) == Terms(start_within=2.0)
    assert terms_of({}, {}) == Terms()


def test_the_result_is_also_under_response(start: Start, fal: httpx.Client) -> None:
    given = submitted(fal, start()).json()
    ended(fal, given)
    longer = fal.get(f"{given['response_url']}/response")
    assert longer.status_code == 200
    assert longer.json() == fal.get(given["response_url"]).json()


@pytest.mark.parametrize(
    ("kind", "needed"), [("generation_timeout", "1"), ("content_policy_violation", "0")]
)
def test_a_failure_says_by_both_names_whether_to_send_again(
    start: Start, fal: httpx.Client, kind: str, needed: str
) -> None:
    rule = Rule(On.JOB, Error(kind, charged=False))
    given = submitted(fal, start(Scenario(rules=(rule,)))).json()
    ended(fal, given)
    headers = fal.get(given["response_url"]).headers
    assert headers["x-fal-needs-retry"] == needed
    assert headers["x-fal-retryable"] == {"1": "true", "0": "false"}[needed]


def test_terms_outlive_the_stand_in(tmp_path: Path) -> None:
    with caller("test") as fal:
        with serving(made(tmp_path, Scenario(), speed=1.0, concurrency=1)) as before:
            given = [
                submitted(fal, before, **headers).json()
                for headers in (
                    {},
                    {"x_fal_queue_priority": "low"},
                    {"x_fal_request_timeout": "0.2"},
                )
            ]
        with serving(made(tmp_path, Scenario(), speed=1.0, concurrency=1)):
            assert ended(fal, given[2])["error_type"] == "request_timeout"
            assert fal.get(given[1]["status_url"]).json()["queue_position"] == 0


TIMES = st.lists(
    st.tuples(
        st.integers(0, 50),
        st.integers(1, 20),
        st.none() | st.integers(1, 30),
        st.sampled_from(Priority),
    ),
    max_size=15,
)


@given(TIMES, st.integers(1, 3), st.lists(st.integers(0, 400), max_size=10))
def test_looking_at_a_queue_with_terms_does_not_change_it(
    jobs: list[tuple[int, int, int | None, Priority]], concurrency: int, looks: list[int]
) -> None:
    entries = [
        entry(n, at, takes, None if within is None else at + within, priority)
        for n, (at, takes, within, priority) in enumerate(sorted(jobs, key=lambda one: one[0]))
    ]
    watched, unwatched = Account(concurrency), Account(concurrency)
    pending = sorted(looks)
    for one in entries:
        while pending and pending[0] <= one.sent_at:
            watched.settle(pending.pop(0))
        watched.accept(one)
        unwatched.accept(one)
    for look in [*pending, 1000]:
        watched.settle(look)
    unwatched.settle(1000)
    for one in entries:
        phase = watched.phase(one.id)
        assert phase == unwatched.phase(one.id)
        if isinstance(phase, Expired):
            assert phase.at == one.start_by
        else:
            assert isinstance(phase, Done)
            assert one.start_by is None or phase.begun <= one.start_by


def test_a_request_begins_at_the_very_end_of_its_time() -> None:
    account = Account(1)
    account.accept(entry(0, 0, 10))
    account.accept(entry(1, 0, 10, start_by=10))
    account.accept(entry(2, 0, 10, start_by=19))
    account.settle(15)
    assert account.phase(RequestId("1")) == Running(10)
    assert account.phase(RequestId("2")) == Queued(0)
    account.settle(25)
    assert account.phase(RequestId("2")) == Expired(19)
