"""The journal door by door: what fits is kept in order, what does not is named and left out."""

import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from store_values import (
    CENT,
    DAY,
    FAULT,
    adopted,
    every_life,
    finished,
    intended,
    job_of,
    order,
    path_to,
    stored,
    take_1,
    ticket,
)

from storyboard.model.clip import ClipDigest
from storyboard.model.money import Usd
from storyboard.provider import Charge
from storyboard.store import Conflict, StoreProblem, TakeKey
from storyboard.store import life as states
from storyboard.store.journal import Journal
from storyboard.store.latest_attempts import latest_of, next_take
from storyboard.store.life import Life, order_of
from storyboard.store.rows import IllegalStep, kind_of
from storyboard.store.runs import RunId
from storyboard.store.schema import open_journal
from storyboard.store.spending import Sum, spent, whole

JOB, OTHER = order().job, job_of("j2")
ME, YOU = RunId("me"), RunId("you")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "journal.db"


@pytest.fixture
def journal(path: Path) -> Iterator[Journal]:
    journal = Journal(open_journal(path), path)
    yield journal
    journal.close()


def take(journal: Journal, *steps: Life) -> None:
    for step in steps:
        assert journal.record([step]) == (None,)


LIVES = [pytest.param(life, id=kind_of(life)) for life in every_life()]


# --- record


@pytest.mark.parametrize("life", LIVES)
def test_a_step_is_read_back_as_it_was_and_taken_once(journal: Journal, life: Life) -> None:
    take(journal, *path_to(life))
    assert journal.latest(take_1(JOB)) == life
    (again,) = journal.record([life])
    assert isinstance(again, Conflict)
    assert journal.latest(take_1(JOB)) == life


@pytest.mark.parametrize("life", LIVES)
def test_a_new_attempt_begins_only_where_the_last_is_over(journal: Journal, life: Life) -> None:
    take(journal, *path_to(life))
    (answer,) = journal.record([intended(order(attempt="a2"))])
    over = isinstance(life, states.Refused | states.Failed | states.Abandoned | states.Forgotten)
    assert (answer is None) == over


def test_a_conflict_says_whose_job_it_is_and_how_far_it_has_come(journal: Journal) -> None:
    first = intended()
    take(journal, first, states.Accepted(first, ticket(), DAY))
    (late,) = journal.record([states.Unknown(first, "stale", DAY)])
    assert str(late) == "opening/j1: another run has gone on with it (accepted)"


def test_a_step_of_an_attempt_that_was_never_begun_is_left_out(journal: Journal) -> None:
    (answer,) = journal.record([finished()])
    assert isinstance(answer, Conflict)
    assert journal.latest(take_1(JOB)) is None


def test_a_step_of_an_earlier_attempt_is_left_out(journal: Journal) -> None:
    first, second = intended(order(attempt="a1")), intended(order(attempt="a2"))
    take(journal, first, states.Refused(first, FAULT, DAY), second)
    (late,) = journal.record([states.Unknown(first, "stale", DAY)])
    assert isinstance(late, Conflict)
    assert journal.latest(take_1(JOB)) == second
    take(journal, states.Unknown(second, "lost", DAY))


def test_another_job_is_not_in_the_way(journal: Journal) -> None:
    one, two = intended(order("j1", "a1")), intended(order("j2", "a2"))
    take(journal, one, two, states.Unknown(one, "lost", DAY))
    assert journal.latest(take_1(JOB)) == states.Unknown(one, "lost", DAY)
    assert journal.latest(take_1(OTHER)) == two


def test_no_two_attempts_hold_one_request_however_they_come_by_it(journal: Journal) -> None:
    one, two, three = (intended(order(f"j{n}", f"a{n}")) for n in (1, 2, 3))
    lost = states.Unknown(three, "no answer", DAY)
    take(journal, one, two, three, lost, states.Accepted(one, ticket("r1"), DAY))
    for step in (
        states.Accepted(two, ticket("r1"), DAY),  # as the answer to its own submit
        states.Accepted(lost, ticket("r1"), DAY),  # as found in the account's list
        adopted(order("j4", "a4"), request="r1"),
    ):
        (refused,) = journal.record([step])
        assert str(refused) == f"{order_of(step).id}: another attempt has request r1"
    take(journal, states.Accepted(lost, ticket("r2"), DAY))
    elsewhere = replace(ticket("r1"), provider="another")
    take(journal, states.Accepted(two, elsewhere, DAY))  # its ids are its own


