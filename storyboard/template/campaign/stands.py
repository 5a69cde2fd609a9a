"""A column to where it stands in a storyboard: in titles, which cost nothing, or in requests."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from storyboard.diagnostics import Span
from storyboard.source import Route
from storyboard.template.expand.build import Use
from storyboard.template.table.row import Row

FREE = frozenset(
    (
        *("titles", "caption", "cut", "outputs", "brand", "transition", "at", "for"),
        *("still", "footage", "move", "from", "to", "sound_track"),
        *("title", "description", "budget", "name", "where", "group_by", "id"),
    )
)
"""What concerns the cut only, or words for people: it is in no request."""
_NOUNS = {
    "prompt": ("prompt", "prompts"),
    "say": ("line of speech", "lines of speech"),
    "start": ("start frame", "start frames"),
    "end": ("end frame", "end frames"),
    "titles": ("title", "titles"),
    "still": ("picture", "pictures"),
    "footage": ("clip", "clips"),
    "caption": ("caption", "captions"),
    "style": ("style", "styles"),
    "duration": ("duration", "durations"),
    "when": ("condition", "conditions"),
    "in": ("list of `each`", "lists of `each`"),
    "about": ("element", "elements"),
    "title": ("name of the film", "names of the film"),
    "name": ("name of the variation", "names of the variation"),
    "where": ("`where`", "`where`"),
    "group_by": ("`group_by`", "`group_by`"),
}
_WHOLE = frozenset(("titles", "say", "cut", "outputs", "brand"))
_ABOUT = frozenset(("name", "where", "group_by"))
DECIDING = frozenset(("when", "in"))
"""What decides which shots there are; it is in no request itself."""


@dataclass(frozen=True, slots=True)
class Standing:
    """A use of a column: what kind of key it is, whether it reaches a request, and where it is."""

    kind: str
    reaches: bool
    span: Span


def standings(uses: Iterable[Use], row: Row) -> dict[str, tuple[Standing, ...]]:
    """List where each column stands, through variables whose defaults read it too."""
    uses = tuple(uses)
    through = _through(uses)
    found: dict[str, dict[Standing, None]] = {}
    for use in uses:
        if use.route[:1] == ("variables",):
            continue
        kind = kind_of_route(use.route)
        standing = Standing(kind, _reaches(use.route, kind), use.span)
        for name in _closed(use.names, through):
            column = row.column(name.partition(":")[2] or name)
            if column is not None:
                found.setdefault(column, {})[standing] = None
    return {column: tuple(some) for column, some in found.items()}


def kind_of_route(route: Route) -> str:
    """Name the key that decides what a scalar is for: `titles`, `say`, `prompt`, …."""
    keys = [step for step in route if isinstance(step, str)]
    return next((key for key in keys if key in _WHOLE), keys[-1] if keys else "")


def _reaches(route: Route, kind: str) -> bool:
    if kind in FREE:
        return False
    return not (kind in DECIDING and "titles" in route)


def in_words(some: Iterable[Standing]) -> str:
    """Say where a column stands: `2 prompts and 1 title`; its part in names where that is all."""
    every = tuple(some)
    counts = Counter(one.kind for one in every if one.kind not in _ABOUT)
    counts = counts or Counter(one.kind for one in every)
    parts = []
    for kind, count in counts.items():
        one, many = _NOUNS.get(kind, (f"`{kind}`", f"`{kind}`"))
        parts.append(f"{count} {one if count == 1 else many}")
    return " and ".join((", ".join(parts[:-1]), parts[-1])) if len(parts) > 1 else "".join(parts)


def _through(uses: Iterable[Use]) -> Mapping[str, tuple[str, ...]]:
    """Lead from variables to the names that their defaults read."""
    found: dict[str, list[str]] = {}
    for use in uses:
        if use.route[:1] == ("variables",) and len(use.route) > 1:
            found.setdefault(str(use.route[1]), []).extend(use.names)
    return {name: tuple(names) for name, names in found.items()}


def _closed(names: Iterable[str], through: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    seen = dict.fromkeys(names)
    waiting = list(seen)
    while waiting:
        for name in through.get(waiting.pop(), ()):
            if name not in seen:
                seen[name] = None
                waiting.append(name)
    return tuple(seen)
