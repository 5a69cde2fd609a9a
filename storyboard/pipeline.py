"""Compile a storyboard file to a plan: the stages in their order, on one screen.

Everything here is pure. What the stages need from the disk is handed in as a `World`, which
`storyboard.from_disk` makes.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeAlias

from storyboard.catalogue import Catalogue, EndpointId, Price, load
from storyboard.catalogue.prices import read_prices
from storyboard.check import Checker
from storyboard.check.reading import child
from storyboard.diagnostics import (
    Diagnostic,
    Earlier,
    Result,
    has_errors,
    in_order,
)
from storyboard.jobs import Job, pack_together
from storyboard.model.asset import LocalFile, Reach, Unusable
from storyboard.model.storyboard import AspectRatio, Fit, Storyboard
from storyboard.plan import Plan, StoreView, Wanted, over, plan, too_dear
from storyboard.source import as_text, read
from storyboard.template import Variation, expand, gather
from storyboard.template.campaign.agree import Agreement
from storyboard.template.campaign.choose import ALL, Choice, NoChoice, why_none

Packed: TypeAlias = dict[AspectRatio | None, Result[tuple[Job, ...]]]
"""A storyboard's jobs, by the ratio they are rendered at; None is the shots' own."""


Finding: TypeAlias = tuple[Variation, tuple[Diagnostic, ...]]
"""A variation, and what is wrong with it."""


@dataclass(frozen=True, slots=True)
class Ask:
    """What is to be compiled.

    `variables` are given by `--var`, `choice` by `--only` and `--rows`.
    """

    storyboard: Path
    variables: Mapping[str, str] = field(default_factory=dict)
    reach: Reach = Reach.PROJECT
    choice: Choice = ALL


@dataclass(frozen=True, slots=True)
class Compiled:
    """What came of it.

    `plan` is None where there are errors. `texts` are the files that the diagnostics point into.
    `findings` are the chosen variations, each with what was found in it alone.
    """

    project: Path
    catalogue: Catalogue
    findings: tuple[Finding, ...]
    wanted: tuple[Wanted, ...]
    plan: Plan | None
    held: StoreView
    diagnostics: tuple[Diagnostic, ...]
    texts: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class World:
    """What a compile needs to know of the world, as values and as functions that look at it.

    `storyboard` and `prices` are the bytes of the two files, `prices` with its name and None if
    the project has no prices of its own. `facts` and `read` look at files by the names that a
    storyboard uses; `texts` holds what `read` has read. `measure` sets titles in their fonts.
    """

    project: Path
    held: StoreView
    storyboard: bytes
    prices: tuple[str, bytes] | None
    facts: Callable[[Iterable[str]], Mapping[str, LocalFile | Unusable]]
    read: Callable[[str], bytes | Unusable]
    texts: Mapping[str, bytes]
    measure: Callable[[Storyboard], tuple[Diagnostic, ...]]


def compile_in(world: World, ask: Ask) -> Compiled:
    """Compile a storyboard to its plan. Mistakes come back as diagnostics, all of them.

    Raises:
        NoChoice: if the choice says nothing that can be followed, or takes no variation.
    """
    name, held = str(ask.storyboard), world.held
    prices = _own_prices(world)
    catalogue = load(prices.value)
    document = read(world.storyboard, name)
    if document.value is None:
        found = (*prices.diagnostics, *document.diagnostics)
        texts = _texts(world) | {name: as_text(world.storyboard)}
        return Compiled(world.project, catalogue, (), (), None, held, found, texts)
    expanded = expand(document.value, world.read, ask.variables)
    variations = expanded.value or ()
    stages = Stages(world, catalogue, film_name(ask.storyboard))
    # All variations are packed, whichever are chosen: a shot that ten films share is asked for as
    # it will be asked for when the other nine are rendered, and so is not paid for again then.
    every = stages.films(variations)
    pairs = zip(variations, every, strict=True)
    chosen = [(one, films) for one, films in pairs if ask.choice.takes(one)]
    read_found = (*prices.diagnostics, *document.diagnostics, *expanded.diagnostics)
    earlier = Earlier.of(read_found)
    told = [(one, earlier.without_followers(films.diagnostics)) for one, films in chosen]
    findings = tuple((one, (*one.found, *rest)) for one, rest in told)
    wanted = tuple(film for _, films in chosen for film in films.value or ())
    found = in_order((*read_found, *gather(told)))
    if variations and not chosen and not has_errors(found):
        raise NoChoice(why_none(ask.choice, variations))
    among = [film for films in every for film in films.value or ()]
    made = None if has_errors(found) else plan(wanted, held, among)
    if made is not None and chosen:
        found = in_order((*found, *_too_dear(made, chosen[0][0])))
    texts = _texts(world) if found else {}
    # What was expanded has the texts as they were read: tables in their own encoding.
    texts |= dict((variations[0].document if variations else document.value).texts)
    return Compiled(world.project, catalogue, findings, wanted, made, held, found, texts)


def _texts(world: World) -> dict[str, str]:
    """Return what was read, for the excerpts of diagnostics."""
    prices = () if world.prices is None else (world.prices,)
    return {name: as_text(text) for name, text in (*prices, *world.texts.items())}


def _too_dear(made: Plan, variation: Variation) -> tuple[Diagnostic, ...]:
    """Find what costs more than the storyboard's budget, where that is written."""
    budget = variation.document.root.get("budget")
    places = {key: node.span for key in ("max", "each") if (node := child(budget, key)) is not None}
    return too_dear(over(made), places)


