"""A storyboard's text and files to what `expand` makes of them, in words that tests can read."""

from collections.abc import Mapping

from storyboard.diagnostics import Diagnostic, Result
from storyboard.model.asset import Unusable
from storyboard.source import Document, Entry, Node, Scalar, Sequence, read
from storyboard.source import Mapping as MappingNode
from storyboard.template import Files, Value, Variation, expand
from storyboard.template.expressions.value import of_node

HEAD = "storyboard: 1\n"


def document_of(text: str, file: str = "storyboard.yaml") -> Document:
    """Read a storyboard that has to be readable."""
    result = read(text.encode(), file)
    assert result.value is not None, result.diagnostics
    return result.value


def files_of(files: Mapping[str, str | bytes]) -> Files:
    """Stand in for the disk."""

    def look(name: str) -> bytes | Unusable:
        data = files.get(name)
        if data is None:
            return Unusable("missing", "there is no such file")
        return data.encode() if isinstance(data, str) else data

    return look


def expanded(
    text: str, files: Mapping[str, str | bytes] | None = None, **given: str
) -> Result[tuple[Variation, ...]]:
    """Expand a storyboard with the files it names."""
    return expand(document_of(text), files_of(files or {}), given)


def films(
    text: str, files: Mapping[str, str | bytes] | None = None, **given: str
) -> list[dict[str, Value]]:
    """Expand a storyboard that has no mistakes; its variations as plain values."""
    result = expanded(text, files, **given)
    assert [one for one in result.diagnostics if one.severity == "error"] == []
    assert result.value is not None
    return [plain(one) for one in result.value]


def plain(variation: Variation) -> dict[str, Value]:
    """Return a variation's document as plain values."""
    value = of_node(variation.document.root)
    assert isinstance(value, dict)
    return value


def codes(found: tuple[Diagnostic, ...]) -> list[str]:
    """Return the codes of diagnostics, in order."""
    return [one.code for one in found]


def shape(node: Node) -> object:
    """Return the structure of a node: keys and lengths, without values."""
    match node:
        case Scalar():
            return "scalar"
        case Sequence():
            return [shape(item) for item in node.items]
        case MappingNode():
            return {_key(entry): shape(entry.value) for entry in node.entries}


def _key(entry: Entry) -> str:
    return str(entry.key.value)
