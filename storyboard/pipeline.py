"""Compile a storyboard file to a plan: the stages in their order, on one screen.

Everything here is pure. What the stages need from the disk is handed in as a `World`, which
`storyboard.compile` makes.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TypeAlias

from storyboard.catalogue import (
    Catalogue,
    EditionId,
    Editions,
    EndpointId,
    Price,
    completed,
    priced,
    read_prices,
)
from storyboard.check import Checker, child, columns
from storyboard.diagnostics import (
    Column,
    Diagnostic,
    Earlier,
    Result,
    Span,
    has_errors,
    in_order,
)
from storyboard.jobs import NO_PICKS, Picks, Reading, ShotDigests, at_its_cause, pack_together
from storyboard.keeping import Keeping, Packed, keeping, ratios
from storyboard.lock import (
    AskedShot,
    Lock,
    LockedClips,
    applied_picks,
    asked_shots,
    read_lock,
    shot_findings,
)
from storyboard.model import (
    AspectRatio,
    ClipDigest,
    Fit,
    LocalFile,
    Reach,
    ShotName,
    Storyboard,
    Unusable,
    is_device,
)
from storyboard.plan import (
    Plan,
    StoreView,
    Wanted,
    over,
    pick_findings,
    picked_clips,
    plan,
    too_dear,
    wrong_film_names,
)
from storyboard.project import Project, read_project
from storyboard.source import as_text, read
from storyboard.template import (
    ALL,
    Agreement,
    Choice,
    NoChoice,
    Variation,
    expand,
    gather,
    of_films,
    of_the_whole,
    once_for_each_cell,
    why_none,
)

Picked: TypeAlias = Mapping[tuple[str | None, AspectRatio | None], Picks]
"""What was picked, by the variation and the ratio that it is rendered at."""

Finding: TypeAlias = tuple[Variation, tuple[Diagnostic, ...]]
"""A variation, and what is wrong with it."""


@dataclass(frozen=True, slots=True)
class Ask:
    """What is to be compiled.

    `variables` are given by `--var`, `choice` by `--only` and `--rows`. `edition` is used instead
    of the one that the project pins. What the lock says of `unpicked` shots is passed over.
    """

    storyboard: Path
    variables: Mapping[str, str] = field(default_factory=dict)
    reach: Reach = Reach.PROJECT
    choice: Choice = ALL
    edition: EditionId | None = None
    unpicked: frozenset[ShotName] = frozenset()


@dataclass(frozen=True, slots=True)
class Compiled:
    """What came of it.

    `plan` is None where there are errors. `texts` are the files that the diagnostics point into.
    `findings` are the chosen variations, each with what was found in it alone. `settings` are what
    the project's own file says, `edition` the one that the catalogue is of. `lock` is what is
    decided, empty without a lock, and `lock_data` the bytes that it was read from. `absent` are
    picked clips that are not there. `every` are the films of all variations that can be read; it
    `is_whole` if all of them can. `digests` are those of their shots, as far as anybody asked for
    them.
    """

    project: Path
    catalogue: Catalogue
    findings: tuple[Finding, ...]
    wanted: tuple[Wanted, ...]
    plan: Plan | None
    held: StoreView
    diagnostics: tuple[Diagnostic, ...]
    texts: Mapping[str, str]
    settings: Project
    edition: EditionId
    lock: Lock = field(default_factory=Lock)
    absent: frozenset[ClipDigest] = frozenset()
    every: tuple[Wanted, ...] = ()
    is_whole: bool = False
    digests: ShotDigests = field(default_factory=ShotDigests, compare=False)
    lock_data: bytes | None = None


@dataclass(frozen=True, slots=True)
class World:
    """What a compile needs to know of the world, as values and as functions that look at it.

    `storyboard` is the file's bytes; `settings` and `prices` are the project's own files with their
    names, None if it has none. `editions` are the catalogues that there are. `facts` and `read`
    look at files by the names that a storyboard uses; `texts` holds what `read` has read. `measure`
    sets titles in their fonts. `lock` is the file of what is decided, with its name, None if there
    is none; it should name `locked` clips. `here` tells which clips the store has.
    """

    project: Path
    held: StoreView
    storyboard: bytes
    settings: tuple[str, bytes] | None
    prices: tuple[str, bytes] | None
    editions: Editions
    facts: Callable[[Iterable[str]], Mapping[str, LocalFile | Unusable]]
    read: Callable[[str], bytes | Unusable]
    texts: Mapping[str, bytes]
    measure: Callable[[Storyboard], tuple[Diagnostic, ...]]
    lock: tuple[str, bytes] | None = None
    locked: LockedClips = LockedClips.PAID
    here: Callable[[Iterable[ClipDigest]], AbstractSet[ClipDigest]] = frozenset


def compile_in(world: World, ask: Ask) -> Compiled:
    """Compile a storyboard to its plan. Mistakes come back as diagnostics, all of them.

    Raises:
        NoChoice: if the choice says nothing that can be followed, or takes no variation.
    """
    name, held = str(ask.storyboard), world.held
    settings = _own_settings(world)
    own = settings.value or Project()
    edition = ask.edition or own.catalogue or world.editions.ids[-1]
    prices = _own_prices(world, world.editions.at(edition))
    catalogue = priced(world.editions.at(edition), prices.value)
    lock = _own_lock(world)
    files_found = (*settings.diagnostics, *prices.diagnostics, *lock.diagnostics)
    document = read(world.storyboard, name)
    if document.value is None:
        found = (*files_found, *document.diagnostics)
        texts = _texts(world) | {name: as_text(world.storyboard)}
        return Compiled(world.project, catalogue, (), (), None, held, found, texts, own, edition)
    expanded = expand(document.value, world.read, ask.variables)
    variations = expanded.value or ()
    kept = keeping(held, world.editions, catalogue)
    stages = Stages(world, kept, film_name(ask.storyboard), lock.value or Lock(), ask.unpicked)
    # All variations are packed, whichever are chosen: a shot that ten films share is asked for as
    # it will be asked for when the other nine are rendered, and so is not paid for again then.
    every = stages.films(variations)
    pairs = zip(variations, every, strict=True)
    chosen = [(one, films) for one, films in pairs if ask.choice.takes(one)]
    read_found = (*files_found, *document.diagnostics, *expanded.diagnostics)
    earlier = Earlier.of(read_found)
    # What one film uses is not unused: all of them are asked, whichever are chosen.
    of_all = columns()[Column.STORYBOARD]
    whole = of_the_whole([films.diagnostics for films in every], of_all)
    told = [
        (one, earlier.without_followers(of_films(films.diagnostics, of_all)))
        for one, films in chosen
    ]
    findings = tuple((one, (*one.found, *rest)) for one, rest in told)
    wanted = tuple(film for _, films in chosen for film in films.value or ())
    gathered = gather(told)
    read_found = tuple(once_for_each_cell(read_found, gathered))
    found = in_order((*read_found, *whole, *gathered))
    if variations and not chosen and not has_errors(found):
        raise NoChoice(why_none(ask.choice, variations))
    found = in_order((*found, *wrong_film_names(wanted)))
    among = [film for films in every for film in films.value or ()]
    is_whole = all(one.value is not None for one in every)
    asked = stages.asked(among) if is_whole else None
    picked = picked_clips(among)
    absent = picked - world.here(picked) if picked else picked
    made = None if has_errors(found) else plan(wanted, held, among, catalogue, absent)
    if made is not None and chosen:
        moved = shot_findings(stages.lock, asked) if asked is not None else ()
        found = in_order(
            (*found, *_too_dear(made, chosen[0][0]), *moved, *pick_findings(made, absent))
        )
    texts = _texts(world) if found else {}
    # What was expanded has the texts as they were read: tables in their own encoding.
    texts |= dict((variations[0].document if variations else document.value).texts)
    return Compiled(
        world.project,
        catalogue,
        findings,
        wanted,
        made,
        held,
        found,
        texts,
        own,
        edition,
        stages.lock,
        absent,
        tuple(among),
        is_whole,
        stages.digests,
        world.lock[1] if world.lock and lock.value is not None else None,
    )


def _texts(world: World) -> dict[str, str]:
    """Return what was read, for the excerpts of diagnostics."""
    own = (one for one in (world.settings, world.prices, world.lock) if one is not None)
    return {name: as_text(text) for name, text in (*own, *world.texts.items())}


def _too_dear(made: Plan, variation: Variation) -> tuple[Diagnostic, ...]:
    """Find what costs more than the storyboard's budget, where that is written."""
    budget = variation.document.root.get("budget")
    places = {key: node.span for key in ("max", "each") if (node := child(budget, key)) is not None}
    return too_dear(over(made), places)


