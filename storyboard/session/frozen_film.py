"""Take the clips that a lock names, and nothing else: for a film that comes out as it did."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from storyboard.lock import Entries, Lock, LockedTake, asked_shots, entry_name, locked_files
from storyboard.media import probe
from storyboard.model import Clip, ClipDigest, ClipFacts, dollars
from storyboard.plan import Plan, rendered_ratio
from storyboard.session.clips import Clips
from storyboard.session.errors import NotAsLockedError, SetupError, store_errors
from storyboard.session.library_versions import film_libraries, other_versions
from storyboard.session.production import Production
from storyboard.session.run_jobs import RunResult
from storyboard.store import clips_here, digest_of


def frozen_clips(made: Production) -> Clips:
    """Return the clips of a production as its lock names them; each is hashed.

    Nothing is sent or rendered, and nothing is asked of the journal: a clip that was copied into
    the store counts. What is not picked is not in the lock.

    Raises:
        NotAsLockedError: a shot has no pick, or a clip or a file is not here, or is another one.
        SetupError: the store cannot be read.
    """
    lock = made.compiled.lock
    unpicked: list[str] = []
    takes: dict[ClipDigest, LockedTake] = {}
    shots: dict[ClipDigest, list[str]] = {}
    for name, take in _named(lock, made.plan):
        if take is None:
            unpicked.append(name)
        else:
            takes[take.clip] = take
            shots.setdefault(take.clip, []).append(name)
    found, wrong = _clips(made, takes, shots)
    lines = [f"{name}: nothing is picked" for name in unpicked]
    lines += [*wrong, *_files(lock, made.plan)]
    if lines:
        raise NotAsLockedError(lines, "; ".join(_advice(unpicked=bool(unpicked), wrong=wrong)))
    return Clips(RunResult({}), picked=found)


def frozen_warning(lock: Lock) -> str | None:
    """Say which libraries are here in other versions than the lock names; None if none is."""
    others = other_versions(lock.libraries, film_libraries())
    if not others:
        return None
    return f"the film may come out otherwise than it did: the lock has {', '.join(others)}"


def _named(lock: Lock, plan: Plan) -> Iterator[tuple[str, LockedTake | None]]:
    """Yield the shots of models in the films of a plan, and the take that is picked."""
    shots = asked_shots({film.variation: film.storyboard for film in plan.films}.items())
    wanted = {(film.variation, rendered_ratio(film)) for film in plan.films}
    entries = Entries(lock, frozenset(one.name for one in shots))
    for asked in shots:
        if asked.asks is None or (asked.film, asked.ratio) not in wanted:
            continue
        match = entries.find(asked)
        pick = match.decision.pick if match else None
        film = f" [{asked.film}]" if asked.film is not None else ""
        yield f"{entry_name(asked.name, asked.ratio)}{film}", pick.take if pick else None


def _clips(
    made: Production,
    takes: Mapping[ClipDigest, LockedTake],
    shots: Mapping[ClipDigest, Sequence[str]],
) -> tuple[dict[ClipDigest, Clip], list[str]]:
    """Return the clips that are here, and say in words which are not, or are other ones."""
    with store_errors():
        files = clips_here(made.compiled.project / made.choice.folder, takes)
    found: dict[ClipDigest, Clip] = {}
    wrong: list[str] = []
    for digest, take in takes.items():
        names = ", ".join(shots[digest])
        what = f"{names}: the clip of take {take.number}, {dollars(take.price)}, SHA-256 {digest}"
        path = files.get(digest)
        if path is None:
            wrong.append(f"{what}, is not here")
            continue
        try:
            present, facts = digest_of(path), probe(path)
        except OSError as error:
            raise SetupError(f"cannot read {path}: {error.strerror or error}") from error
        if present != digest or not isinstance(facts, ClipFacts):
            wrong.append(f"{what}, is another one here: {path} has {present}")
        else:
            found[digest] = Clip(digest, path, facts)
    return found, wrong


def _files(lock: Lock, plan: Plan) -> Iterator[str]:
    """Say which files of films are not those of the lock."""
    known = {one.path: one.digest for one in lock.files}
    for one in locked_files(film.storyboard for film in plan.films):
        was = known.get(one.path)
        if was is None:
            yield f"{one.path}: the lock does not name this file; it has {one.digest}"
        elif was != one.digest:
            yield f"{one.path}: the lock has {was}, the file {one.digest}"


def _advice(*, unpicked: bool, wrong: Iterable[str]) -> Iterator[str]:
    if unpicked:
        yield "`storyboard pick FILE --all` picks what is shown"
    if any(wrong):
        yield "copy clips from the store of whoever rendered them, `.storyboard/clips`"
    yield (
        "`storyboard pick FILE SHOT none` gives a pick up, and without --frozen `storyboard render "
        "FILE` renders what is not picked"
    )
