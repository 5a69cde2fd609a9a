"""What becomes of an answer on its way, as a caller meets it, also behind TLS."""

import json
import ssl
from collections.abc import Callable
from dataclasses import replace

import httpx
import pytest

from storyboard.emulator.fault import (
    BadId,
    CallFault,
    Digits,
    Error,
    Garbage,
    IdKind,
    On,
    Page,
    Partial,
    Redirect,
    Rule,
    Scenario,
    Surrogate,
    Trickle,
    Zipped,
)
from storyboard.emulator.serve import StandIn

T2V = "fal-ai/kling-video/v3/turbo/pro/text-to-video"
Start = Callable[..., StandIn]


def night(on: On, fault: CallFault) -> Scenario:
    return Scenario(rules=(Rule(on, fault, first=1),))


def submit(fal: httpx.Client, standing: StandIn) -> httpx.Response:
    return fal.post(f"{standing.urls.queue_url}/{T2V}", json={"prompt": "rain"})


def clip_of(fal: httpx.Client, standing: StandIn) -> str:
    given = submit(fal, standing).json()
    while fal.get(given["status_url"]).status_code != 200:
        pass
    return str(fal.get(given["response_url"]).json()["video"]["url"])


@pytest.mark.parametrize("accepted", [True, False])
def test_a_submit_is_redirected_before_or_after_it_is_accepted(
    start: Start, fal: httpx.Client, *, accepted: bool
) -> None:
    standing = start(night(On.SUBMIT, Redirect("/elsewhere", accepted, 302)))
    answer = submit(fal, standing)
    assert (answer.status_code, answer.headers["location"]) == (302, "/elsewhere")
    assert len(standing.desk.account.entries) == int(accepted)


@pytest.mark.parametrize("place", ["https:next", "urn:x:y", "mailto:x", "http://[::1"])
def test_a_redirect_may_lead_to_what_is_no_address(
    start: Start, fal: httpx.Client, place: str
) -> None:
    standing = start(night(On.SUBMIT, Redirect(place, accepted=True)))
    with pytest.raises((httpx.InvalidURL, httpx.RemoteProtocolError)):  # httpx's own client
        submit(fal, standing)


def test_a_clip_comes_zipped_that_was_asked_for_as_it_is(start: Start, fal: httpx.Client) -> None:
    url = clip_of(fal, start(night(On.DOWNLOAD, Zipped())))
    zipped, plain = fal.get(url, headers={"accept-encoding": "identity"}), fal.get(url)
    assert zipped.headers["content-encoding"] == "gzip"
    assert zipped.content == plain.content


def test_a_page_comes_under_a_false_name(start: Start, fal: httpx.Client) -> None:
    url = clip_of(fal, start(night(On.DOWNLOAD, Page("application/octet-stream"))))
    page = fal.get(url)
    assert page.headers["content-type"] == "application/octet-stream"
    assert page.text.startswith("<!doctype html>")


def test_a_server_has_half_of_a_clip_first(start: Start, fal: httpx.Client) -> None:
    url = clip_of(fal, start(night(On.DOWNLOAD, Partial())))
    half, whole = fal.get(url), fal.get(url)
    assert half.status_code == whole.status_code == 200
    assert half.content == whole.content[: len(whole.content) // 2]
    assert int(half.headers["content-length"]) == len(half.content)
    assert half.headers.get("etag") != whole.headers["etag"]


def test_a_trickle_brings_all_of_it_in_the_end(start: Start, fal: httpx.Client) -> None:
    url = clip_of(fal, start(night(On.DOWNLOAD, Trickle(640.0))))
    assert fal.get(url).content == fal.get(url).content


def test_a_part_is_of_the_very_bytes_that_are_named(start: Start, fal: httpx.Client) -> None:
    url = clip_of(fal, start())
    whole = fal.get(url)
    etag = whole.headers["etag"]
    rest = fal.get(url, headers={"range": "bytes=100-", "if-range": etag})
    assert (rest.status_code, rest.content) == (206, whole.content[100:])
    other = fal.get(url, headers={"range": "bytes=100-", "if-range": '"another"'})
    assert (other.status_code, other.content) == (200, whole.content)


@pytest.mark.parametrize("kind", IdKind)
def test_a_request_is_accepted_under_an_id_that_cannot_be_used(
    start: Start, fal: httpx.Client, kind: IdKind
) -> None:
    standing = start(night(On.SUBMIT, BadId(kind)))
    answer = submit(fal, standing)
    (entry,) = standing.desk.account.entries.values()
    assert answer.status_code == 200
    assert answer.json()["request_id"] != entry.id
    assert "x-fal-request-id" not in answer.headers


def test_half_a_pair_ends_what_people_read_and_nothing_else(
    start: Start, fal: httpx.Client
) -> None:
    error = Rule(On.JOB, Error("content_policy_violation", charged=False))
    standing = start(Scenario(rules=(error, Rule(On.RESULT, Surrogate(), first=1))))
    given = submit(fal, standing).json()
    while fal.get(given["status_url"]).status_code != 200:
        pass
    haunted, plain = (fal.get(given["response_url"]) for _ in range(2))
    assert rb"\ud83d" in haunted.content
    (said,), (meant,) = json.loads(haunted.content)["detail"], plain.json()["detail"]
    assert said["msg"] == f"{meant['msg']}\ud83d"
    assert said["type"] == meant["type"]


def test_every_number_that_is_read_has_four_hundred_digits(start: Start, fal: httpx.Client) -> None:
    standing = start(replace(night(On.SUBMIT, Digits()), concurrency=1))
    huge, plain = (submit(fal, standing).json() for _ in range(2))
    assert len(str(huge["queue_position"])) == 400
    assert plain == {**plain, "status": huge["status"], "queue_position": 0}


def test_garbage_is_no_record_behind_tls(start: Start) -> None:
    standing = start(night(On.SUBMIT, Garbage()), tls=True)
    urls = standing.urls
    assert urls.proxy_url is not None
    trust = ssl.create_default_context(cafile=urls.ca_file)
    head = {"authorization": "Key k"}
    url = f"https://queue.fal.run/{T2V}"
    with (
        httpx.Client(proxy=urls.proxy_url, verify=trust, trust_env=False) as client,
        pytest.raises((httpx.TransportError, ssl.SSLError)),
    ):
        client.post(url, json={"prompt": "x"}, headers=head)
    assert len(standing.desk.account.entries) == 1


def test_garbage_is_no_answer(start: Start, fal: httpx.Client) -> None:
    with pytest.raises(httpx.RemoteProtocolError):
        submit(fal, start(night(On.SUBMIT, Garbage())))
