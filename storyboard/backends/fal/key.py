"""The environment into fal's key."""

from collections.abc import Mapping

from storyboard.backends.http import Key
from storyboard.diagnostics import Code
from storyboard.provider import NotReady

NO_KEY = Code("SB821")


class MissingKey(NotReady):
    """No key in the environment, or none that is one."""

    def __init__(self) -> None:
        super().__init__(
            NO_KEY,
            "there is no usable FAL_KEY in the environment, and Kling needs one",
            "make one at https://fal.ai/dashboard/keys and `export FAL_KEY=…`, or draw for nothing "
            "with `--backend animatic`",
        )


def key_of(environment: Mapping[str, str]) -> Key:
    """Read the key as fal's own client does: FAL_KEY, or FAL_KEY_ID and FAL_KEY_SECRET.

    Raises:
        MissingKey: where there is none.
    """
    secret = environment.get("FAL_KEY", "").strip()
    if not secret:
        halves = [environment.get(name, "").strip() for name in ("FAL_KEY_ID", "FAL_KEY_SECRET")]
        secret = ":".join(halves) if all(halves) else ""
    # What no header can hold would fail each request at a point where it may look as sent.
    if not secret or not secret.isascii() or not secret.isprintable() or " " in secret:
        raise MissingKey
    return Key(secret, "Key")
