"""What a provider may answer to each call: nearly right, odd, or nothing that was asked for."""

import gzip
import json
from random import Random
from typing import Any

from fuzz_values import change, odd, odd_text, spoil

REQUEST = "r1"
BASE = "https://queue.fal.run/fal-ai/kling-video/requests/r1"
RIGHT: dict[str, Any] = {
    "submit": {"request_id": REQUEST, "status_url": f"{BASE}/status", "response_url": BASE},
    "status": {"status": "IN_QUEUE", "queue_position": 3},
    "result": {"video": {"url": "https://v3.fal.media/x.mp4"}, "voice_id": "829"},
    "cancel": {"status": "CANCELLATION_REQUESTED"},
    "sent": {
        "items": [
            {"request_id": REQUEST, "sent_at": "2026-01-01T00:00:00Z", "json_input": {"a": 1}}
        ],
        "next_cursor": None,
    },
    "upload": {"upload_url": "https://x.test/put", "file_url": "https://x.test/a"},
    "put": {},
    "download": {},
}
WRONG: Any = {
    "detail": [
        {"type": "image_too_small", "loc": ["body", "x"], "msg": "no", "ctx": {"min_width": 300}}
    ],
    "error_type": "runner_lost",
}
STATUSES = (
    *[200] * 6,
    201,
    204,
    302,
    307,
    400,
    401,
    402,
    404,
    408,
    422,
    422,
    429,
    500,
    503,
    504,
    599,
)
PLACES = (
    "/next",
    "https:next",
    "urn:x:y",
    "mailto:x",
    "http://[",
    "//",
    "http://a:99999/",
    "é" * 9,
)
NUMBERS = (10**400, 10**5000, -1, 1e308, 0.5)


def answer_case(luck: Random) -> dict[str, bytes]:
    """Draw a call, and the answer to it."""
    call = luck.choice(tuple(RIGHT))
    status = luck.choice(STATUSES)
    drawn = (
        ("content-type", luck.choice(("application/json", "video/mp4", "text/html", "x"))),
        ("location", luck.choice(PLACES)),
        (
            "retry-after",
            luck.choice(("7", "-1", "1e400", "nan", "Wed, 21 Oct 2099 07:28:00 GMT", "x")),
        ),
        ("date", luck.choice(("Wed, 21 Oct 2026 07:28:00 GMT", "now", "é"))),
        ("x-fal-request-id", luck.choice((REQUEST, "", "x" * 9000, "\x1b[31m"))),
        ("x-fal-error-type", luck.choice(("runner_lost", "content_policy_violation", "zz"))),
        ("x-fal-billable-units", luck.choice(("5", "-1", "é", "1e999"))),
        ("content-encoding", luck.choice(("gzip", "br", "identity", "zz"))),
        ("etag", odd_text(luck)),
    )
    headers = {name: value for name, value in drawn if luck.random() < 0.25}
    body = _body(luck, call, status)
    if headers.get("content-encoding") == "gzip" and luck.random() < 0.7:
        body = gzip.compress(body if luck.random() < 0.8 else body + bytes(5_000_000))
    head = {"call": call, "status": status, "headers": headers}
    return {"head": json.dumps(head).encode(), "body": body}


def _body(luck: Random, call: str, status: int) -> bytes:
    value: Any = json.loads(json.dumps(RIGHT[call] if status < 300 else WRONG))
    for _ in range(luck.choice((0, 1, 1, 2, 3))):
        change(luck, value)
    if luck.random() < 0.1 and isinstance(value, dict) and value:
        value[luck.choice(tuple(value))] = luck.choice((*NUMBERS[2:], NUMBERS[0]))
    if luck.random() < 0.1:
        value = odd(luck)
    text = json.dumps(value, ensure_ascii=luck.random() < 0.6)
    if luck.random() < 0.05:
        text = text.replace("3", "9" * luck.choice((400, 5000)))
    if luck.random() < 0.03:
        text = "[" * 100_000
    data = text.encode("utf-8", "surrogatepass")
    return spoil(luck, data) if luck.random() < 0.2 else data
