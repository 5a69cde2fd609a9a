"""PyYAML's events to frozen nodes with their spans, and what is wrong with them."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import TypeAlias

import yaml

from storyboard.diagnostics import Code, Diagnostic, Related, Severity, Span, suggest
from storyboard.source.codes import (
    ALIAS_IN_ITSELF,
    ANCHOR_TWICE,
    COLON_OR_SPACE,
    DIRECTIVE,
    KEY_NOT_TEXT,
    KEY_TWICE,
    MERGE_KEY,
    SEVERAL_DOCUMENTS,
    TAG,
    TOO_DEEP,
    TOO_MANY_NODES,
    UNKNOWN_ALIAS,
    UNQUOTED_EXPRESSION,
)
from storyboard.source.comments import BEHIND_NOTHING
from storyboard.source.events import begin, end
from storyboard.source.frames import Anchored, Frame, Key, OpenMapping, OpenSequence, Skip
from storyboard.source.limits import Limits
from storyboard.source.mask import Mask
from storyboard.source.node import Entry, Mapping, Node, Scalar, Sequence
from storyboard.source.scalar import TooLargeError
from storyboard.source.scalar_node import (
    as_written,
    content_start,
    scalar_node,
    too_large,
    wrong_in,
)
from storyboard.source.spaces import before_key
from storyboard.source.tags import instead_of
from storyboard.source.text import Lines, without_halves

_YAML_VERSION = (1, 2)
_MOST_ANCHORS = 50
"""Anchors above an unknown alias that may have been meant: the nearest."""
_COLON = re.compile(r"\s*:")
_KEY_WITHOUT_SPACE = re.compile(r"([A-Za-z_][\w-]*):(?=[^\s/:])")
_Start: TypeAlias = yaml.MappingStartEvent | yaml.SequenceStartEvent


class _StopError(Exception):
    """Nothing after this place can be read with sense."""


@dataclass(slots=True)
class Lowering:
    """Takes events one by one; `root` is what they made, `found` what is wrong with it.

    An alias stands for the very node of its anchor, with the span where that is written: what is
    wrong with it is to be mended there. `complete` is False where reading stopped early.
    """

    lines: Lines
    mask: Mask
    limits: Limits
    root: Node | None = None
    found: list[Diagnostic] = field(default_factory=list)
    complete: bool = True
    _frames: list[Frame] = field(default_factory=list)
    _anchors: dict[str, Anchored] = field(default_factory=dict)
    _nodes: int = 0
    _repeated: int = 0
    _end: int = 0
    _documents: int = 0
    _skip: Skip | None = None

    def take_all(self, events: Iterable[yaml.Event]) -> None:
        """Lower every event, up to the first that makes no sense to read beyond."""
        try:
            for event in events:
                if self._skip is None:
                    self._take(event)
                else:
                    self._pass_over(event, self._skip)
        except _StopError:
            self.complete = False

    def _take(self, event: yaml.Event) -> None:
        match event:
            case yaml.ScalarEvent():
                self._scalar(event)
            case yaml.MappingStartEvent() | yaml.SequenceStartEvent():
                self._open(event)
            case yaml.MappingEndEvent() | yaml.SequenceEndEvent():
                self._close(event)
            case yaml.AliasEvent():
                self._alias(event)
            case yaml.DocumentStartEvent():
                self._document(event)
            case _:  # the ends of a document and of the stream, and the stream's start
                pass

    def _scalar(self, event: yaml.ScalarEvent) -> None:
        self._count(1, 1, event)
        try:
            node = scalar_node(event, self.lines, self.mask)
        except TooLargeError:
            node = as_written(event, self.lines, self.mask)
            self.found.append(too_large(node))
        if not event.value and not event.style:
            node = self._empty(node)
        if event.style == '"' and (wrong := tuple(wrong_in(node))):
            self.found.extend(wrong)
            # No later stage has to know what cannot be written to any file.
            node = replace(node, value=without_halves(str(node.value)))
        if event.tag is not None:
            # What else is wrong with the value follows from the tag, and is told by the place.
            node = replace(node, span=self._refuse_tag(event))
        self._end = end(event).index
        if event.style in {"|", ">"}:
            self._end = content_start(event, self.lines) + len(node.text)
        if event.anchor is not None:
            self._name(event.anchor, Anchored(node, 1, 1, node.span))
        frame = self._frames[-1] if self._frames else None
        if isinstance(frame, OpenMapping):
            if frame.key is None:
                self._key(frame, node)
                return
            self._check_colon(frame, frame.key, node)
        self._add(node, 1)

    def _empty(self, node: Scalar) -> Scalar:
        """Put an empty value after its colon; the parsers put it at different places."""
        frame = self._frames[-1] if self._frames else None
        if isinstance(frame, OpenSequence) and not node.text:
            after = self.lines.index(node.span.line, node.span.column)
            return replace(node, comment=self._comment_behind(after))
        if not isinstance(frame, OpenMapping) or frame.key is None or node.text:
            return node
        colon = _COLON.match(self.lines.text, self._end)
        after = colon.end() if colon else self._end
        comment = self._comment_behind(after)
        return replace(node, span=self.lines.span(after, after), comment=comment)

    def _comment_behind(self, place: int) -> str:
        """Return the comment that stands in the place of a value: `#fff` of `color: #fff`."""
        found = BEHIND_NOTHING.match(self.lines.text, place)
        return found[1].split(" #")[0].rstrip() if found else ""

    def _key(self, frame: OpenMapping, node: Scalar) -> None:
        if not isinstance(node.value, str):
            shown = f"`{node.text}`" if node.text else "nothing"
            self._refuse_key(node.span, f"a key is text, and {shown} is not")
            frame.key = Key(node, kept=False)
        elif node.value == "<<" and not node.quoted:
            self._report(
                MERGE_KEY,
                "`<<` does not merge: YAML 1.2 has no merge keys",
                node.span,
                "set what shots share on their scene, share elements with `use:`, "
                "or give the whole value with an alias (`key: *name`)",
            )
            frame.key = Key(node, kept=False)
        elif (first := frame.keys.get(node.value)) is not None:
            self._report(
                KEY_TWICE,
                f"the key `{node.value}` stands twice",
                node.span,
                "keep one of the two",
                Related("it stands here first", first.span),
            )
            frame.key = Key(node, kept=False)
        else:
            if strange := before_key(node.text, node.span):
                self.found.append(strange)
            frame.keys[node.value] = node
            frame.key = Key(node, kept=True)

    def _open(self, event: _Start) -> None:
        self._count(1, 1, event)
        if event.tag is not None:
            self._refuse_tag(event)
        start = content_start(event, self.lines)
        outer = self._frames[-1] if self._frames else None
        if isinstance(outer, OpenMapping) and outer.key is None:
            self._collection_as_key(event, outer, start)
            return
        flow = bool(event.flow_style)
        kind = OpenMapping if isinstance(event, yaml.MappingStartEvent) else OpenSequence
        self._frames.append(kind(start, flow, event.anchor, self._nodes))
        if event.anchor is not None:
            span = self.lines.span(start, start + 1)
            self._name(event.anchor, Anchored(None, 0, 0, span))

    def _close(self, event: yaml.CollectionEndEvent) -> None:
        frame = self._frames.pop()
        if frame.flow:
            self._end = end(event).index
        span = self.lines.span(frame.start, self._end)
        node: Node
        match frame:
            case OpenMapping():
                node = Mapping(tuple(frame.entries), span)
            case OpenSequence():
                node = Sequence(tuple(frame.items), span)
        if frame.anchor is not None:
            held = self._nodes - frame.nodes_before + 1
            self._anchors[frame.anchor] = Anchored(node, held, frame.height, span)
        self._add(node, frame.height)

    def _add(self, node: Node, height: int) -> None:
        if not self._frames:
            self.root = node
            return
        frame = self._frames[-1]
        frame.height = max(frame.height, height + 1)
        match frame:
            case OpenSequence():
                frame.items.append(node)
            case OpenMapping(key=Key(scalar, kept)):
                if kept:
                    frame.entries.append(Entry(scalar, node))
                frame.key = None
            case OpenMapping():
                raise AssertionError("a value came before its key")

    def _alias(self, event: yaml.AliasEvent) -> None:
        start, stop = begin(event).index, end(event).index
        span = self.lines.span(start, stop)
        self._end = stop
        name = event.anchor or ""
        named = self._anchors.get(name)
        node: Node = Scalar(None, self.lines.text[start:stop], span)
        height = 1
        if named is None:
            self._unknown_alias(name, span)
        elif named.node is None:
            self._report(
                ALIAS_IN_ITSELF,
                f"`*{name}` stands inside what it names, so it would never end",
                span,
                "write out what is meant",
                Related(f"`&{name}` begins here", named.span),
            )
        else:
            self._repeat(named.nodes, event)
            self._count(named.nodes, named.height, event)
            node, height = named.node, named.height
        frame = self._frames[-1] if self._frames else None
        if isinstance(frame, OpenMapping) and frame.key is None:
            self._refuse_key(span, "a key is text, and an alias is not")
            frame.key = Key(Scalar(None, "", span), kept=False)
        else:
            self._add(node, height)

    def _unknown_alias(self, name: str, span: Span) -> None:
        last = [*islice(reversed(self._anchors), _MOST_ANCHORS)]
        meant = suggest(name, reversed(last), "anchors above")
        quote = f"put the text in quotes if it is meant to begin with `*`: '*{name} …'"
        self._report(
            UNKNOWN_ALIAS,
            f"`*{name}` is an alias, and there is no anchor `&{name}` above it",
            span,
            f"{meant}; {quote}" if meant else quote,
        )

    def _document(self, event: yaml.DocumentStartEvent) -> None:
        self._documents += 1
        start, stop = begin(event).index, end(event).index
        if self._documents > 1:
            self._report(
                SEVERAL_DOCUMENTS,
                "a second document begins here; a storyboard file holds one",
                self.lines.span(start, stop),
                "put it in a file of its own, or delete the `---`",
            )
            raise _StopError
        if event.tags or event.version not in {None, _YAML_VERSION}:
            self._report(
                DIRECTIVE,
                "a storyboard is read as YAML 1.2, and this line asks for something else",
                self.lines.span(start, start + len(self.lines.line(start))),
                "delete the lines that begin with `%`",
            )

    def _collection_as_key(self, event: _Start, outer: OpenMapping, start: int) -> None:
        doubled = isinstance(event, yaml.MappingStartEvent) and start == outer.start + 1
        if outer.flow and doubled and self.lines.text.startswith("{{", outer.start):
            self._frames.pop()
            self._skip = Skip(outer.start, 2, expression=True)
            return
        self._skip = Skip(start, 1, expression=False)

    def _pass_over(self, event: yaml.Event, skip: Skip) -> None:
        """Pass over a collection that is no key; what looks like `{{ … }}` was meant as text."""
        self._count(1, skip.depth, event)
        match event:
            case yaml.CollectionStartEvent():
                skip.depth += 1
            case yaml.CollectionEndEvent():
                skip.depth -= 1
            case _:
                pass
        if skip.depth:
            return
        self._skip = None
        self._end = end(event).index
        span = self.lines.span(skip.start, self._end)
        text = self.lines.text[skip.start : self._end]
        if skip.expression:
            self._report(
                UNQUOTED_EXPRESSION,
                "an expression without quotes is a mapping to YAML",
                span,
                f'put it in quotes: "{text}"' if '"' not in text else f"put it in quotes: '{text}'",
            )
            self._add(Scalar(text, text, span), 1)
        elif isinstance(frame := self._frames[-1], OpenMapping):
            self._refuse_key(span, "a key is text, and a list or a mapping is not")
            frame.key = Key(Scalar(None, "", span), kept=False)

    def _check_colon(self, frame: OpenMapping, key: Key, node: Scalar) -> None:
        """Find `fps:24` under `format:`: it is text to YAML, and its colon misses a space."""
        if frame.flow or node.quoted or node.span.line == key.scalar.span.end_line:
            return
        if found := _KEY_WITHOUT_SPACE.match(node.text):
            self.report_colon(node, found[1])

    def report_colon(self, node: Scalar, key: str) -> None:
        """Say that a key's colon misses the space after it."""
        span, column = node.span, node.span.column + len(key)
        self._report(
            COLON_OR_SPACE,
            f"`{key}:` needs a space after its colon to be a key",
            Span(span.file, span.line, column, span.line, column + 1),
            f"write `{key}: …`; put the text in quotes if it is meant as text",
        )

    def _count(self, nodes: int, height: int, event: yaml.Event) -> None:
        self._nodes += nodes
        if self._nodes > self.limits.nodes:
            self._stop(
                TOO_MANY_NODES,
                f"the file holds more than {self.limits.nodes:,} values, aliases counted in full",
                "split it with `use:` and `extends:`, or put rows in a table",
                event,
            )
        if len(self._frames) + height > self.limits.depth:
            self._stop(
                TOO_DEEP,
                f"lists and mappings are nested more than {self.limits.depth} levels deep here",
                "no storyboard needs that: check the brackets and the indentation",
                event,
            )

    def _repeat(self, nodes: int, event: yaml.Event) -> None:
        self._repeated += nodes
        if self._repeated > self.limits.repeated:
            self._stop(
                TOO_MANY_NODES,
                f"aliases repeat more than {self.limits.repeated:,} values",
                "share elements and voices with `use:`, and repeat shots with `each`",
                event,
            )

    def _stop(self, code: Code, message: str, help_: str, event: yaml.Event) -> None:
        start = begin(event).index
        self._report(code, message, self.lines.span(start, start + 1), help_)
        raise _StopError

    def _name(self, anchor: str, named: Anchored) -> None:
        if (first := self._anchors.get(anchor)) is not None:
            self._report(
                ANCHOR_TWICE,
                f"the anchor `&{anchor}` stands twice",
                named.span,
                "give one of the two another name",
                Related("it stands here first", first.span),
            )
        self._anchors[anchor] = named

    def _refuse_tag(self, event: yaml.ScalarEvent | _Start) -> Span:
        start = self.lines.text.find("!", begin(event).index)
        stop = content_start(event, self.lines)
        tag = self.lines.text[start:stop].split()[0] if start < stop else "!"
        span = self.lines.span(start, start + len(tag))
        message = f"`{tag}` is a YAML tag, and a storyboard has none"
        self._report(TAG, message, span, instead_of(tag))
        return span

    def _refuse_key(self, span: Span, message: str) -> None:
        self._report(KEY_NOT_TEXT, message, span, "put the key in quotes, or give it a name")

    def _report(self, code: Code, message: str, span: Span, help_: str, *related: Related) -> None:
        self.found.append(Diagnostic(code, Severity.ERROR, message, span, help_, related))
