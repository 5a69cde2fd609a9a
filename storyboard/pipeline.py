"""A storyboard file to a plan: the stages in their order, on one screen.

Everything from `read` to `plan` is pure. What the stages need from the disk is read here, once,
and handed to them as values.
"""

import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import TypeAlias

from storyboard.catalogue import (
    Catalogue,
    EditionId,
    Editions,
    EndpointId,
    Price,
    packaged,
    priced,
)
from storyboard.catalogue.earlier import completed
from storyboard.catalogue.prices import read_prices
from storyboard.check import Checker
from storyboard.check.reading import child
from storyboard.diagnostics import Diagnostic, Result, Span, has_errors, in_order
from storyboard.files import Files, Reach, project_of
from storyboard.jobs import Reading, pack_together
from storyboard.keeping import Keeping, Packed, keeping, ratios
from storyboard.model.asset import LocalFile, Unusable
from storyboard.model.storyboard import Fit, Storyboard
from storyboard.plan import Plan, StoreView, Wanted, over, plan, too_dear
from storyboard.project import PROJECT, Project, read_project
from storyboard.source import as_text, read
from storyboard.store.view import view
from storyboard.template import Variation, expand, gather
from storyboard.template.agree import Agreement
from storyboard.template.choose import ALL, Choice, NoChoice, why_none
from storyboard.template.reading import unreadable_captions

PRICES = "storyboard-prices.yaml"
"""A project's own prices, in its folder; they stand in place of the catalogue's."""


Finding: TypeAlias = tuple[Variation, tuple[Diagnostic, ...]]
"""A variation, and what is wrong with it."""


@dataclass(frozen=True, slots=True)
class Ask:
    """What is to be compiled.

    `variables` are given by `--var`, `choice` by `--only` and `--rows`. `edition` stands in place
    of the one that the project pins.
    """

    storyboard: Path
    variables: Mapping[str, str] = field(default_factory=dict)
    reach: Reach = Reach.PROJECT
    choice: Choice = ALL
    edition: EditionId | None = None


@dataclass(frozen=True, slots=True)
class Compiled:
    """What came of it.

    `plan` is None where there are errors. `texts` are the files that the diagnostics point into.
    `findings` are the chosen variations, each with what was found in it alone. `settings` are what
    the project's own file says, `edition` the one that the catalogue is of.
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


def compile_storyboard(
    ask: Ask,
    look: Callable[[Path], StoreView] = view,
    editions: Callable[[], Editions] = packaged,
) -> Compiled:
    """Compile a storyboard to its plan. Mistakes come back as diagnostics, all of them.

    `look` reads what the project's store holds, `editions` what there is of catalogues. Nothing is
    written, nothing is sent.

    Raises:
        OSError: where the storyboard itself cannot be read.
        StoreProblem: where the store cannot be read.
        NoChoice: where the choice says nothing that can be followed, or takes no variation.
    """
    project = project_of(ask.storyboard)
    files, held = Files(project, ask.reach), look(project)
    shelf = editions()
    settings = _own_settings(files, shelf)
    own = settings.value or Project()
    edition = ask.edition or own.catalogue or shelf.ids[-1]
    prices = _own_prices(files, shelf.at(edition))
    catalogue = priced(shelf.at(edition), prices.value)
    files_found = (*settings.diagnostics, *prices.diagnostics)
    data = ask.storyboard.read_bytes()
    document = read(data, str(ask.storyboard))
    if document.value is None:
        files.texts[str(ask.storyboard)] = data
        texts = {name: as_text(text) for name, text in files.texts.items()}
        found = (*files_found, *document.diagnostics)
        return Compiled(project, catalogue, (), (), None, held, found, texts, own, edition)
    expanded = expand(document.value, files.read, ask.variables)
    variations = expanded.value or ()
    kept = keeping(held, shelf, catalogue)
    stages = Stages(files, kept, film_name(ask.storyboard))
    # All variations are packed, whichever are chosen: a shot that ten films share is asked for as
    # it will be asked for when the other nine are rendered, and so is not paid for again then.
    every = stages.films(variations)
    pairs = zip(variations, every, strict=True)
    chosen = [(one, films) for one, films in pairs if ask.choice.takes(one)]
    findings = tuple((one, (*one.found, *films.diagnostics)) for one, films in chosen)
    checked = gather((one, films.diagnostics) for one, films in chosen)
    wanted = tuple(film for _, films in chosen for film in films.value or ())
    found = _told_once((*files_found, *document.diagnostics, *expanded.diagnostics, *checked))
    if variations and not chosen and not has_errors(found):
        raise NoChoice(why_none(ask.choice, variations))
    among = [film for films in every for film in films.value or ()]
    made = None if has_errors(found) else replace(plan(wanted, held, among), catalogue=catalogue)
    if made is not None and chosen:
        found = in_order((*found, *_too_dear(made, chosen[0][0])))
    texts = {name: as_text(text) for name, text in files.texts.items()} if found else {}
    # What was expanded has the texts as they were read: tables in their own encoding.
    texts |= dict((variations[0].document if variations else document.value).texts)
    return Compiled(project, catalogue, findings, wanted, made, held, found, texts, own, edition)


def _too_dear(made: Plan, variation: Variation) -> tuple[Diagnostic, ...]:
    """Find what costs more than the storyboard's budget, where that is written."""
    budget = variation.document.root.get("budget")
    places = {key: node.span for key in ("max", "each") if (node := child(budget, key)) is not None}
    return too_dear(over(made), places)


