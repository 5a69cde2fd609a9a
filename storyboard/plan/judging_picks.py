"""Find shots whose picks were made for older words, or whose picked clips are not here."""

from collections.abc import Collection, Iterable, Iterator

from storyboard.diagnostics import Code, Diagnostic, Severity
from storyboard.jobs import JobDigest, PickedShot
from storyboard.model import ClipDigest, Shot
from storyboard.plan.planned import Film, JobState, Plan, Wanted

NOT_HERE = Code("SB929")
STALE = Code("SB930")


def pick_findings(plan: Plan, absent: Collection[ClipDigest]) -> tuple[Diagnostic, ...]:
    """Find them in all films, each once; `absent` are picked clips that the store does not have."""
    rendered = {one.job.digest for one in plan.jobs if one.state is JobState.RENDERED}
    found = (one for film in plan.films for one in _of_film(film, rendered, absent))
    return tuple(dict.fromkeys(found))


def _of_film(
    film: Film, rendered: Collection[JobDigest], absent: Collection[ClipDigest]
) -> Iterator[Diagnostic]:
    there = {shot.name for job in film.clips if job.digest in rendered for shot in job.shots}
    for shot in film.storyboard.shots:
        if (pick := film.picks.current.get(shot.name)) is not None:
            if pick.clip in absent:
                yield _not_here(shot, pick)
        elif (pick := film.picks.stale.get(shot.name)) is not None:
            yield _stale(
                shot, pick, is_rendered=shot.name in there, is_here=pick.clip not in absent
            )


def _not_here(shot: Shot, pick: PickedShot) -> Diagnostic:
    return Diagnostic(
        NOT_HERE,
        Severity.WARNING,
        f"take {pick.number} was picked for shot `{shot.name}`, and its clip "
        f"{pick.clip[:12]} is not in this store: a slate is shown, and nothing is paid for it",
        shot.span,
        "copy the clip from the store of whoever rendered it (`.storyboard/clips`); or render the "
        f"shot here: `storyboard pick FILE {shot.name} none`",
        about=shot.name,
    )


def _stale(shot: Shot, pick: PickedShot, *, is_rendered: bool, is_here: bool) -> Diagnostic:
    picked = f"take {pick.number} was picked for what shot `{shot.name}` asked for before"
    if is_rendered:
        return Diagnostic(
            STALE,
            Severity.NOTE,
            f"{picked}; what it asks for now is rendered, and is shown",
            shot.span,
            f"`storyboard pick FILE {shot.name} --keep` shows take {pick.number} again",
            about=shot.name,
        )
    shown = "that clip is shown" if is_here else "a slate is shown, for its clip is not here"
    return Diagnostic(
        STALE,
        Severity.WARNING,
        f"{picked}; until what it asks for now is rendered, {shown}",
        shot.span,
        f"`storyboard pick FILE {shot.name} --keep` accepts take {pick.number} for the new words, "
        "and nothing is rendered for it",
        about=shot.name,
    )


def picked_clips(films: Iterable[Film | Wanted]) -> frozenset[ClipDigest]:
    """Return every clip that was picked in films."""
    return frozenset(
        pick.clip
        for film in films
        for picks in (film.picks.current, film.picks.stale)
        for pick in picks.values()
    )