def test_a_request_of_an_adopted_clip_is_not_taken_up_for_a_lost_one(journal: Journal) -> None:
    first = intended()
    lost = states.Unknown(first, "no answer", DAY)
    take(journal, first, lost, adopted(order("j2", "a2"), request="r9"))
    (refused,) = journal.record([states.Accepted(lost, ticket("r9"), DAY)])
    assert str(refused) == "opening/j1: another attempt has request r9"


@pytest.mark.parametrize("kind", ["accepted", "adopted"])
def test_the_database_itself_takes_no_request_twice(journal: Journal, kind: str) -> None:
    take(journal, intended(), states.Accepted(intended(), ticket("r1"), DAY))
    data = {
        "accepted": '{"request":"r1","provider":"https://queue.fal.run"}',
        "adopted": '{"origin":{"request":"r1","provider":"https://queue.fal.run"}}',
    }
    for given in (data[kind], data[kind].replace(',"provider":"https://queue.fal.run"', "")):
        with pytest.raises(sqlite3.IntegrityError):
            journal._db.execute(  # noqa: SLF001 -- past the program
                "INSERT INTO events (at, attempt, job, kind, data) VALUES ('', 'b', 'j', ?, ?)",
                (kind, given),
            )
    for statement in ("DELETE FROM requests", "UPDATE requests SET attempt = 'b'"):
        with pytest.raises(sqlite3.IntegrityError, match="append-only"):
            journal._db.execute(statement)  # noqa: SLF001


def test_a_step_that_would_not_read_back_is_not_written(journal: Journal) -> None:
    """One such row would make the whole journal unreadable, and all that was paid for with it."""
    clip = stored()
    assert isinstance(clip.kept, states.KeptClip)
    take(journal, *path_to(clip.before))
    for kept in (replace(clip.kept, suffix=".MP4"), replace(clip.kept, digest=ClipDigest("../x"))):
        with pytest.raises(IllegalStep, match="does not read"):
            journal.record([states.Stored(clip.before, kept, DAY)])
    with pytest.raises(IllegalStep, match=r"'\.\./x' is not the id of an attempt"):
        journal.record([intended(order("j2", "../x"))])
    assert journal.attempts() == {JOB: [clip.before]}
    once = replace(order("j2", "a2"), seconds=4.0)  # type: ignore[arg-type]
    with pytest.raises(IllegalStep, match="does not read"):
        journal.record([intended(once)])


# --- takes


def test_further_takes_of_a_job_are_attempts_beside_each_other(journal: Journal) -> None:
    first = stored(order("j1", "a1"))
    second = intended(order("j1", "a2", take=2))
    third = stored(order("j1", "a3", take=3), ClipDigest("d" * 64))
    take(journal, *path_to(first), second, *path_to(third))
    assert journal.attempts() == {JOB: [first, second, third]}
    assert [journal.latest(TakeKey(JOB, n)) for n in (1, 2, 3, 4)] == [first, second, third, None]
    assert latest_of([first, second, third]) == first  # a further take changes nothing that was
    for n in (1, 2, 3):
        (again,) = journal.record([intended(order("j1", "b1", take=n))])
        assert isinstance(again, Conflict)
    assert next_take(journal.attempts()[JOB]) == 4
    take(journal, states.Refused(second, FAULT, DAY), intended(order("j1", "b1", take=2)))
    take(journal, states.Forgotten(first, DAY))
    assert latest_of(journal.attempts()[JOB]) == third
    take(journal, states.Mislaid(third, DAY))
    assert latest_of(journal.attempts()[JOB]) == states.Mislaid(third, DAY)


def test_without_a_result_a_job_stands_where_it_may_still_get_one(journal: Journal) -> None:
    first, second = intended(order("j1", "a1")), intended(order("j1", "a2", take=2))
    refused = states.Refused(first, FAULT, DAY)
    take(journal, first, second, refused)
    assert latest_of(journal.attempts()[JOB]) == second
    third = intended(order("j1", "a3"))
    take(journal, states.Unknown(second, "lost", DAY), third)
    take(journal, states.Abandoned(third, "never sent", Charge.NONE, DAY))
    assert latest_of(journal.attempts()[JOB]) == states.Unknown(second, "lost", DAY)
    assert next_take([refused]) == 1
    assert next_take([]) == 1


