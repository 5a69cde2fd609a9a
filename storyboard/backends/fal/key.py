"""The account's key, in a wrapper that does not show it."""

from collections.abc import Mapping

from storyboard.diagnostics import Code

NO_KEY = Code("SB821")


class MissingKey(Exception):  # noqa: N818 - told to users with exit code 7
    """No key in the environment, or none that is one."""

    code = NO_KEY
    message = "there is no usable FAL_KEY in the environment, and Kling needs one"
    help = (
        "make one at https://fal.ai/dashboard/keys and `export FAL_KEY=…`, or draw for nothing "
        "with `--backend animatic`"
    )

    def __init__(self) -> None:
        super().__init__(self.message)


class Key:
    """fal's key. It shows itself to nobody but `header`, which goes to fal's own hosts."""

    __slots__ = ("_secret",)

    def __init__(self, secret: str) -> None:
        self._secret = secret

    def __repr__(self) -> str:
        return "Key(…)"

    __str__ = __repr__

    def __reduce__(self) -> str:
        raise TypeError("a key is not written anywhere")

    @property
    def header(self) -> Mapping[str, str]:
        """Return the header that tells fal who asks."""
        return {"Authorization": f"Key {self._secret}"}

    def scrub(self, text: str) -> str:
        """Take the key, whole or its secret half, out of a text that somebody will read."""
        for part in (self._secret, self._secret.partition(":")[2]):
            if part:
                text = text.replace(part, "…")
        return text


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
    return Key(secret)