def _told_once(found: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """Put findings in order, and leave out what follows from another one.

    What the reader refused is not told again as a wrong value; that a model has no sound is told
    where a shot speaks (SB493), and not again for the job that it would make (SB435); that two
    titles have one place (SB517), and not again for every output in which they meet (SB757).
    """
    ordered = in_order(found)
    refused = {one.span for one in ordered if one.code.startswith("SB0")}
    mute = any(one.code == "SB493" for one in ordered)
    together = {_both(one) for one in ordered if one.code == "SB517"}
    return tuple(
        one
        for one in ordered
        if not (one.span in refused and one.code.startswith("SB1"))
        and not (mute and one.code == "SB435")
        and not (one.code == "SB757" and _both(one) in together)
    )


def _both(one: Diagnostic) -> tuple[Span | None, Span | None]:
    """Return where the two titles stand that a finding is about."""
    return one.span, next((other.span for other in one.related), None)


@dataclass(frozen=True, slots=True)
class Stages:
    """From plain documents to the films they want: check each, then pack all of them together."""

    files: Files
    keeping: Keeping
    name: str

    def films(self, variations: Sequence[Variation]) -> list[Result[tuple[Wanted, ...]]]:
        """Return for each variation the films it wants, and all that is wrong with it."""
        now, before = self.keeping.now, self.keeping.past
        agreement, checker = Agreement(), Checker(now, self.name)
        others = [Checker(completed(one, now), self.name) for one in before]
        read = [self.read(one, checker) for one in variations]
        past = [self.readings(one, others) for one in variations]
        boards = [one.value for one in read if one.value is not None]
        pasts = [it for one, it in zip(read, past, strict=True) if one.value is not None]
        packed = iter(self.packed(boards, pasts if before else ()))
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
            films.append(_wanted(variation.name, board, (*judged.diagnostics, *more), jobs))
        return films

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
        return self.files.facts(use.path for use in checker.asset_uses(variation.document))

    def more(
        self, variation: Variation, board: Storyboard, agreement: Agreement
    ) -> tuple[Diagnostic, ...]:
        """Check titles in their fonts, captions, and prices that must agree."""
        return (
            *_titles(board, self.files.project),
            *unreadable_captions(board),
            *agreement.disagreements(variation),
        )

    def packed(
        self, boards: Sequence[Storyboard], past: Sequence[Sequence[Reading]] = ()
    ) -> list[Packed]:
        """Pack storyboards together, for their own ratio and for each that is rendered anew."""
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
            )
            for n, result in zip(places, together, strict=True):
                packed[n][ratio] = result
        return packed


def _titles(storyboard: Storyboard, project: Path) -> tuple[Diagnostic, ...]:
    """Measure titles, where there are any: what draws takes longer to import than to check."""
    if not any(shot.look.titles for shot in storyboard.shots):
        return ()
    from storyboard.cut.overlay import measure_titles  # noqa: PLC0415 -- the reason is above

    return measure_titles(storyboard, project)


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


def _own_prices(files: Files, catalogue: Catalogue) -> Result[dict[EndpointId, Price]]:
    """Read the project's own prices, where it has a file of them."""
    path = _own_file(files, PRICES)
    return Result({}) if path is None else read_prices(files.texts[path], path, catalogue)


def _own_settings(files: Files, editions: Editions) -> Result[Project]:
    """Read the project's own settings, where it has a file of them."""
    path = _own_file(files, PROJECT)
    if path is None:
        return Result(Project())
    return read_project(files.texts[path], path, editions.ids)


def _own_file(files: Files, name: str) -> str | None:
    """Read a file of the project's own, and return its name; None if it has none."""
    path = Path(os.path.relpath(files.project / name))
    if not path.is_file():
        return None
    files.texts[str(path)] = path.read_bytes()
    return str(path)


def film_name(storyboard: Path) -> str:
    """Return the stem of a film's files: the file's own, or its folder's for `storyboard.yaml`."""
    path = storyboard.resolve()
    stem = path.parent.name if path.stem == "storyboard" else path.stem
    return stem or "film"