@dataclass(frozen=True, slots=True)
class Stages:
    """From plain documents to the films they want: check each, then pack all of them together."""

    world: World
    catalogue: Catalogue
    name: str

    def films(self, variations: Iterable[Variation]) -> list[Result[tuple[Wanted, ...]]]:
        """Return for each variation the films it wants, and all that is wrong with it."""
        agreement, checker = Agreement(), Checker(self.catalogue, self.name)
        named = [(one.name, self.checked(one, checker, agreement)) for one in variations]
        boards = [one.value for _, one in named if one.value is not None]
        packed = iter(self.packed(boards))
        return [
            Result(None, one.diagnostics)
            if one.value is None
            else _wanted(name, one.value, one.diagnostics, next(packed))
            for name, one in named
        ]

    def checked(
        self, variation: Variation, checker: Checker, agreement: Agreement
    ) -> Result[Storyboard]:
        """Check a plain document: its files, titles in their fonts, prices that must agree."""
        document = variation.document
        assets = self.world.facts(use.path for use in checker.asset_uses(document))
        found = checker.check(document, assets)
        if found.value is None:
            return found
        more = (
            *self.world.measure(found.value),
            *agreement.disagreements(variation),
        )
        return Result(found.value, (*found.diagnostics, *more))

    def packed(self, boards: Sequence[Storyboard]) -> list[Packed]:
        """Pack storyboards together, for their own ratio and for each that is rendered anew."""
        packed: list[Packed] = [{} for _ in boards]
        ratios = dict.fromkeys(ratio for board in boards for ratio in _ratios(board))
        for ratio in (None, *ratios):
            places = [n for n, one in enumerate(boards) if ratio in (None, *_ratios(one))]
            together = pack_together(
                [boards[n] for n in places], self.catalogue, self.world.held.rendered, ratio
            )
            for n, result in zip(places, together, strict=True):
                packed[n][ratio] = result
        return packed


def _ratios(storyboard: Storyboard) -> list[AspectRatio]:
    return [one.format.aspect_ratio for one in storyboard.outputs if one.fit is Fit.RENDER]


def _wanted(
    variation: str | None,
    storyboard: Storyboard,
    before: tuple[Diagnostic, ...],
    packed: Packed,
) -> Result[tuple[Wanted, ...]]:
    """Put outputs with the jobs they are cut from: one film for all that share them."""
    found = [*before]
    found += dict.fromkeys(one for result in packed.values() for one in result.diagnostics)
    same = tuple(one.name for one in storyboard.outputs if one.fit is not Fit.RENDER)
    films = [Wanted(variation, storyboard, same, packed[None].value or ())] if same else []
    films += [
        Wanted(variation, storyboard, (one.name,), packed[one.format.aspect_ratio].value or ())
        for one in storyboard.outputs
        if one.fit is Fit.RENDER
    ]
    return Result(tuple(films), tuple(found))


def _own_prices(world: World) -> Result[dict[EndpointId, Price]]:
    """Read the project's own prices, if it has a file of them."""
    if world.prices is None:
        return Result({})
    name, data = world.prices
    return read_prices(data, name, load())


def film_name(storyboard: Path) -> str:
    """Return the stem of a film's files: the file's own, or its folder's for `storyboard.yaml`."""
    path = storyboard.resolve()
    stem = path.parent.name if path.stem == "storyboard" else path.stem
    return stem or "film"
