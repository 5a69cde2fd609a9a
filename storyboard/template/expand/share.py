"""A storyboard with `extends` and `use` to one with what those files hold, places kept."""

from dataclasses import dataclass, field

from storyboard.diagnostics import Diagnostic, Severity, Span, suggest
from storyboard.source import BEGIN, Document, Entry, Mapping, Node, Scalar, Sequence, read
from storyboard.template.codes import NOT_SHAREABLE, SHARED_CYCLE, SHARED_UNREADABLE
from storyboard.template.expand.files import Files, read_named
from storyboard.template.expand.place import Texts

USE, EXTENDS = "use", "extends"
SHAREABLE = ("elements", "voices", "brand", "variables")
_KEYS_OF_FILE = (*SHAREABLE, USE, "storyboard", "title", "description")
_SHARED = f"write in it what is shared: {', '.join(f'`{one}`' for one in SHAREABLE)}"
_START = Span("", 1, 1, 1, 1)
MAX_FILES = 100
"""Files that are read for one storyboard; one that two others share is read for each of them."""


@dataclass(slots=True)
class Sharing:
    """Reads shared files; keeps their texts and what is wrong."""

    files: Files
    texts: Texts
    problems: list[Diagnostic] = field(default_factory=list)
    _count: int = 0
    _known: dict[tuple[str, str], Document | None] = field(default_factory=dict)
    """What was read already, for a file may be named in several."""

    def merged(self, document: Document) -> Mapping:
        """Return the root with everything that it takes from other files."""
        return self._merged(document.root, (document.file,))

    def _merged(self, root: Mapping, chain: tuple[str, ...]) -> Mapping:
        below = self._base(root.get(EXTENDS), chain)
        shared = Mapping((), root.span)
        for path in self._paths(root.get(USE)):
            found = self._read(path, chain, _SHARED)
            if found is not None:
                inner, file = found
                self._only_shareable(inner)
                shared = merge(shared, self._merged(inner, (*chain, file)))
        own = Mapping(
            tuple(one for one in root.entries if one.key.value not in (USE, EXTENDS)), root.span
        )
        kept = tuple(one for one in shared.entries if one.key.value in SHAREABLE)
        return merge(merge(below, Mapping(kept, root.span)), own)

    def _base(self, path: Node | None, chain: tuple[str, ...]) -> Mapping:
        empty = Mapping((), _START)
        if path is None:
            return empty
        if not isinstance(path, Scalar):
            self._wrong(
                "`extends` names one storyboard", path, "write it like `extends: base.yaml`"
            )
            return empty
        found = self._read(path, chain, BEGIN)
        return empty if found is None else self._merged(found[0], (*chain, found[1]))

    def _paths(self, node: Node | None) -> tuple[Scalar, ...]:
        match node:
            case None:
                return ()
            case Scalar():
                return (node,)
            case Sequence() if all(isinstance(item, Scalar) for item in node.items):
                return tuple(item for item in node.items if isinstance(item, Scalar))
            case _:
                self._wrong("`use` names files", node, "write it like `use: [shared/cast.yaml]`")
                return ()

    def _read(self, path: Scalar, chain: tuple[str, ...], begin: str) -> tuple[Mapping, str] | None:
        self._count += 1
        if self._count > MAX_FILES:
            if self._count == MAX_FILES + 1:
                message = f"`use` and `extends` read more than {MAX_FILES} files"
                help_text = "put several files into one; one that two files use is read twice"
                self._wrong(message, path, help_text)
            return None
        found = read_named(path, self.files, SHARED_UNREADABLE)
        if isinstance(found, Diagnostic):
            self.problems.append(found)
            return None
        file, data = found
        if file in chain:
            message = f"`{file}` comes round to itself: {' → '.join((*chain, file))}"
            self.problems.append(
                Diagnostic(SHARED_CYCLE, Severity.ERROR, message, path.span, "take one of them out")
            )
            return None
        if (file, begin) not in self._known:
            result = read(data, file, begin=begin)
            self.problems += result.diagnostics
            self._known[file, begin] = result.value
            for name, text in result.value.texts if result.value else ():
                self.texts.add(name, text)
        known = self._known[file, begin]
        return None if known is None else (known.root, file)

    def _only_shareable(self, root: Mapping) -> None:
        for entry in root.entries:
            if entry.key.value not in _KEYS_OF_FILE:
                name = str(entry.key.value)
                self.problems.append(
                    Diagnostic(
                        NOT_SHAREABLE,
                        Severity.ERROR,
                        f"`{name}` cannot come from a file of `use`",
                        entry.key.span,
                        suggest(name, SHAREABLE, "keys that can")
                        or "start from a whole storyboard with `extends`",
                    )
                )

    def _wrong(self, message: str, node: Node, help_text: str) -> None:
        self.problems.append(
            Diagnostic(SHARED_UNREADABLE, Severity.ERROR, message, node.span, help_text)
        )


def merge(below: Mapping, above: Mapping) -> Mapping:
    """Lay one mapping over another: the one above wins, and keeps what only the other has.

    `key: null` above removes a key of the one below.
    """
    if not below.entries:
        return above
    over = {entry.key.value: entry for entry in above.entries}
    entries = [
        _over(entry, over.pop(entry.key.value)) if entry.key.value in over else entry
        for entry in below.entries
    ]
    kept = (one for one in entries if not _is_removal(one.value))
    return Mapping((*kept, *over.values()), above.span)


def _is_removal(node: Node) -> bool:
    """Tell `key: null` from a key whose value was forgotten."""
    return isinstance(node, Scalar) and node.value is None and bool(node.text)


def _over(below: Entry, above: Entry) -> Entry:
    match below.value, above.value:
        case Mapping() as lower, Mapping() as upper:
            return Entry(above.key, merge(lower, upper))
        case Sequence() as lower, Sequence() as upper if _have_ids(upper):
            return Entry(above.key, _by_id(lower, upper))
        case _:
            return above


def _have_ids(node: Sequence) -> bool:
    return bool(node.items) and all(_id(item) is not None for item in node.items)


def _id(node: Node) -> object:
    found = node.get("id") if isinstance(node, Mapping) else None
    return found.value if isinstance(found, Scalar) else None


def _by_id(below: Sequence, above: Sequence) -> Sequence:
    """Merge lists of things with ids; one without an id has its number as its id."""
    over: dict[str, list[Node]] = {}
    for item in above.items:
        over.setdefault(str(_id(item)), []).append(item)
    items: list[Node] = []
    for number, item in enumerate(below.items, 1):
        own = _id(item)
        found = over.get(str(own if own is not None else number))
        upper = found.pop(0) if found else None
        if isinstance(item, Mapping) and isinstance(upper, Mapping):
            items.append(merge(item, upper))
        else:
            items.append(item if upper is None else upper)
    # What is left is new; an id that stands twice stays twice, and is found by the checks.
    taken = {id(item) for rest in over.values() for item in rest}
    items += (item for item in above.items if id(item) in taken)
    return Sequence(tuple(items), above.span)
