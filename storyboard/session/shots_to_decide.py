"""Offer shots of films to whoever decides, and find those and the takes that are named."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from storyboard.diagnostics import nearest
from storyboard.lock import AskedShot, LockedTake, SeenShot, entry_name
from storyboard.session.errors import AskError

LEAST_DIGITS = 6
"""Digits of a clip's SHA-256 that name a take."""


@dataclass(frozen=True, slots=True)
class OfferedShot:
    """A shot of a film, and what can be decided for it.

    `takes` are those whose clips are kept, by their numbers; `shown` is the one that the film
    shows, None for a slate, a still and footage. `seen` is what can be approved: None for a slate,
    and for a clip of older words.
    """

    asked: AskedShot
    takes: tuple[LockedTake, ...]
    shown: LockedTake | None
    seen: SeenShot | None

    @property
    def name(self) -> str:
        """Name its entry: `opening/pour`, `opening/pour@9:16`."""
        return entry_name(self.asked.name, self.asked.ratio)


def shots_named(
    shots: Sequence[OfferedShot], name: str, film: str | None = None
) -> tuple[OfferedShot, ...]:
    """Return the shots of a name in all films, or in one.

    A name without a ratio stands for the one that the shot has, if it has but one.

    Raises:
        AskError: there is no such shot, or no such film.
    """
    within = tuple(_of_film(shots, film))
    found = tuple(one for one in within if one.name == name)
    if found:
        return found
    ratios = {one.name: None for one in within if one.asked.name == name}
    if len(ratios) == 1:
        return tuple(one for one in within if one.name in ratios)
    if ratios:
        raise AskError(f"shot `{name}` is rendered at several ratios", f"name {_or(ratios)}")
    raise _unknown_shot(name, dict.fromkeys(one.name for one in within))


def _of_film(shots: Iterable[OfferedShot], film: str | None) -> Iterator[OfferedShot]:
    films = {one.asked.film: None for one in shots}
    if film is not None and film not in films:
        named = [one for one in films if one is not None]
        near = nearest(film, named)
        hint = f"did you mean {near}?" if near else f"there are {', '.join(named[:8])}"
        if not named:
            hint = "the storyboard has no variations: leave out --film"
        raise AskError(f"there is no film `{film}`", hint)
    yield from (one for one in shots if film is None or one.asked.film == film)


def _unknown_shot(name: str, known: Iterable[str]) -> AskError:
    listed = [*known]
    ends = [one for one in listed if one.partition("/")[2] == name]
    near = nearest(name, listed)
    if ends:
        hint = f"name its scene as well: {_or(ends)}"
    elif near:
        hint = f"did you mean {near}?"
    else:
        hint = f"there are {', '.join(listed[:8])}{' …' if listed[8:] else ''}"
    return AskError(f"there is no shot `{name}`", hint)


def not_to_judge(shots: Sequence[OfferedShot]) -> None:
    """Make sure that something is seen of shots, of which somebody can say whether it is good.

    Raises:
        AskError: one shows a slate, or a clip of older words; all of them are named.
    """
    slates = dict.fromkeys(one.name for one in shots if one.seen is None and one.shown is None)
    stale = dict.fromkeys(one.name for one in shots if one.seen is None and one.shown is not None)
    told = [f"there is no clip of {', '.join(slates)}"] if slates else []
    told += [f"a clip of older words is shown of {', '.join(stale)}"] if stale else []
    if not told:
        return
    advice = ["storyboard render FILE renders them"]
    advice += [f"storyboard pick FILE {' '.join(stale)} --keep accepts it"] if stale else []
    raise AskError(f"{', and '.join(told)}: nothing was changed", "; ".join(advice))


def take_named(word: str, shots: Sequence[OfferedShot]) -> LockedTake:
    """Return the take of a shot that a word names: by its number, or by the digits of its clip.

    `shots` are one shot in several films; their takes are of one kind.

    Raises:
        AskError: there is none, or there are several.
    """
    clips = {take.clip: take for one in shots for take in one.takes}
    if word.isascii() and word.isdigit() and len(word) < LEAST_DIGITS:
        found = {take.clip: take for one in shots for take in one.takes if take.number == int(word)}
        what = f"take {word}"
    else:
        digits = word.lower()
        if len(digits) < LEAST_DIGITS or set(digits) - set("0123456789abcdef"):
            raise AskError(
                f"`{word}` is not a take",
                "give its number, or at least "
                f"{LEAST_DIGITS} digits of its clip's SHA-256: storyboard takes FILE",
            )
        found = {clip: take for clip, take in clips.items() if clip.startswith(digits)}
        what = f"take with a clip {digits}…"
    name = shots[0].name
    if len(found) > 1:
        raise AskError(
            f"shot `{name}` has more than one {what}",
            f"name one by its clip: {_or(one[:12] for one in found)}",
        )
    if not found:
        raise AskError(f"shot `{name}` has no {what}", _those_there(clips.values()))
    return next(iter(found.values()))


def _those_there(takes: Iterable[LockedTake]) -> str:
    listed = [f"{one.number} ({one.clip[:12]})" for one in takes]
    if not listed:
        return "nothing is rendered of it yet: storyboard render FILE"
    return f"it has {', '.join(listed)}; storyboard takes FILE shows them"


def _or(names: Iterable[str]) -> str:
    return " or ".join(names)
