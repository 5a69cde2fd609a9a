"""Each fault of a scenario, as a caller meets it."""

import gc
import json
import socket
import time
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import pytest
from calls import caller, get, made

from storyboard.emulator.entry import ClipKind
from storyboard.emulator.fault import (
    CallFault,
    Checking,
    Drop,
    Error,
    Half,
    JobFault,
    Kill,
    Listing,
    On,
    Page,
    Refuse,
    Rule,
    Scenario,
    Silence,
    Slow,
    Spoilt,
    Status,
)
from storyboard.emulator.serve import StandIn, serving

T2V = "fal-ai/kling-video/v3/turbo/pro/text-to-video"
Start = Callable[..., StandIn]


def night(on: On, fault: CallFault | JobFault, **more: object) -> Scenario:
    return Scenario(rules=(Rule(on, fault, **{"first": 1, **more}),))  # type: ignore[arg-type]


def submit(fal: httpx.Client, standing: StandIn, prompt: str = "rain") -> httpx.Response:
    return fal.post(f"{standing.urls.queue_url}/{T2V}", json={"prompt": prompt})


def ended(fal: httpx.Client, given: dict[str, str]) -> dict[str, object]:
    while True:
        status = fal.get(given["status_url"])
        if status.status_code == 200:
            answer: dict[str, object] = status.json()
            return answer


def charges(standing: StandIn) -> list[dict[str, object]]:
    standing.desk.settle()
    text = standing.desk.ledger.path.read_text(encoding="utf-8")
    return [json.loads(line) for line in text.splitlines()]


@pytest.mark.parametrize(
    ("fault", "error"),
    [
        (Drop(accepted=False), httpx.TransportError),
        (Drop(accepted=True), httpx.TransportError),
        (Silence(0.0, accepted=True), httpx.TransportError),
        (Half(), httpx.RemoteProtocolError),
        (Kill(0.0, accepted=True), httpx.TransportError),
        (Kill(0.0, accepted=False), httpx.TransportError),
    ],
)
def test_a_submit_without_an_answer_is_accepted_or_not(
    start: Start, fal: httpx.Client, fault: CallFault, error: type[Exception]
) -> None:
    standing = start(night(On.SUBMIT, fault))
    with pytest.raises(error):
        submit(fal, standing)
    accepted = getattr(fault, "accepted", True)
    assert len(standing.desk.account.entries) == int(accepted)


def test_silence_lasts_until_the_caller_gives_up(start: Start) -> None:
    standing = start(night(On.SUBMIT, Silence(3600.0, accepted=True)), speed=1.0)
    address = urlsplit(standing.urls.queue_url)
    assert address.hostname is not None
    head = f"POST /{T2V} HTTP/1.1\r\nHost: {address.netloc}\r\nAuthorization: Key k\r\n"
    with socket.create_connection((address.hostname, address.port)) as caller:
        caller.sendall(f'{head}Content-Length: 15\r\n\r\n{{"prompt": "x"}}'.encode())
        while not standing.desk.account.entries:
            time.sleep(0.01)
        caller.settimeout(0.2)
        with pytest.raises(TimeoutError):
            caller.recv(1)
    assert len(standing.desk.account.entries) == 1


def test_connections_are_refused(start: Start, fal: httpx.Client) -> None:
    standing = start(night(On.SUBMIT, Refuse(3600.0)), speed=1.0)
    assert submit(fal, standing).status_code == 200
    with pytest.raises(httpx.ConnectError):
        get(standing.urls.queue_url)


def test_nobody_else_gets_the_ports_during_an_outage(start: Start, fal: httpx.Client) -> None:
    standing = start(night(On.SUBMIT, Refuse(3600.0)), speed=1.0)
    submit(fal, standing)
    ports = json.loads((standing.desk.settings.folder / "ports.json").read_text("utf-8"))
    for port in ports.values():
        with socket.socket() as other, pytest.raises(OSError, match="in use"):
            other.bind(("127.0.0.1", port))


@pytest.mark.parametrize("seconds", [0.05, 0.1, 0.15, 3600.0])
def test_a_stand_in_that_ends_during_an_outage_leaves_no_socket_open(
    tmp_path: Path, fal: httpx.Client, seconds: float
) -> None:
    (tmp_path / "state").mkdir()
    with serving(made(tmp_path, night(On.SUBMIT, Refuse(seconds)), speed=1.0)) as standing:
        submit(fal, standing)
    del standing
    gc.collect()  # a socket that is found open is an error


def test_connections_are_taken_again_after_a_while(start: Start, fal: httpx.Client) -> None:
    standing = start(night(On.SUBMIT, Refuse(0.1)), speed=1.0)
    assert submit(fal, standing).status_code == 200
    with caller("test", retries=10) as patient:
        assert patient.get(standing.urls.queue_url).status_code in (404, 405)


def test_a_killed_server_still_knows_what_it_accepted(start: Start, fal: httpx.Client) -> None:
    standing = start(night(On.STATUS, Kill(0.0, accepted=False)))
    given = submit(fal, standing).json()
    with pytest.raises(httpx.TransportError):
        fal.get(given["status_url"])
    with caller("test", retries=10) as patient:
        assert ended(patient, given)["status"] == "COMPLETED"


