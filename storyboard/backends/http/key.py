"""An account's key, in a wrapper that does not show it."""

from collections.abc import Mapping


class Key:
    """An account's key. It shows itself to nobody but `header`, which goes to its own hosts only.

    `scheme` is the word before it in the header: `Bearer`, or what the provider wants.
    """

    __slots__ = ("_scheme", "_secret")

    def __init__(self, secret: str, scheme: str) -> None:
        self._secret = secret
        self._scheme = scheme

    def __repr__(self) -> str:
        return "Key(…)"

    __str__ = __repr__

    def __reduce__(self) -> str:
        raise TypeError("a key is not written anywhere")

    @property
    def header(self) -> Mapping[str, str]:
        """Return the header that tells the provider who asks."""
        return {"Authorization": f"{self._scheme} {self._secret}"}

    def scrub(self, text: str) -> str:
        """Take the key, whole or its secret half, out of a text that somebody will read."""
        for part in (self._secret, self._secret.partition(":")[2]):
            if part:
                text = text.replace(part, "…")
        return text
