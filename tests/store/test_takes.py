"""Where takes stand, those of earlier versions among them, and which of them are wanted."""

from decimal import Decimal

import pytest
from store_values import DAY, FAULT, finished, intended, job_of, order, stored

from storyboard.catalogue import Mode
from storyboard.catalogue.endpoint import EndpointId
from storyboard.jobs import JobDigest, JobId
from storyboard.jobs.job import ClipJob, VoiceJob
from storyboard.model.money import Usd
from storyboard.plan import JobState
from storyboard.store import TakeKey, key_of, known_keys, lives_of_takes, next_step, wanted_takes
from storyboard.store import life as states
from storyboard.store.life import Life
from storyboard.store.next_steps import FailedJobs
from storyboard.store.takes import state_of, take_lives

J1, J2 = job_of("j1"), job_of("j2")
FIRST = stored(order("j1", "a1"))
THIRD = intended(order("j1", "a3", take=3))
REFUSED = states.Refused(intended(order("j1", "b1", take=2)), FAULT, DAY)
AGAIN = intended(order("j1", "b2", take=2))


def job(takes: int, *former: JobDigest) -> ClipJob:
    return ClipJob(
        id=JobId("opening/j1"),
        digest=J1,
        model="m",
        endpoint=EndpointId("owner/app"),
        shots=(),
        seconds=5,
        mode=Mode.SILENT,
        body={},
        cost=Usd(Decimal(1)),
        after=(),
        why="",
        takes=takes,
        former=former,
    )


def keys(one: ClipJob | VoiceJob, attempts: dict[JobDigest, list[Life]]) -> list[TakeKey]:
    return [take.key for take in wanted_takes(one, attempts, lambda _: True)]


def test_a_take_stands_where_its_latest_attempt_does() -> None:
    lives = [FIRST, REFUSED, THIRD, AGAIN]
    assert take_lives(lives) == {1: FIRST, 2: AGAIN, 3: THIRD}
    other = finished(order("j2", "c1"))
    found = lives_of_takes({J1: lives, J2: [other]})
    assert found[TakeKey(J2, 1)] == other
    assert [key_of(states.order_of(life)) for life in found.values()] == list(found)


def test_takes_under_former_digests_are_takes_of_the_job_and_go_on_there() -> None:
    attempts: dict[JobDigest, list[Life]] = {J1: [FIRST], J2: [stored(order("j2", "c1"))]}
    with_former = job(3, J2, job_of("j3"))
    assert known_keys(with_former, attempts) == {
        1: (TakeKey(J1, 1), FIRST),
        2: (TakeKey(J2, 1), attempts[J2][0]),
    }
    assert keys(with_former, attempts) == [TakeKey(J1, 1), TakeKey(J2, 1), TakeKey(J1, 3)]
    assert keys(job(2), attempts) == [TakeKey(J1, 1), TakeKey(J1, 2)]


def test_a_take_that_is_kept_is_wanted_before_one_that_is_to_come() -> None:
    kept = stored(order("j1", "a4", take=4))
    attempts: dict[JobDigest, list[Life]] = {J1: [THIRD, kept]}
    assert keys(job(1), attempts) == [TakeKey(J1, 4)]
    assert keys(job(3), attempts) == [TakeKey(J1, 4), TakeKey(J1, 3), TakeKey(J1, 1)]


def test_a_voice_has_one_take() -> None:
    cost = Usd(Decimal(1))
    voice = VoiceJob(JobId("voice/a"), J1, EndpointId("owner/voice"), "a", {}, cost)
    assert keys(voice, {}) == [TakeKey(J1, 1)]


@pytest.mark.parametrize(
    ("life", "state"),
    [
        (None, JobState.TO_RENDER),
        (FIRST, JobState.RENDERED),
        (THIRD, JobState.IN_FLIGHT),
        (states.Unknown(THIRD, "lost", DAY), JobState.UNKNOWN),
        (states.Later(FIRST, "moved", "{}", DAY), JobState.LEFT),
        (states.Forgotten(FIRST, DAY), JobState.TO_RENDER),
    ],
)
def test_the_state_of_a_take_is_what_a_run_would_do_with_it(
    life: Life | None, state: JobState
) -> None:
    assert state_of(next_step(life, lambda _: True, FailedJobs.LEAVE)) is state
