"""Answers over HTTP into what they say: when to ask again, the time there, JSON, one line of it."""

import json
import math
import re
from datetime import datetime
from email.utils import parsedate_to_datetime
from typing import Any, TypeGuard

import httpx

from storyboard.backends.http.key import Key
from storyboard.clock import utc_now

BROKEN = "\ufffd"
"""What stands for a character that cannot be."""

_HALVES = re.compile("[\ud800-\udfff]")
_LONGEST_WAIT = 300.0
_LONGEST_ID = 200
_EXCERPT = 200


def retry_after(response: httpx.Response) -> float | None:
    """Read how long to wait: seconds or a date, within reason."""
    text = response.headers.get("retry-after", "").strip()
    if not text:
        return None
    try:
        seconds = float(text)
    except ValueError:
        try:
            seconds = (parsedate_to_datetime(text) - utc_now()).total_seconds()
        except (TypeError, ValueError, OverflowError):
            return None
    return min(max(seconds, 0.0), _LONGEST_WAIT) if math.isfinite(seconds) else None


def date_of(response: httpx.Response) -> datetime | None:
    """Read the server's clock; a second exact."""
    try:
        at = parsedate_to_datetime(response.headers.get("date", ""))
    except (TypeError, ValueError, OverflowError):
        return None
    return at if at.tzinfo else None


def parsed(data: bytes | str) -> Any:  # noqa: ANN401 - whatever JSON there is
    """Read JSON as it came, with every text in it well-formed; None where it is none.

    A provider's words enter here and nowhere else. JSON can spell half of a surrogate pair, which
    no file, database or terminal takes.
    """
    try:
        return _mended(json.loads(data))
    except (ValueError, RecursionError):
        return None


def _mended(value: Any) -> Any:  # noqa: ANN401 - JSON
    match value:
        case str():
            return well_formed(value)
        case list():
            return [_mended(one) for one in value]
        case dict():
            return {well_formed(name): _mended(one) for name, one in value.items()}
        case _:
            return value


def well_formed(text: str) -> str:
    """Return a text with U+FFFD for each half of a surrogate pair."""
    return _HALVES.sub(BROKEN, text)


def is_id(name: object) -> TypeGuard[str]:
    """Tell whether a provider's name of a request can be kept, shown and asked with."""
    return (
        isinstance(name, str)
        and 0 < len(name) <= _LONGEST_ID
        and name.isprintable()
        and not any(one.isspace() or one == BROKEN for one in name)
    )


def excerpt(key: Key, response: httpx.Response) -> str:
    """Say what an unexpected answer was, in one line."""
    # As UTF-8 whatever it calls itself: the name of an encoding is the server's to invent.
    # Scrubbed before it is cut: half of a key is no key to be found, and still half of one.
    text = key.scrub(" ".join(response.content.decode("utf-8", "replace").split()))[:_EXCERPT]
    return f"it answered {response.status_code}" + (f": {text}" if text else "")