# --- adopted


def test_an_adopted_clip_is_there_and_costs_nothing(journal: Journal) -> None:
    clip = adopted(request="r7")
    take(journal, clip)
    assert journal.latest(take_1(JOB)) == clip
    assert states.charge_of(clip) is Charge.NONE
    assert states.amount_of(clip) == 0
    assert states.request_of(clip) == "r7"
    assert spent(journal.attempts()) == ()
    (again,) = journal.record([intended(order("j1", "a2"))])
    assert str(again) == "opening/j1: another run has gone on with it (adopted)"
    lost = states.Mislaid(clip, DAY)
    take(journal, lost)
    (early,) = journal.record([intended(order("j1", "a2"))])
    assert isinstance(early, Conflict)
    take(journal, states.Forgotten(lost, DAY), intended(order("j1", "a2")))
    assert states.charge_of(journal.attempts()[JOB][0]) is Charge.NONE


def test_a_clip_is_adopted_beside_what_is_under_way_and_once(journal: Journal) -> None:
    flying = finished(order("j1", "a1")).before
    take(journal, *path_to(flying))
    lives = journal.attempts()[JOB]
    clip = adopted(order("j1", "a2", take=next_take(lives)), request="r7")
    assert order_of(clip).take == 2
    (late,) = journal.record([adopted(order("j1", "a3"), request="r8")])
    assert str(late) == "opening/j1: another run has gone on with it (accepted)"
    take(journal, clip)
    assert journal.latest(TakeKey(JOB, 2)) == clip
    (again,) = journal.record([adopted(order("j1", "a4", take=3), request="r9")])
    assert str(again) == "opening/j1: its clip is here already"
    take(journal, adopted(order("j2", "a5"), request="r9"))  # another job's clip, by chance equal


def test_a_clip_of_unknown_making_is_adopted_as_well(journal: Journal) -> None:
    take(journal, adopted(order("j1", "a1")), adopted(order("j2", "a2")))
    assert states.request_of(adopted()) is None


# --- money that may have been charged


def test_what_an_end_says_was_charged_counts_in_place_of_the_price(journal: Journal) -> None:
    no_id = states.Unknown(intended(order("j1", "a1")), "no usable id", DAY, Charge.PAID)
    given_up = states.Abandoned(no_id, "closed", Charge.PAID, DAY, CENT)
    maybe = replace(FAULT, charge=Charge.POSSIBLE)
    refused = states.Refused(intended(order("j2", "a2")), maybe, DAY, CENT)
    failed = states.Failed(finished(order("j3", "a3")), maybe, None, DAY)
    for life in (given_up, refused, failed):
        take(journal, *path_to(life))
    assert states.charge_of(no_id) is Charge.PAID
    assert states.amount_of(no_id) == order().cost
    rows = spent(journal.attempts())
    assert [row.amount for row in rows] == [CENT, CENT, order().cost]
    assert whole(rows) == Sum(CENT, Usd(CENT + order().cost))
    forgotten = states.Forgotten(refused, DAY)
    assert states.amount_of(forgotten) == CENT
    take(journal, forgotten)
    assert whole(spent(journal.attempts())) == Sum(CENT, Usd(CENT + order().cost))


def test_steps_of_one_batch_see_each_other(journal: Journal) -> None:
    first = intended()
    accepted = states.Accepted(first, ticket(), DAY)
    assert journal.record([first, accepted]) == (None, None)
    assert journal.record([]) == ()
    assert journal.latest(take_1(JOB)) == accepted


def test_attempts_are_read_job_by_job_latest_last(journal: Journal) -> None:
    first = intended(order("j1", "a1"))
    refused = states.Refused(first, FAULT, DAY)
    second = intended(order("j1", "a2"), DAY + timedelta(days=1))
    other = intended(order("j2", "b1"))
    take(journal, first, other, refused, second)
    assert journal.attempts() == {JOB: [refused, second], OTHER: [other]}
    assert journal.latest(take_1(JOB)) == second
    assert journal.latest(take_1(job_of("nothing"))) is None


