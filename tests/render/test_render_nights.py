"""Random bad nights: whatever fails, whenever the process dies, nothing is paid for twice."""

import asyncio
import random
import tempfile
from collections import Counter
from contextlib import AbstractContextManager
from pathlib import Path

from hypothesis import given, note, settings
from hypothesis import strategies as st
from render_fakes import FakeFal, Killed, clip_job, fast_clock, go, plan_of, voice_job

from storyboard.jobs.job import FrameRef, VoiceRef
from storyboard.plan.planned import Plan
from storyboard.render import Limits, Refused, Rendered, Skipped, Unknown
from storyboard.render.cancelling import cancel
from storyboard.store import Store, view
from storyboard.store.clips import Settled
from storyboard.store.holdings import holding, verify
from storyboard.store.layout import Layout
from storyboard.store.life import Accepted

WORDS = {
    "submit": (
        "ok ok ok ok not-sent busy lost-before lost-after lost-after fair policy short refused "
        "kill kill-after locked"
    ),
    "status": "ok ok ok ok trouble trouble kill",
    "result": "ok ok ok trouble kill",
    "download": "ok ok trouble torn expired kill",
    "list": "ok ok trouble empty kill",
    "upload": "ok ok trouble kill",
    "cancel": "ok ok trouble lost-after kill kill-after",
}
FAULTS = 12
"""Calls of each kind that a night may spoil; after that everything works."""

MOST_RUNS = 30

CANCELS = 0.3
"""How often somebody cancels what is in flight before the next run."""

ENOUGH = 3
"""Runs that the process survived, one after the other, after which a night is over."""


class MortalStore(Store):
    """A store that nothing more gets into once the process is dead."""

    fake: FakeFal | None = None

    def transaction(self) -> AbstractContextManager[None]:
        """Die, or go on."""
        if self.fake is not None and self.fake.dead:
            raise Killed
        return super().transaction()

    def done(self, settled: Settled) -> None:
        """Die, or go on."""
        if self.fake is not None and self.fake.dead:
            raise Killed
        super().done(settled)


def film() -> Plan:
    voice = voice_job("mara")
    first = clip_job("first", body={"prompt": "first", "voice_ids": (VoiceRef(voice.digest),)})
    second = clip_job(
        "second",
        body={"prompt": "second", "start": FrameRef(first.digest, first.shots[0].used)},
        after=(first.digest,),
    )
    alone = clip_job("alone")
    takes = [clip_job(f"take {n}", body={"prompt": "same"}) for n in (1, 2)]
    return plan_of(second, first, voice, alone, *takes)


def one_run(project: Path, fake: FakeFal) -> dict[str, object] | None:
    """Run once; None where the process died."""
    fake.dead = False
    try:
        with MortalStore.open(project) as store:
            store.fake = fake
            return {
                one.job.id: one
                for one in go(film(), store, fake, limits=Limits(concurrency=3)).values()
            }
    except Killed:
        return None


def one_cancel(project: Path, fake: FakeFal) -> None:
    """Cancel what is in flight, or die at it."""
    fake.dead = False
    clock = fast_clock()
    fake.now = clock.now
    try:
        with MortalStore.open(project) as store:
            store.fake = fake
            lives = [life for life in store.lives().values() if isinstance(life, Accepted)]
            asyncio.run(cancel(fake, store, clock, lives))
    except Killed:
        return


@settings(max_examples=25, deadline=None)
@given(seed=st.integers(0, 2**32), slow=st.booleans())
def test_whatever_the_night_every_job_is_charged_once_at_most(seed: int, slow: bool) -> None:  # noqa: FBT001
    lot = random.Random(seed)  # noqa: S311
    chosen = {
        call: [lot.choice(words.split()) for _ in range(FAULTS)] for call, words in WORDS.items()
    }

    def script(call: str, n: int) -> str:
        return chosen[call][n - 1] if n <= FAULTS else "ok"

    fake = FakeFal(script, polls=3 if slow else 1, wait=20)
    with tempfile.TemporaryDirectory() as folder:
        outcomes: dict[str, object] | None = None
        quiet = 0
        for run in range(MOST_RUNS):
            if lot.random() < CANCELS:
                one_cancel(Path(folder), fake)
            outcomes = one_run(Path(folder), fake)
            note(f"run {run}: {outcomes and {k: type(v).__name__ for k, v in outcomes.items()}}")
            quiet = quiet + 1 if outcomes is not None else 0
            if quiet == ENOUGH:
                break
        fake.script = lambda _call, _n: "ok"
        outcomes = one_run(Path(folder), fake)
        assert outcomes is not None
        charged = Counter({body: n for body, n in fake.charged.items() if '"same"' not in body})
        assert not [body for body, n in charged.items() if n > 1]
        assert sum(n for body, n in fake.charged.items() if '"same"' in body) <= 2
        _nothing_is_lost(fake, outcomes)
        layout = Layout(Path(folder) / ".storyboard")
        with Store.open(Path(folder)) as store:
            assert not list(verify(layout, holding(layout, store.journal.attempts())))
        view(Path(folder))


def _nothing_is_lost(fake: FakeFal, outcomes: dict[str, object]) -> None:
    """Every request that gave a good clip is somebody's; every other job says why not."""
    kept = {one.request for one in outcomes.values() if isinstance(one, Rendered)}
    good = {
        sent.id for sent in fake.requests.values() if sent.fault is None and sent.seconds == "5"
    }
    assert good <= kept
    for outcome in outcomes.values():
        match outcome:
            case Refused(message=why) | Unknown(message=why) | Skipped(reason=why):
                assert why
