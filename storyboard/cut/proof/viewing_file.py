"""Write a viewing as a small file that shows any damage to it, and read it back."""

import hashlib
import json
from typing import Any, cast

import numpy as np

from storyboard.cut.proof.viewing import Viewing
from storyboard.cut.watching import Look

_DIGEST = hashlib.sha256().digest_size
_SETS = ("damaged", "lost", "misplaced", "black", "still")
_ENDS = ("first", "last")


def written(viewing: Viewing) -> bytes:
    """Write a viewing: the digest of what follows, a line of JSON, the pixels of its ends."""
    ends = {name: getattr(viewing, name) for name in _ENDS}
    head: dict[str, object] = {name: sorted(getattr(viewing, name)) for name in _SETS}
    head |= {"stopped": viewing.stopped, "looks": viewing.looks}
    head |= {name: None if look is None else look.shape for name, look in ends.items()}
    pixels = b"".join(look.tobytes() for look in ends.values() if look is not None)
    body = json.dumps(head).encode() + b"\n" + pixels
    return hashlib.sha256(body).digest() + body


def read_viewing(data: bytes) -> Viewing | None:
    """Read a viewing; None if its file is damaged."""
    digest, body = data[:_DIGEST], data[_DIGEST:]
    if hashlib.sha256(body).digest() != digest:
        return None
    line, _, pixels = body.partition(b"\n")
    head = cast("dict[str, Any]", json.loads(line))
    known: dict[str, Any] = {name: frozenset(head[name]) for name in _SETS}
    at = 0
    for name in _ENDS:
        shape = head[name]
        look: Look | None = None
        if shape is not None:
            count = shape[0] * shape[1]
            look = np.frombuffer(pixels, np.uint8, count, at).reshape(shape)
            at += count
        known[name] = look
    known |= {"stopped": head["stopped"], "looks": tuple((a, b) for a, b in head["looks"])}
    return Viewing(**known)