def test_what_others_wrote_before_an_attempt_is_read_once_and_in_full(journal: Journal) -> None:
    assert journal.last() == 0
    early = intended(order("j0", "d1"))
    take(journal, early)
    start = journal.last()
    first = intended(order("j1", "a1"))
    refused = states.Refused(first, FAULT, DAY)
    second = intended(order("j1", "a2"))
    mine = intended(order("j2", "b1"))
    late = intended(order("j3", "c1"))
    take(journal, first, refused, second, mine, late)
    here, lives = journal.before(mine.order, start)
    assert lives == (refused, second)
    assert (here, journal.last()) == (start + 4, start + 5)
    assert journal.before(late.order, here) == (start + 5, ())
    assert journal.before(mine.order, start + 5) == (here, ())


# --- transactions


def test_what_fails_inside_a_transaction_leaves_nothing(journal: Journal, path: Path) -> None:
    def killed() -> None:
        with journal.transaction():
            take(journal, intended())
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        killed()
    assert journal.latest(take_1(JOB)) is None
    take(journal, intended())
    other = Journal(open_journal(path), path)
    assert other.latest(take_1(JOB)) == intended()
    other.close()


def test_a_transaction_is_seen_by_others_when_the_outermost_ends(
    journal: Journal, path: Path
) -> None:
    other = Journal(open_journal(path), path)
    with journal.transaction():
        take(journal, intended())
        with journal.transaction():
            journal.claim(take_1(JOB), ME, DAY, lambda _: True)
        assert other.latest(take_1(JOB)) is None
        assert other.owners() == {}
    assert other.latest(take_1(JOB)) == intended()
    assert other.owners() == {take_1(JOB): ME}
    other.close()


