"""fal's own client for Python works against the stand-in, unchanged.

It takes no base URL for uploads, so it is shown the stand-in the way any program is that cannot
be changed: an HTTPS proxy and an authority in the environment, both of which it heeds.
"""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from calls import PATIENCE

from storyboard.emulator.serve import StandIn

T2V = "fal-ai/kling-video/v3/turbo/pro/text-to-video"
I2V = "fal-ai/kling-video/v3/turbo/pro/image-to-video"


def run(standing: StandIn, code: str, **more: str) -> dict[str, Any]:
    """Run a script that uses fal_client, in a process of its own; return the JSON it prints."""
    assert standing.urls.proxy_url is not None
    assert standing.urls.ca_file is not None
    clean = {k: v for k, v in os.environ.items() if not k.lower().endswith("_proxy")}
    done = subprocess.run(  # noqa: S603 -- the test's own script
        [sys.executable, "-c", f"import fal_client, json, asyncio\n{code}"],
        env={
            **clean,
            "FAL_KEY": "test",
            "HTTPS_PROXY": standing.urls.proxy_url,
            "SSL_CERT_FILE": standing.urls.ca_file,
            **more,
        },
        capture_output=True,
        text=True,
        check=False,
        timeout=PATIENCE,
    )
    assert done.returncode == 0, done.stderr
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer


@pytest.fixture
def standing(start: Callable[..., StandIn]) -> StandIn:
    return start(tls=True, speed=200.0)


@pytest.fixture
def unhurried(start: Callable[..., StandIn]) -> StandIn:
    """A stand-in at which a request is seen under way: it takes three seconds or more."""
    return start(tls=True, speed=30.0)


def test_subscribe_gives_logs_updates_and_the_clip(unhurried: StandIn) -> None:
    said = run(
        unhurried,
        f"""
import httpx
seen = []
def update(status):
    seen.append(type(status).__name__)
    for log in getattr(status, "logs", None) or []:
        seen.append(log["message"])
result = fal_client.subscribe(
    {T2V!r}, arguments={{"prompt": "rain"}}, with_logs=True, on_queue_update=update
)
clip = httpx.get(result["video"]["url"], timeout=60)
url = result["video"]["url"]
print(json.dumps({{"seen": sorted(set(seen)), "size": len(clip.content), "url": url}}))
""",
    )
    assert "Completed" in said["seen"]
    assert "InProgress" in said["seen"]
    assert any("Rendering" in one for one in said["seen"])
    assert said["size"] > 1000
    assert said["url"].startswith("https://v3.fal.media/")


def test_submit_status_result_and_events(unhurried: StandIn) -> None:
    said = run(
        unhurried,
        f"""
handle = fal_client.submit({T2V!r}, arguments={{"prompt": "rain"}})
first = fal_client.status({T2V!r}, handle.request_id, with_logs=True)
kinds = [type(one).__name__ for one in handle.iter_events(with_logs=True)]
result = fal_client.result({T2V!r}, handle.request_id)
print(json.dumps({{"first": type(first).__name__, "last": kinds[-1], "got": len(result)}}))
""",
    )
    assert said["first"] in ("Queued", "InProgress")
    assert said["last"] == "Completed"


def test_cancel_of_a_queued_request(start: Callable[..., StandIn]) -> None:
    standing = start(tls=True, speed=1.0, concurrency=1)
    said = run(
        standing,
        f"""
fal_client.submit({T2V!r}, arguments={{"prompt": "one"}})
handle = fal_client.submit({T2V!r}, arguments={{"prompt": "two"}})
handle.cancel()
done = handle.status()
try:
    handle.get()
except fal_client.FalClientHTTPError as error:
    said = {{"type": done.error_type, "code": error.status_code}}
    print(json.dumps({{"status": type(done).__name__, **said}}))
""",
    )
    assert said == {"status": "Completed", "type": "client_cancelled", "code": 499}


