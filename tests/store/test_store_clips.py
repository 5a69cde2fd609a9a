import os
from decimal import Decimal
from pathlib import Path

import pytest
from store_values import (
    DAY,
    FACTS,
    FAULT,
    PAID,
    finished,
    intended,
    order,
    path_to,
    stored,
    take_1,
)

from storyboard.model.clip import ClipDigest
from storyboard.provider import Charge, VoiceMade
from storyboard.store import Store, key_of
from storyboard.store import life as states
from storyboard.store.cleaning import clean, forget, forgettable
from storyboard.store.clips import digest_of, part_path
from storyboard.store.holdings import Damaged, Missing, Stray, holding, verify
from storyboard.store.life import AttemptId, Life
from storyboard.store.spending import spent, summed, whole

A1 = AttemptId("a1")


@pytest.fixture
def store(tmp_path: Path):  # noqa: ANN201 - a generator of a store
    with Store.open(tmp_path) as store:
        yield store


def take_all(store: Store, life: Life) -> None:
    steps = [life]
    while not isinstance(life, states.Intended):
        life = life.before
        steps.append(life)
    for step in reversed(steps):
        assert store.record([step]) == (None,)


def kept_clip(store: Store, name: str = "j1", data: bytes = b"clip") -> Path:
    """Download, keep and record a clip, as the engine does."""
    asked = order(name, f"a{name[1:]}")
    store.part_path(asked.attempt).write_bytes(data)
    settled = store.settle(asked.attempt, ".mp4")
    path = store.keep(settled)
    clip = states.KeptClip(settled.digest, ".mp4", settled.size, FACTS)
    take_all(store, states.Stored(finished(asked), clip, DAY))
    store.done(settled)
    return path


def test_a_clip_is_kept_by_content_and_nothing_is_left_aside(store: Store) -> None:
    path = kept_clip(store)
    assert path.read_bytes() == b"clip"
    assert path.stem == digest_of(path)
    assert not list(store.layout.aside.iterdir())
    assert kept_clip(store, "j2") == path  # equal bytes, one file
    (first, second) = holding(store.layout, store.journal.attempts())
    assert first.path == second.path == path
    assert not list(verify(store.layout, [first, second]))


def test_a_download_is_found_whole_after_a_crash_before_the_record(store: Store) -> None:
    store.part_path(A1).write_bytes(b"clip")
    assert store.settled_before(A1) is None
    settled = store.settle(A1, ".mp4")
    assert store.settled_before(A1) == settled
    store.keep(settled)
    assert store.settled_before(A1) == settled  # until the journal knows
    store.done(settled)
    assert store.settled_before(A1) is None
    assert store.layout.clip(settled.digest, ".mp4").read_bytes() == b"clip"


def test_a_file_aside_that_is_not_whole_is_not_taken_for_one(store: Store) -> None:
    store.part_path(A1).write_bytes(b"clip")
    settled = store.settle(A1, ".mp4")
    settled.path.write_bytes(b"cli")
    assert store.settled_before(A1) is None


def test_other_attempts_files_are_left_alone(store: Store) -> None:
    other = AttemptId("a10")
    for attempt in (A1, other):
        store.part_path(attempt).write_bytes(b"clip")
    store.settle(other, ".mp4")
    store.done(store.settle(A1, ".mp4"))
    assert store.settled_before(A1) is None
    assert store.settled_before(other) is not None


def test_a_damaged_clip_in_the_way_is_replaced_and_a_sound_one_is_not_touched(
    store: Store,
) -> None:
    path = kept_clip(store)
    inode = path.stat().st_ino
    assert kept_clip(store, "j2").stat().st_ino == inode
    path.unlink()  # hard links share bytes: a new file, not a write into the old
    path.write_bytes(b"torn")
    assert kept_clip(store, "j3").read_bytes() == b"clip"


def test_a_disk_without_hard_links_keeps_clips_too(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_self: Path, _target: Path) -> None:
        raise OSError(95, "not supported")

    monkeypatch.setattr(Path, "hardlink_to", refuse)
    assert kept_clip(store).read_bytes() == b"clip"


