"""Read a lock in whatever form it is, and find all that is wrong with it."""

import re
from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Mapping as Dictionary
from typing import TypeAlias

from storyboard.catalogue import EndpointId
from storyboard.diagnostics import (
    Code,
    Diagnostic,
    Related,
    Result,
    Severity,
    Span,
    has_errors,
    in_order,
)
from storyboard.jobs import JobDigest, ShotDigest
from storyboard.lock.canonical import entry_parts
from storyboard.lock.decision import (
    Approval,
    Decision,
    LockedTake,
    Pick,
    SeenShot,
    Superseded,
    Verdict,
    is_beyond,
)
from storyboard.lock.lock_text import length_text, text
from storyboard.lock.locked import (
    VERSION,
    Lock,
    LockedClips,
    LockedFile,
    LockedShot,
    Override,
    ShotKind,
    entry_name,
)
from storyboard.lock.merge_marks import conflicts
from storyboard.lock.node_values import NOT_THERE, RESTORE, WRONG, NodeValues, is_none
from storyboard.model import AspectRatio, ClipDigest, FileDigest, ShotName
from storyboard.source import Document, Lines, Mapping, Node, Scalar, as_text, read

LATER = Code("SB922")
TWICE = Code("SB924")
COMMENT_LOST = Code("SB928")

_BEGIN = f"begin it with `version: {VERSION}`; `git log -p` shows how it was"
_NAME = re.compile(r"[^/@\s][^/@]*/[^/@]+(?:@[1-9][0-9]{0,4}:[1-9][0-9]{0,4})?")
_QUOTED = re.compile(r'"(?:[^"\\]|\\.)*"')
_COMMENT = re.compile(r"(?:^|\s)#.*")

_TAKE = (
    "take",
    "clip",
    "at",
    "used",
    "endpoint",
    "request",
    "price",
    "job",
    "rendering",
    "size",
    "length",
)
_PICK = (*_TAKE, "asks", "by", "when")
_APPROVAL = ("verdict", "why", "clip", "at", "used", "crop", "asks", "by", "when")
_DECISION = ("pick", "superseded", "approval")

Parts: TypeAlias = Dictionary[str, Node]
"""What is behind each key."""


def read_fully(data: bytes, file: str) -> Result[Lock]:
    """Read a lock; there is a value only if nothing that is in the file would be lost."""
    lines = Lines(file, as_text(data))
    merge = conflicts(lines)
    if merge:
        return Result(None, merge)
    document = read(data, file, begin=_BEGIN)
    if document.value is None:
        return Result(None, document.diagnostics)
    values = NodeValues([*document.diagnostics])
    lock = _lock(document.value, values)
    if lock is None or has_errors(values.found):
        return Result(None, in_order(values.found))
    return Result(lock, (*in_order(values.found), *_comments(lines, lock)))


def _lock(document: Document, values: NodeValues) -> Lock | None:
    root = document.root
    version = root.get("version")
    if not _is_ours(version, root, values):
        return None
    parts = values.keys(root, "a lock", ("version", "clips", "shots"), ("files", "libraries"))
    shots = tuple(_entry(one, values) for one in values.items(parts["shots"], "shots"))
    files = [_file(one, values) for one in values.items(parts["files"], "files")]
    _once(values, ((one.span, key) for one in shots for key in _keys(one)))
    _once(values, ((span, f"file `{file.path}`") for span, file in files))
    return Lock(
        shots,
        tuple(sorted((file for _, file in files), key=lambda one: one.path)),
        tuple(sorted(_libraries(parts["libraries"], values))),
        values.word(parts["clips"], "clips", LockedClips),
    )


def _is_ours(version: Node | None, root: Mapping, values: NodeValues) -> bool:
    match version:
        case Scalar(value=int() as number) if number == VERSION and number is not True:
            return True
        case Scalar(value=int() as number) if number > VERSION:
            message = f"this lock has version {number}; this storyboard reads {VERSION}"
            help_ = "install the version of storyboard that wrote it; nothing was changed"
            values.report(LATER, message, version.span, help_)
        case _:
            span = version.span if version else root.span
            values.report(WRONG, f"this is not a lock of version {VERSION}", span, _BEGIN)
    return False


def _entry(node: Node, values: NodeValues) -> LockedShot:
    further = ("films", *_DECISION, "overrides")
    parts = values.keys(node, "an entry", ("shot", "kind"), further)
    name, ratio = _name(parts["shot"], values)
    kind = values.word(parts["kind"], "kind", ShotKind)
    decision = _decision(parts, values)
    if kind is not ShotKind.PROMPT and decision.takes:
        message = f"`{name}` is of the kind `{kind}`, which has no takes to pick from"
        help_ = "delete its `pick` and what is superseded"
        values.report(WRONG, message, parts["kind"].span, help_)
    films: tuple[str, ...] | None = None
    if parts["films"] is not NOT_THERE:
        items = values.items(parts["films"], "films")
        films = tuple(values.text(one, "films") for one in items)
    overrides = [_override(one, values) for one in values.items(parts["overrides"], "overrides")]
    _once(values, ((span, f"override of `{one.film}`") for span, one in overrides))
    return LockedShot(
        name=name,
        kind=kind,
        decision=decision,
        ratio=ratio,
        films=films,
        overrides=tuple(sorted((one for _, one in overrides), key=lambda one: one.film)),
        span=parts["shot"].span,
    )