@pytest.mark.parametrize("accepted", [True, False])
def test_a_status_comes_before_or_after_acceptance(
    start: Start, fal: httpx.Client, *, accepted: bool
) -> None:
    fault = Status(503, "no", accepted=accepted, retry_after=2.0, request_id=True)
    standing = start(night(On.SUBMIT, fault))
    answer = submit(fal, standing)
    assert (answer.status_code, answer.headers["retry-after"]) == (503, "2")
    known = answer.headers["x-fal-request-id"] in standing.desk.account.entries
    assert known is accepted


def test_a_status_without_a_request_id_has_none(start: Start, fal: httpx.Client) -> None:
    fault = Status(502, "no", accepted=True, retry_after=None, request_id=False)
    standing = start(night(On.SUBMIT, fault))
    answer = submit(fal, standing)
    assert "x-fal-request-id" not in answer.headers


def test_a_late_answer_comes(start: Start, fal: httpx.Client) -> None:
    standing = start(night(On.SUBMIT, Slow(1.0)))
    assert submit(fal, standing).status_code == 200


def test_a_result_that_is_there_can_answer_504_once(start: Start, fal: httpx.Client) -> None:
    fault = Status(504, "timeout", accepted=False, retry_after=None, request_id=False)
    standing = start(night(On.RESULT, fault))
    given = submit(fal, standing).json()
    ended(fal, given)
    assert fal.get(given["response_url"]).status_code == 504
    assert fal.get(given["response_url"]).status_code == 200


@pytest.mark.parametrize(
    ("kind", "status", "listed"),
    [
        ("content_policy_violation", 422, True),
        ("generation_timeout", 504, True),
        ("downstream_service_error", 400, True),
        ("runner_disconnected", 502, False),
        ("request_timeout", 504, False),
    ],
)
def test_a_job_ends_completed_with_an_error_and_costs_nothing(
    start: Start, fal: httpx.Client, kind: str, status: int, *, listed: bool
) -> None:
    standing = start(night(On.JOB, Error(kind, charged=False)))
    given = submit(fal, standing).json()
    end = ended(fal, given)
    assert (end["status"], end["error_type"]) == ("COMPLETED", kind)
    answer = fal.get(given["response_url"])
    assert answer.status_code == status
    assert isinstance(answer.json()["detail"], list) is listed
    assert answer.headers["x-fal-error-type"] == kind
    assert charges(standing) == []


def test_a_refusal_can_be_charged(start: Start, fal: httpx.Client) -> None:
    standing = start(night(On.JOB, Error("content_policy_violation", charged=True)))
    ended(fal, submit(fal, standing).json())
    assert [one["usd"] for one in charges(standing)] == ["0.70"]


@pytest.mark.parametrize("kind", [one for one in ClipKind if one is not ClipKind.GOOD])
def test_a_spoilt_clip_is_charged_and_not_what_was_asked(
    start: Start, fal: httpx.Client, kind: ClipKind
) -> None:
    standing = start(night(On.JOB, Spoilt(kind)))
    first, second = (submit(fal, standing).json() for _ in range(2))
    clips = []
    for given in (first, second):
        ended(fal, given)
        url = fal.get(given["response_url"]).json()["video"]["url"]
        clips.append(get(url).content)
    assert clips[0] != clips[1]
    assert len(charges(standing)) == 2


def test_a_page_comes_for_a_clip_once(start: Start, fal: httpx.Client) -> None:
    standing = start(night(On.DOWNLOAD, Page()))
    given = submit(fal, standing).json()
    ended(fal, given)
    url = fal.get(given["response_url"]).json()["video"]["url"]
    kinds = [get(url).headers["content-type"] for _ in range(2)]
    assert kinds == ["text/html; charset=utf-8", "video/mp4"]


def test_half_a_clip_is_noticed_by_its_length(start: Start, fal: httpx.Client) -> None:
    standing = start(night(On.DOWNLOAD, Half()))
    given = submit(fal, standing).json()
    ended(fal, given)
    url = fal.get(given["response_url"]).json()["video"]["url"]
    with pytest.raises(httpx.RemoteProtocolError):
        get(url)
    whole = get(url).content
    rest = get(url, headers={"Range": f"bytes={len(whole) // 2}-"})
    assert rest.status_code == 206
    assert whole.endswith(rest.content)


def test_the_list_can_be_late_and_can_leave_out_what_runs(start: Start, fal: httpx.Client) -> None:
    standing = start(Scenario(listing=Listing(delay=3600.0)), speed=1.0)
    submit(fal, standing)
    url = f"{standing.urls.api_url}/v1/models/requests/by-endpoint"
    assert fal.get(url, params={"endpoint_id": T2V}).json()["items"] == []


def test_a_body_is_refused_at_once_where_the_scenario_says_so(
    start: Start, fal: httpx.Client
) -> None:
    standing = start(Scenario(checking=Checking.SUBMIT))
    answer = fal.post(f"{standing.urls.queue_url}/{T2V}", json={})
    assert answer.status_code == 422
    assert answer.json()["detail"][0]["type"] == "missing"


def test_the_same_night_is_the_same_each_time(start: Start, tmp_path: Path) -> None:
    fault = Status(503, "no", accepted=False, retry_after=None, request_id=False)
    scenario = Scenario(seed=5, rules=(Rule(On.SUBMIT, fault, chance=0.5),))
    nights = []
    for name in ("a", "b"):
        standing = start(scenario, folder=tmp_path / name, ledger=tmp_path / name / "l")
        with caller("k") as fal:
            nights.append([submit(fal, standing).status_code for _ in range(20)])
    assert nights[0] == nights[1]
    assert set(nights[0]) == {200, 503}