def test_verify_names_what_is_missing_damaged_and_unknown(store: Store) -> None:
    gone, torn = kept_clip(store, "j1", b"one"), kept_clip(store, "j2", b"two")
    gone.unlink()
    torn.write_bytes(b"tw0")
    stray = store.layout.clips / "ff" / "ffff.mp4"
    stray.parent.mkdir()
    stray.write_bytes(b"?")
    found = list(verify(store.layout, holding(store.layout, store.journal.attempts())))
    assert {type(one) for one in found} == {Missing, Damaged, Stray}
    assert [one.held.name for one in found if isinstance(one, Missing)] == ["opening/j1"]
    assert [one.held.name for one in found if isinstance(one, Damaged)] == ["opening/j2"]


def test_verify_knows_a_clip_that_git_lfs_has_taken_away(store: Store) -> None:
    torn, pointer = kept_clip(store, "j1", b"one"), kept_clip(store, "j2", b"two")
    torn.write_bytes(b"0ne")
    pointer.write_bytes(b"version https://git-lfs.github.com/spec/v1\noid sha256:1\nsize 3\n")
    found = verify(store.layout, holding(store.layout, store.journal.attempts()))
    damaged = {one.held.name: one.is_pointer for one in found if isinstance(one, Damaged)}
    assert damaged == {"opening/j1": False, "opening/j2": True}


def test_cleaning_removes_what_can_be_made_again_and_no_clip(store: Store) -> None:
    clip = kept_clip(store)
    made = store.derive("d1" * 32, ".mp4", lambda path: path.write_bytes(b"drawn") and None)
    flying, over = order("j2", "a2"), order("j3", "a3")
    take_all(store, finished(flying))
    take_all(store, states.Refused(intended(over), FAULT, DAY))
    part_path(store.layout, flying.attempt).write_bytes(b"on its way")
    part_path(store.layout, over.attempt).write_bytes(b"left behind")
    cleaned = clean(store)
    assert cleaned.files == 2
    assert cleaned.size == len(b"drawn") + len(b"left behind")
    assert not made.exists()
    assert clip.exists()
    assert part_path(store.layout, flying.attempt).exists()


def test_forgetting_says_what_it_cost_and_lets_the_job_be_rendered_anew(store: Store) -> None:
    path = kept_clip(store, "j1")
    other = kept_clip(store, "j2", b"other")
    assert forgettable(store, "nobody") == ()
    assert forgettable(store, order("j1").job[:7]) == ()  # too short to be meant
    (one,) = forgettable(store, order("j1").job[:8])
    assert one == forgettable(store, "opening/j1")[0]
    assert one.cost == Decimal("1.568")
    assert forget(store, one).files == 1
    assert not path.exists()
    assert other.exists()
    assert isinstance(store.latest(take_1(order("j1").job)), states.Forgotten)
    take_all(store, intended(order("j1", "af")))


def test_one_take_of_a_job_is_forgotten_by_its_own_name(store: Store) -> None:
    takes = [order("j1", f"a{n}", take=n) for n in (1, 2)]
    for one in takes:
        for step in path_to(stored(one, ClipDigest(str(one.take) * 64))):
            assert store.record([step]) == (None,)
    assert len(forgettable(store, "opening/j1")) == 2
    (second,) = forgettable(store, "opening/j1, take 2")
    forget(store, second)
    first, gone = (store.latest(key_of(one)) for one in takes)
    assert isinstance(first, states.Stored)
    assert isinstance(gone, states.Forgotten)


def test_a_clip_that_another_job_needs_stays_when_one_is_forgotten(store: Store) -> None:
    path = kept_clip(store, "j1")
    kept_clip(store, "j2")
    (one,) = forgettable(store, "opening/j1")
    assert forget(store, one).files == 0
    assert path.exists()


def test_a_result_that_came_after_a_wrong_one_is_forgotten_with_both_files(store: Store) -> None:
    first = finished(order("j1"))
    store.part_path(states.order_of(first).attempt).write_bytes(b"wrong")
    wrong = store.settle(states.order_of(first).attempt, ".mp4")
    store.keep(wrong)
    failed = states.Failed(first, PAID, states.KeptFile(wrong.digest, ".mp4", wrong.size), DAY)
    store.part_path(states.order_of(first).attempt).write_bytes(b"clip")
    settled = store.settle(states.order_of(first).attempt, ".mp4")
    store.keep(settled)
    take_all(store, states.Stored(failed, states.KeptClip(settled.digest, ".mp4", 4, FACTS), DAY))
    (one,) = forgettable(store, "opening/j1")
    assert one.clips == {wrong.digest, settled.digest}
    assert forget(store, one).files == 2
    assert not [*store.layout.clips.glob("*/*")]