@dataclass(frozen=True, slots=True)
class Stages:
    """From plain documents to the films they want: check each, then pack all of them together."""

    world: World
    keeping: Keeping
    name: str
    lock: Lock
    unpicked: frozenset[ShotName]
    digests: ShotDigests = field(default_factory=ShotDigests)

    def films(self, variations: Sequence[Variation]) -> list[Result[tuple[Wanted, ...]]]:
        """Return for each variation the films it wants, and all that is wrong with it."""
        now, before = self.keeping.now, self.keeping.past
        agreement, checker = Agreement(), Checker(now, self.name)
        others = [Checker(completed(one, now), self.name) for one in before]
        # The files of all variations are looked at together: several are read at the same time.
        self.world.facts(use.path for one in variations for use in checker.asset_uses(one.document))
        read = [self.read(one, checker) for one in variations]
        past = [self.readings(one, others) for one in variations]
        pasts = [it for one, it in zip(read, past, strict=True) if one.value is not None]
        named = [
            (one.name, it.value)
            for one, it in zip(variations, read, strict=True)
            if it.value is not None
        ]
        picks = self.picks(named)
        packed = iter(self.packed(named, pasts if before else (), picks))
        films = []
        for variation, found, readings in zip(variations, read, past, strict=True):
            if found.value is None:
                films.append(Result[tuple[Wanted, ...]](None, found.diagnostics))
                continue
            jobs = next(packed)
            read_again = partial(self.read_by, variation)
            judged = self.keeping.judge(found, readings, jobs, read_again)
            board = judged.value or found.value
            more = self.more(variation, board, agreement)
            wanted = _wanted(variation.name, board, (*judged.diagnostics, *more), jobs, picks)
            films.append(wanted)
        return films

    def picks(self, films: Iterable[tuple[str | None, Storyboard]]) -> Picked:
        """Find what was picked for the shots of films, by film and ratio."""
        if not any(True for _ in self.lock.takes):
            return {}  # nothing is worked out for shots where nothing was picked
        known = self.world.held.kept_clips
        return applied_picks(self.lock, asked_shots(films, self.digests), known, self.unpicked)

    def asked(self, films: Iterable[Wanted]) -> tuple[AskedShot, ...] | None:
        """Return all shots of films as a lock has entries for them; None if nothing is decided."""
        if all(one.is_undecided for one in self.lock.shots):
            return None  # then nothing can be lost with a shot, whatever it asks for
        boards = {one.variation: one.storyboard for one in films}
        return asked_shots(boards.items(), self.digests)

    def read(self, variation: Variation, checker: Checker) -> Result[Storyboard]:
        """Check a plain document and its files."""
        return checker.check(variation.document, self.assets(variation, checker))

    def read_by(self, variation: Variation, catalogue: Catalogue) -> Result[Storyboard]:
        """Check a plain document by another catalogue."""
        return self.read(variation, Checker(catalogue, self.name))

    def readings(self, variation: Variation, checkers: Sequence[Checker]) -> list[Reading]:
        """Read a document as earlier catalogues do; what they find wrong is not wrong today."""
        return [
            Reading(one.resolved(variation.document, self.assets(variation, one)), past)
            for one, past in zip(checkers, self.keeping.past, strict=True)
        ]

    def assets(self, variation: Variation, checker: Checker) -> Mapping[str, LocalFile | Unusable]:
        """Look at the files that a document names."""
        return self.world.facts(use.path for use in checker.asset_uses(variation.document))

    def more(
        self, variation: Variation, board: Storyboard, agreement: Agreement
    ) -> tuple[Diagnostic, ...]:
        """Check titles in their fonts, and prices that must agree."""
        return (*self.world.measure(board), *agreement.disagreements(variation))

    def packed(
        self,
        named: Sequence[tuple[str | None, Storyboard]],
        past: Sequence[Sequence[Reading]],
        picks: Picked,
    ) -> list[Packed]:
        """Pack storyboards together, for their own ratio and for each that is rendered anew."""
        boards = [board for _, board in named]
        packed: list[Packed] = [{} for _ in boards]
        further = dict.fromkeys(ratio for board in boards for ratio in ratios(board))
        for ratio in (None, *further):
            places = [n for n, one in enumerate(boards) if ratio in (None, *ratios(one))]
            together = pack_together(
                [boards[n] for n in places],
                self.keeping.now,
                self.keeping.paid,
                ratio,
                [past[n] for n in places] if past else (),
                [picks.get((named[n][0], ratio), NO_PICKS).current for n in places],
            )
            for n, result in zip(places, together, strict=True):
                packed[n][ratio] = result
        return packed


