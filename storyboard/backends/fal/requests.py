"""The account's own list of requests, a page at a time, into what was sent and when."""

from datetime import datetime
from typing import Any
from urllib.parse import urlencode

import httpx

from storyboard.backends.fal.address import FalWire
from storyboard.backends.fal.queue import places
from storyboard.backends.http import MOST_LISTED, SUCCESS, date_of, is_id, parsed, retry_after
from storyboard.catalogue import EndpointId
from storyboard.provider import RequestId, answer

_PAGE = 100
_PAGES = 100


async def sent(wire: FalWire, endpoint: EndpointId, since: datetime) -> answer.Listing:
    """List what was sent to an endpoint since a time.

    A key that may not read the list is no reason to stop a run: the outcome stays unknown.
    """
    found: list[answer.Seen] = []
    cursor: str | None = None
    for _ in range(_PAGES):
        got = await wire.keyed("GET", _url(wire, endpoint, since, cursor), most=MOST_LISTED)
        if not isinstance(got, httpx.Response):
            return answer.Trouble(got.detail)
        page = _page(got)
        if got.status_code not in SUCCESS or page is None:
            return answer.Trouble(wire.excerpt(got), retry_after(got))
        found.extend(_items(wire, endpoint, page))
        cursor = page.get("next_cursor")
        if not cursor:
            return answer.Listed(tuple(found), date_of(got))
    return answer.Trouble(f"the list has more than {_PAGE * _PAGES} requests")


def _url(wire: FalWire, endpoint: str, since: datetime, cursor: str | None) -> str:
    asked = {
        "endpoint_id": endpoint,
        "start": since.isoformat(timespec="seconds").replace("+00:00", "Z"),
        "expand": "payloads",
        "limit": str(_PAGE),
    }
    if cursor:
        asked["cursor"] = cursor
    return f"{wire.addresses.api}/v1/models/requests/by-endpoint?{urlencode(asked)}"


def _page(got: httpx.Response) -> dict[str, Any] | None:
    page = parsed(got.content)
    return page if isinstance(page, dict) and isinstance(page.get("items"), list) else None


def _items(wire: FalWire, endpoint: str, page: dict[str, Any]) -> list[answer.Seen]:
    found = []
    for item in page["items"]:
        if not isinstance(item, dict):
            continue
        request, at = item.get("request_id"), _time(item.get("sent_at"))
        if is_id(request) and at:
            body = _body(item.get("json_input"))
            urls = places(wire, endpoint, request, {})
            found.append(answer.Seen(RequestId(request), at, body, urls))
    return found


def _time(text: object) -> datetime | None:
    try:
        at = datetime.fromisoformat(str(text))
    except ValueError:
        return None
    return at if at.tzinfo else None


def _body(value: object) -> dict[str, Any] | None:
    if isinstance(value, str):
        value = parsed(value)
    return value if isinstance(value, dict) else None