def _name(node: Node, values: NodeValues) -> tuple[ShotName, AspectRatio | None]:
    written = values.text(node, "shot")
    if node is NOT_THERE or not written:
        return ShotName(""), None
    if not _NAME.fullmatch(written):
        help_ = "write the names of its scene and its shot, like `opening/pour`"
        values.report(WRONG, f"`{written}` is not the name of a shot", node.span, help_)
        return ShotName(""), None
    return entry_parts(written)


def _override(node: Node, values: NodeValues) -> tuple[Span, Override]:
    parts = values.keys(node, "an override", ("film",), _DECISION)
    film = values.text(parts["film"], "film")
    return parts["film"].span, Override(film, _decision(parts, values))


def _decision(parts: Parts, values: NodeValues) -> Decision:
    pick = None if is_none(parts["pick"]) else _pick(parts["pick"], values)
    former = values.items(parts["superseded"], "superseded")
    approval = None if is_none(parts["approval"]) else _approval(parts["approval"], values)
    return Decision(pick, tuple(_superseded(one, values) for one in former), approval)


def _pick(node: Node, values: NodeValues, further: Sequence[str] = ()) -> Pick:
    parts = values.keys(node, "a pick", (*further, *_PICK))
    take = LockedTake(
        number=values.count(parts["take"], "take", 1),
        clip=ClipDigest(values.digest(parts["clip"], "clip")),
        at=values.length(parts["at"], "at"),
        used=values.length(parts["used"], "used"),
        endpoint=EndpointId(values.text(parts["endpoint"], "endpoint")),
        request=values.text(parts["request"], "request"),
        price=values.price(parts["price"], "price"),
        job=JobDigest(values.digest(parts["job"], "job")),
        rendering=values.count(parts["rendering"], "rendering", 1),
        size=values.count(parts["size"], "size", 0),
        length=values.length(parts["length"], "length"),
    )
    if take.length and is_beyond(take):
        message = f"`at` and `used` reach beyond the clip, which is {length_text(take.length)} long"
        values.report(WRONG, message, parts["used"].span, RESTORE)
    asks = ShotDigest(values.digest(parts["asks"], "asks"))
    by, when = values.text(parts["by"], "by"), values.time(parts["when"], "when")
    return Pick(take, asks, by, when)


def _superseded(node: Node, values: NodeValues) -> Superseded:
    key = "gave_way_to"
    pick = _pick(node, values, (key,))
    newer = node.get(key) if isinstance(node, Mapping) else None
    return Superseded(pick, ShotDigest(values.digest(newer or NOT_THERE, key)))


def _approval(node: Node, values: NodeValues) -> Approval:
    parts = values.keys(node, "an approval", _APPROVAL)
    asks = None if is_none(parts["asks"]) else ShotDigest(values.digest(parts["asks"], "asks"))
    seen = SeenShot(
        ClipDigest(values.digest(parts["clip"], "clip")),
        values.length(parts["at"], "at"),
        values.length(parts["used"], "used"),
        values.text(parts["crop"], "crop"),
        asks,
    )
    return Approval(
        verdict=values.word(parts["verdict"], "verdict", Verdict),
        seen=seen,
        by=values.text(parts["by"], "by"),
        when=values.time(parts["when"], "when"),
        why=values.text(parts["why"], "why"),
    )


def _file(node: Node, values: NodeValues) -> tuple[Span, LockedFile]:
    parts = values.keys(node, "a file", ("path", "sha256"))
    digest = FileDigest(values.digest(parts["sha256"], "sha256"))
    return parts["path"].span, LockedFile(values.text(parts["path"], "path"), digest)


def _libraries(node: Node, values: NodeValues) -> Iterator[tuple[str, str]]:
    if isinstance(node, Mapping):
        for one in node.entries:
            yield str(one.key.value), values.text(one.value, str(one.key.value))
    elif node is not NOT_THERE:
        help_ = "write `libraries: {}` for none"
        values.report(WRONG, "`libraries` has names with versions", node.span, help_)


def _keys(entry: LockedShot) -> Iterator[str]:
    """Yield what no other entry may be of."""
    name = f"shot `{entry_name(entry.name, entry.ratio)}`"
    if not entry.name:
        return  # it has an error of its own
    if entry.films is None:
        yield name
    for film in entry.films or ():
        yield f"{name} of film `{film}`"


def _once(values: NodeValues, named: Iterable[tuple[Span | None, str]]) -> None:
    first: dict[str, Span] = {}
    for span, name in named:
        if span is None:
            continue
        if name in first:
            values.report(
                TWICE,
                f"the {name} has two entries",
                span,
                "keep the one that is right, and delete the other",
                Related("the first one", first[name]),
            )
        first.setdefault(name, span)


def _comments(lines: Lines, lock: Lock) -> Iterator[Diagnostic]:
    """Find comments that would be gone once the program writes the file."""
    kept = {one.strip() for one in text(lock).split("\n") if one.lstrip().startswith("#")}
    for number, line in enumerate(lines.text.replace("\r\n", "\n").split("\n"), 1):
        found = _COMMENT.search(_QUOTED.sub(lambda it: "_" * len(it[0]), line))
        comment = line[found.start() :].strip() if found else ""
        if found and comment not in kept:
            column = line.index("#", found.start()) + 1
            yield Diagnostic(
                COMMENT_LOST,
                Severity.NOTE,
                "this comment is lost when storyboard writes the lock again",
                Span(lines.file, number, column, number, column + len(comment)),
                "write it into the storyboard, or say it with `storyboard approve` or `reject`",
            )