def _wanted(
    variation: str | None,
    storyboard: Storyboard,
    before: tuple[Diagnostic, ...],
    packed: Packed,
    picks: Picked,
) -> Result[tuple[Wanted, ...]]:
    """Put outputs with the jobs they are cut from: one film for all that share them."""
    found = [*before]
    for ratio, result in packed.items():
        found += at_its_cause(result.diagnostics, _place_of(ratio, storyboard))
    found = [*dict.fromkeys(found)]
    same = tuple(one.name for one in storyboard.outputs if one.fit is not Fit.RENDER)

    def film(outputs: tuple[str, ...], ratio: AspectRatio | None) -> Wanted:
        chosen = picks.get((variation, ratio), NO_PICKS)
        return Wanted(variation, storyboard, outputs, packed[ratio].value or (), chosen)

    films = [film(same, None)] if same else []
    films += [
        film((one.name,), one.format.aspect_ratio)
        for one in storyboard.outputs
        if one.fit is Fit.RENDER
    ]
    return Result(tuple(films), tuple(found))


def _place_of(ratio: AspectRatio | None, storyboard: Storyboard) -> Span | None:
    """Return where a ratio is written that jobs were packed for; None is the film's own."""
    if ratio is None:
        return storyboard.ratio_span
    return next(
        (
            one.span
            for one in storyboard.outputs
            if one.fit is Fit.RENDER and one.format.aspect_ratio == ratio
        ),
        None,
    )


def _own_lock(world: World) -> Result[Lock]:
    """Read what is decided, if there is a lock."""
    if world.lock is None:
        return Result(Lock(clips=world.locked))
    name, data = world.lock
    return read_lock(data, name, world.locked)


def _own_prices(world: World, catalogue: Catalogue) -> Result[dict[EndpointId, Price]]:
    """Read the project's own prices, if it has a file of them."""
    if world.prices is None:
        return Result({})
    name, data = world.prices
    return read_prices(data, name, catalogue)


def _own_settings(world: World) -> Result[Project]:
    """Read the project's own settings, if it has a file of them."""
    if world.settings is None:
        return Result(Project())
    name, data = world.settings
    return read_project(data, name, world.editions.ids)


def film_name(storyboard: Path) -> str:
    """Return the stem of a film's files: the file's own, or its folder's for `storyboard.yaml`.

    What Windows keeps for a device is `aux-film`.
    """
    path = storyboard.resolve()
    stem = path.parent.name if path.stem == "storyboard" else path.stem
    return f"{stem}-film" if is_device(stem) else stem or "film"
