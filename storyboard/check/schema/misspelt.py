"""A key that is missing to whether it is there under a wrong name: one mistake, not two."""

from collections.abc import Collection
from typing import cast

from storyboard.check.schema.mistake import Mistake
from storyboard.diagnostics import nearest
from storyboard.source import Mapping


def is_misspelt(mistake: Mistake, unknown: Collection[int]) -> bool:
    """Tell whether what is missing is a key that stands there misspelt, and is told as that.

    `unknown` are the identities of the entries whose keys the language does not have.
    """
    match mistake.keyword:
        case "required":
            wanted = {str(mistake.detail)}
        case "oneOf" if not mistake.detail:
            parts = cast("list[dict[str, list[str]]]", mistake.schema["oneOf"])
            wanted = {one["required"][0] for one in parts}
        case _:
            return False
    entries = mistake.node.entries if isinstance(mistake.node, Mapping) else ()
    return any(nearest(one.key.text, wanted) for one in entries if id(one) in unknown)


def stands_misspelt(node: Mapping, key: str) -> bool:
    """Tell whether a mapping has a key that is nearly this one."""
    return any(nearest(one.key.text, (key,)) for one in node.entries if one.key.text != key)