def test_the_clip_of_a_result_whose_file_is_gone_is_known(store: Store) -> None:
    kept_clip(store, "j1").unlink()
    (life,) = store.lives().values()
    assert isinstance(life, states.Stored)
    assert store.record([states.Mislaid(life, DAY)]) == (None,)
    (one,) = forgettable(store, "opening/j1")
    assert isinstance(life.kept, states.KeptClip)
    assert one.clips == {life.kept.digest}
    assert forget(store, one).files == 0


def test_what_is_in_flight_cannot_be_forgotten(store: Store) -> None:
    take_all(store, finished())
    assert forgettable(store, "opening/j1") == ()


def test_a_derived_file_is_made_once_and_a_failed_one_leaves_nothing(store: Store) -> None:
    made: list[Path] = []

    def make(path: Path) -> None:
        made.append(path)
        path.write_bytes(b"x")

    path = store.derive("r1", ".png", make)
    assert store.derive("r1", ".png", make) == path
    assert len(made) == 1

    def fail(path: Path) -> None:
        path.write_bytes(b"half")
        raise ValueError("no")

    with pytest.raises(ValueError, match="no"):
        store.derive("r2", ".png", fail)
    assert [p for p in store.layout.derived.rglob("*") if p.is_file()] == [path]


def test_spending_is_summed_by_day_scene_and_film(store: Store) -> None:
    shared = order("j1", "a1", films=("ad/de", "ad/en", "ad/fr"), cost="1.00")
    voice = order("j2", "a2", shots=(), cost="0.007")
    lost = order("j3", "a3", cost="2")
    free = order("j4", "a4")
    wrong = order("j5", "a5", cost="0.5")
    for life in (
        stored(shared),
        states.Stored(finished(voice, None), VoiceMade("v1"), DAY),
        states.Abandoned(states.Unknown(intended(lost), "", DAY), "consent", Charge.POSSIBLE, DAY),
        states.Failed(finished(free).before, FAULT, None, DAY),
        states.Failed(finished(wrong), PAID, None, DAY),
    ):
        take_all(store, life)
    rows = spent(store.journal.attempts())
    assert [row.job for row in rows] == ["opening/j1", "opening/j2", "opening/j3", "opening/j5"]
    assert whole(rows).paid == Decimal("1.507")
    assert whole(rows).possible == Decimal(2)
    films = summed(rows, lambda row: row.films)
    assert round(films["ad/de"].paid, 6) == Decimal("0.333333")
    assert films["first-cup"].paid == Decimal("0.507")
    scenes = summed(rows, lambda row: (row.scene,))
    assert scenes["voices"].paid == Decimal("0.007")
    assert rows[0].billed == Decimal("1.00")  # 4 units of 4 seconds asked
    assert rows[1].billed is None


@pytest.mark.parametrize(
    ("units", "billed"),
    [
        ("8", "3.136"),
        ("nan", None),
        ("much", None),
        ("-8", None),
        ("1e30", None),
        ("1e999999", None),
    ],
)
def test_billed_units_are_weighed_against_the_estimate(
    store: Store, units: str, billed: str | None
) -> None:
    take_all(store, finished(units=units))
    (row,) = spent(store.journal.attempts())
    assert row.billed == (Decimal(billed) if billed else None)
    assert row.open


def test_the_seam_counts_and_kills_only_when_told() -> None:
    code = (
        "from storyboard.store.effects import effect\n"
        "for n in range(5):\n    effect('x'); print(n, flush=True)\n"
    )
    import subprocess  # noqa: PLC0415 - only here
    import sys  # noqa: PLC0415

    def ran(environment: dict[str, str]) -> tuple[int, str]:
        done = subprocess.run(  # noqa: S603 - our own interpreter
            [sys.executable, "-c", code],
            env={**os.environ, **environment},
            capture_output=True,
            text=True,
            check=False,
        )
        return done.returncode, done.stdout

    assert ran({}) == (0, "0\n1\n2\n3\n4\n")
    code_, out = ran({"STORYBOARD_CRASH_AT": "3"})
    assert code_ == -9
    assert out == "0\n1\n"