def test_upload_then_image_to_video(standing: StandIn, tmp_path: Path) -> None:
    (tmp_path / "a.png").write_bytes(b"not looked at")
    said = run(
        standing,
        f"""
import httpx
url = fal_client.upload_file({str(tmp_path / "a.png")!r})
back = httpx.get(url, timeout=60).content.decode()
result = fal_client.subscribe({I2V!r}, arguments={{"prompt": "rain", "image_url": url}})
print(json.dumps({{"back": back, "url": result["video"]["url"]}}))
""",
    )
    assert said["back"] == "not looked at"


def test_an_upload_in_parts(standing: StandIn) -> None:
    said = run(
        standing,
        """
import httpx
from fal_client import client as inner
inner.MULTIPART_THRESHOLD = 1000
data = bytes(range(256)) * 20
manager = inner.CDNTokenManager(inner.AuthCredentials("Key", "test"))
with httpx.Client(timeout=60) as http:
    url = inner.MultipartUpload.save(
        client=http, token_manager=manager, file_name="b.bin", data=data, chunk_size=1000
    )
print(json.dumps({"same": httpx.get(url, timeout=60).content == data}))
""",
    )
    assert said["same"] is True


def test_the_older_way_to_upload(standing: StandIn) -> None:
    said = run(
        standing,
        """
import httpx
url = fal_client.upload(b"hello", "text/plain", repository="fal")
print(json.dumps({"back": httpx.get(url, timeout=60).text}))
""",
    )
    assert said["back"] == "hello"


def test_the_asynchronous_client(standing: StandIn) -> None:
    said = run(
        standing,
        f"""
async def main():
    url = await fal_client.upload_async(b"hello", "image/png")
    return await fal_client.subscribe_async({I2V!r}, arguments={{"prompt": "x", "image_url": url}})
print(json.dumps(asyncio.run(main())))
""",
    )
    assert "video" in said


def test_a_run_without_the_queue(standing: StandIn) -> None:
    said = run(standing, f"print(json.dumps(fal_client.run({T2V!r}, arguments={{'prompt': 'x'}})))")
    assert "video" in said


def test_the_queue_by_the_clients_own_variable(standing: StandIn) -> None:
    """Where only the queue is needed, the client's FAL_QUEUE_RUN_HOST is enough."""
    secure = standing.server.secure_port
    said = run(
        standing,
        f"print(json.dumps(fal_client.subscribe({T2V!r}, arguments={{'prompt': 'x'}})))",
        FAL_QUEUE_RUN_HOST=f"localhost:{secure}",
        HTTPS_PROXY="",
    )
    assert "video" in said


def test_what_the_model_refuses_reaches_the_caller(standing: StandIn) -> None:
    said = run(
        standing,
        f"""
try:
    fal_client.subscribe({T2V!r}, arguments={{"prompt": "x", "duration": "99"}})
except fal_client.FalClientHTTPError as error:
    print(json.dumps({{"code": error.status_code, "detail": error.response.json()["detail"]}}))
""",
    )
    assert said["code"] == 422
    assert said["detail"][0]["type"] == "enum"
    assert said["detail"][0]["loc"] == ["body", "duration"]


def test_a_bad_key_reaches_the_caller(standing: StandIn) -> None:
    said = run(
        standing,
        f"""
try:
    fal_client.submit({T2V!r}, arguments={{"prompt": "x"}}, headers={{"Authorization": "Key"}})
except fal_client.FalClientHTTPError as error:
    print(json.dumps({{"code": error.status_code}}))
""",
    )
    assert said["code"] == 401


def test_another_host_is_not_reached_through_the_proxy(standing: StandIn) -> None:
    said = run(
        standing,
        """
import httpx
try:
    httpx.get("https://example.com/", timeout=60)
except httpx.ProxyError as error:
    print(json.dumps({"said": str(error)}))
""",
    )
    assert "403" in said["said"]
