"""Decide from a job's latest attempt what a run does with the job: the one rule about paying.

The price that a user agrees to and the requests that are then sent both follow from `next_step`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias, assert_never

from storyboard.provider import Charge
from storyboard.store.life import (
    Abandoned,
    Accepted,
    Failed,
    Finished,
    Forgotten,
    Intended,
    Later,
    Life,
    Mislaid,
    Refused,
    Stored,
    Unknown,
    charge_of,
    may_come_yet,
)


class FailedJobs(StrEnum):
    """What a run does with jobs that failed in an earlier run and may have been charged."""

    ASK = "ask"
    RETRY = "retry"
    LEAVE = "leave"


Open: TypeAlias = Intended | Unknown | Accepted | Finished | Mislaid | Stored
"""Where an attempt stands that a run goes on with; `Stored` where its clip is gone."""


@dataclass(frozen=True, slots=True)
class Keep:
    """The result is kept: there is nothing to do and nothing to pay."""

    life: Stored


@dataclass(frozen=True, slots=True)
class TakeUp:
    """An earlier run left it open: it is looked up, watched or fetched, and not paid again."""

    life: Open


@dataclass(frozen=True, slots=True)
class Send:
    """It is sent without a question beyond the price of the run."""


@dataclass(frozen=True, slots=True)
class AskFirst:
    """It failed and may have been charged: it is sent again only after a question of its own."""

    life: Refused | Failed


@dataclass(frozen=True, slots=True)
class FetchAgain:
    """Only wrong bytes were wrong with it: it is asked for again, for nothing, before all else."""

    life: Failed


@dataclass(frozen=True, slots=True)
class LeaveFailed:
    """It failed and may have been charged, and stays as it is: the state `failed`."""

    life: Refused | Failed


@dataclass(frozen=True, slots=True)
class LeaveLater:
    """A later version of the program has gone on with it: it is left alone, and never sent."""

    life: Later


NextStep: TypeAlias = Keep | TakeUp | Send | AskFirst | FetchAgain | LeaveFailed | LeaveLater


def next_step(
    life: Life | None,
    is_there: Callable[[Stored], bool],
    failed: FailedJobs = FailedJobs.ASK,
) -> NextStep:
    """Return what a run does with a job whose latest attempt, of an earlier run, stands at `life`.

    `is_there` tells whether a stored result is still in the store. An attempt that failed without
    a charge is sent again unasked, like one that never was.
    """
    match life:
        case None | Forgotten() | Abandoned():
            return Send()
        case Stored():
            return Keep(life) if is_there(life) else TakeUp(life)
        case Intended() | Unknown() | Accepted() | Finished() | Mislaid():
            return TakeUp(life)
        case Refused() | Failed():
            return Send() if charge_of(life) is Charge.NONE else _failed(life, failed)
        case Later():
            return LeaveLater(life)
    assert_never(life)


def _failed(life: Refused | Failed, failed: FailedJobs) -> NextStep:
    if isinstance(life, Failed) and may_come_yet(life) and failed is not FailedJobs.RETRY:
        return FetchAgain(life)
    match failed:
        case FailedJobs.ASK:
            return AskFirst(life)
        case FailedJobs.RETRY:
            return Send()
        case FailedJobs.LEAVE:
            return LeaveFailed(life)
    assert_never(failed)
