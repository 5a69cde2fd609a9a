"""Addresses to which anything is sent at all."""

from urllib.parse import urlsplit

import httpx

_LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})


def is_safe(url: str) -> bool:
    """Tell whether an address is https, or plain http on this very machine.

    What cannot be asked for at all is neither: a port that is no number, half a letter.
    """
    try:
        httpx.URL(url)
        parts = urlsplit(url)
        host = parts.hostname or ""
    except (httpx.InvalidURL, ValueError):
        return False
    if not host or parts.username or parts.password:
        return False
    return parts.scheme == "https" or (parts.scheme == "http" and host in _LOOPBACK)
