"""A project whose jobs are rendered by writing into its store: no provider, no time."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from fractions import Fraction
from pathlib import Path

from storyboard.jobs import ClipJob, JobDigest, shown
from storyboard.model import ClipDigest, ClipFacts
from storyboard.pipeline import Ask, Compiled
from storyboard.plan import ShotsAsked, film_label
from storyboard.provider import Media, RequestId, Ticket
from storyboard.session import FAL, BackendChoice, TakesOfShot, compiled, takes_of
from storyboard.store import Store
from storyboard.store import life as states

BEGUN = datetime(2026, 11, 20, 12, tzinfo=UTC)
FOUR = """\
storyboard: 1
title: Lamp
model: kling-v3-turbo-pro
scenes:
  - id: one
    shots:
      - {id: a, duration: 3s, prompt: A lamp is lit.}
      - {id: b, duration: 2.5s, prompt: A moth comes.}
      - {id: c, duration: 3s, prompt: It circles.}
      - {id: d, duration: 3s, prompt: The lamp goes out.}
"""


@dataclass
class KeptProject:
    """A project of one storyboard; each clip that it is given is kept an hour after the last."""

    home: Path
    choice: BackendChoice = FAL
    clips: int = field(default=0)

    @property
    def board(self) -> Path:
        """Return the storyboard."""
        return self.home / "lamp.yaml"

    def write(self, text: str = FOUR) -> Compiled:
        """Write the storyboard, and compile it."""
        (self.home / ".git").mkdir(exist_ok=True)
        self.board.write_text(text, "utf-8")
        return self.compiled()

    def compiled(self) -> Compiled:
        """Compile the storyboard."""
        made = compiled(Ask(self.board), self.choice)
        assert made.plan is not None, made.diagnostics
        return made

    def takes(self) -> dict[str, TakesOfShot]:
        """Return the takes of each shot by its title; of several of one title the last."""
        return {one.title: one for one in takes_of(self.compiled(), self.choice)}

    def keep(
        self,
        made: Compiled,
        only: Iterable[str] | None = None,
        *,
        take: int = 1,
        by_earlier: bool = False,
        digest: JobDigest | None = None,
    ) -> list[ClipDigest]:
        """Keep a take of jobs of a plan, of all or of those of these names; return the clips.

        An order that is written `by_earlier` programs says neither what shots ask for nor where
        they are.
        """
        assert made.plan is not None
        asked = ShotsAsked(made.plan.films)
        kept = []
        with Store.open(made.project, folder=self.choice.folder) as store:
            for one in made.plan.jobs:
                job = one.job
                if not isinstance(job, ClipJob) or (only is not None and job.id not in only):
                    continue
                films = (
                    film_label(film.variation, film.storyboard)
                    for film in made.plan.films
                    if job.digest in film.jobs
                )
                order = states.Order(
                    attempt=store.new_attempt(),
                    job=digest or job.digest,
                    id=job.id,
                    endpoint=job.endpoint,
                    body="{}",
                    asked=json.dumps(shown(job.body)),
                    cost=job.cost,
                    seconds=job.seconds,
                    shots=tuple(shot.name for shot in job.shots),
                    films=tuple(films),
                    provider="fal",
                    take=take,
                    used=tuple(shot.used for shot in job.shots),
                    starts=tuple(shot.start for shot in job.shots),
                    asks=asked.of_job(job.digest),
                )
                kept.append(self._stored(store, order, by_earlier=by_earlier))
        return kept

    def _stored(self, store: Store, order: states.Order, *, by_earlier: bool) -> ClipDigest:
        if by_earlier:
            order = replace(order, starts=(), asks=None)
        self.clips += 1
        at = BEGUN + timedelta(hours=self.clips)
        data = b"clip %d" % self.clips
        clip = ClipDigest(hashlib.sha256(data).hexdigest())
        facts = ClipFacts("mp4", 1280, 720, Fraction(24), Fraction(order.seconds), "h264", None)
        kept = states.KeptClip(clip, ".mp4", len(data), facts)
        intended = states.Intended(order, at)
        ticket = Ticket(RequestId(f"request-{self.clips}"), "fal", None, ())
        accepted = states.Accepted(intended, ticket, at)
        finished = states.Finished(accepted, Media("https://x.test/clip.mp4"), None, at)
        steps = [intended, accepted, finished, states.Stored(finished, kept, at)]
        path = store.layout.clip(clip, ".mp4")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
        assert store.record(steps) == (None,) * len(steps)
        return clip