def test_a_lock_that_is_held_too_long_is_named(journal: Journal, path: Path) -> None:
    holder = sqlite3.connect(path, isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    impatient = sqlite3.connect(path, timeout=0, isolation_level=None)
    with pytest.raises(StoreProblem) as caught:
        Journal(impatient, path).record([intended()])
    assert (caught.value.code, str(path) in caught.value.message) == ("SB914", True)
    impatient.close()
    holder.execute("ROLLBACK")
    holder.close()
    take(journal, intended())


def test_a_transaction_holds_the_lock_from_its_beginning(journal: Journal, path: Path) -> None:
    """What was read inside it still holds when it writes: nobody else could write between."""
    impatient = sqlite3.connect(path, timeout=0, isolation_level=None)
    with journal.transaction(), pytest.raises(StoreProblem) as caught:
        Journal(impatient, path).record([intended()])
    assert caught.value.code == "SB914"
    impatient.close()


def test_every_reading_of_a_journal_that_does_not_answer_is_told(
    journal: Journal, path: Path
) -> None:
    journal._db.execute("DROP TABLE claims")  # noqa: SLF001 -- damage, as a disk makes it
    journal._db.execute("DROP TABLE uploads")  # noqa: SLF001
    journal._db.execute("DROP TABLE events")  # noqa: SLF001
    for read, table in (
        (journal.attempts, "events"),
        (lambda: journal.latest(take_1(JOB)), "events"),
        (journal.last, "events"),
        (lambda: journal.before(intended().order, 0), "events"),
        (journal.owners, "claims"),
        (lambda: journal.upload("fal", "f1"), "uploads"),
    ):
        with pytest.raises(StoreProblem) as caught:
            read()
        assert caught.value.code == "SB911"
        assert caught.value.message == f"{path} is damaged: no such table: {table}"


def test_a_row_that_cannot_follow_is_told_with_the_file(journal: Journal, path: Path) -> None:
    take(journal, intended())
    journal._db.execute(  # noqa: SLF001 -- what another program wrote
        "INSERT INTO events (at, attempt, job, kind, data) VALUES (?, 'a1', ?, 'mislaid', '{}')",
        (DAY.isoformat(), JOB),
    )
    for read in (journal.attempts, lambda: journal.latest(take_1(JOB))):
        with pytest.raises(StoreProblem) as caught:
            read()
        assert caught.value.code == "SB911"
        assert caught.value.message == f"{path} is damaged: mislaid cannot follow intended"
    assert journal.latest(take_1(OTHER)) is None


def test_a_journal_that_is_not_in_its_place_takes_nothing(journal: Journal, path: Path) -> None:
    path.rename(path.with_name("moved.db"))
    for _ in ("moved", "another one there"):
        with pytest.raises(StoreProblem) as caught:
            journal.record([intended()])
        assert caught.value.message.startswith(f"{path} was moved, removed or replaced")
        path.touch()


def test_a_closed_journal_takes_nothing(path: Path) -> None:
    journal = Journal(open_journal(path), path)
    journal.close()
    with pytest.raises(sqlite3.ProgrammingError, match="closed"):
        journal.record([intended()])


# --- claims


def test_a_claim_is_this_runs_until_another_lives_with_it(journal: Journal) -> None:
    asked: list[RunId] = []

    def lives(run: RunId) -> bool:
        asked.append(run)
        return True

    assert journal.claim(take_1(JOB), ME, DAY, lives) is None
    assert journal.claim(take_1(JOB), ME, DAY, lives) is None
    assert asked == []  # nobody asks whether oneself is alive
    assert journal.claim(take_1(JOB), YOU, DAY, lives) == ME
    assert asked == [ME]
    assert journal.owners() == {take_1(JOB): ME}
    assert journal.claim(take_1(OTHER), YOU, DAY, lives) is None
    assert journal.owners() == {take_1(JOB): ME, take_1(OTHER): YOU}


def test_takes_of_a_job_are_claimed_one_by_one(journal: Journal) -> None:
    second = TakeKey(JOB, 2)
    assert journal.claim(second, ME, DAY, lambda _: True) is None
    assert journal.claim(take_1(JOB), YOU, DAY, lambda _: True) is None
    assert journal.claim(second, YOU, DAY, lambda _: True) == ME
    assert journal.owners() == {second: ME, take_1(JOB): YOU}
    journal.release([second], ME)
    assert journal.owners() == {take_1(JOB): YOU}


def test_an_equal_request_for_another_take_of_the_job_is_seen(journal: Journal) -> None:
    mine, theirs = intended(order("j1", "a1")), intended(order("j1", "a2", take=2))
    take(journal, mine, theirs)
    journal.claim(take_1(JOB), ME, DAY, lambda _: True)
    assert journal.being_sent(mine.order) == frozenset()
    journal.claim(TakeKey(JOB, 2), YOU, DAY, lambda _: True)
    assert journal.being_sent(mine.order) == {YOU}
    assert journal.being_sent(theirs.order) == {ME}
    take(journal, states.Unknown(theirs, "lost", DAY))
    assert journal.being_sent(mine.order) == frozenset()


def test_a_dead_runs_claim_is_taken_over(journal: Journal) -> None:
    assert journal.claim(take_1(JOB), ME, DAY, lambda _: True) is None
    assert journal.claim(take_1(JOB), YOU, DAY, lambda _: False) is None
    assert journal.owners() == {take_1(JOB): YOU}


def test_a_run_gives_up_its_own_claims_and_no_others(journal: Journal) -> None:
    third = job_of("j3")
    for job, run in ((JOB, ME), (OTHER, YOU), (third, ME)):
        assert journal.claim(take_1(job), run, DAY, lambda _: True) is None
    journal.release([take_1(JOB), take_1(OTHER)], ME)
    assert journal.owners() == {take_1(OTHER): YOU, take_1(third): ME}
    journal.release([], ME)
    assert journal.owners() == {take_1(OTHER): YOU, take_1(third): ME}


def test_a_claim_tells_since_when(journal: Journal) -> None:
    journal.claim(take_1(JOB), ME, DAY, lambda _: True)
    rows = journal._db.execute("SELECT job, owner, at FROM claims").fetchall()  # noqa: SLF001
    assert rows == [(JOB, ME, DAY.isoformat())]


# --- uploads


def test_the_last_upload_of_a_content_at_a_provider_is_known_with_its_time(
    journal: Journal,
) -> None:
    later = DAY + timedelta(days=1)
    journal.note_upload("fal", "f1", "https://x/1", DAY)
    journal.note_upload("fal", "f1", "https://x/2", later)
    journal.note_upload("fal", "f2", "https://x/3", DAY)
    journal.note_upload("emulator", "f1", "https://x/4", DAY)
    assert journal.upload("fal", "f1") == ("https://x/2", later)
    assert journal.upload("fal", "f2") == ("https://x/3", DAY)
    assert journal.upload("emulator", "f1") == ("https://x/4", DAY)
    assert journal.upload("emulator", "f2") is None


def test_a_stored_clip_keeps_all_that_is_known_of_it(journal: Journal) -> None:
    take(journal, *path_to(stored()))
    found = journal.latest(take_1(JOB))
    assert found == stored()
    assert isinstance(found, states.Stored)
    assert states.request_of(found) == "a1"
