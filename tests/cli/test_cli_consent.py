"""Questions about money at a terminal: one at a time, and Ctrl-C is an answer to all of them."""

import asyncio
import os
import sys
from collections.abc import Iterator
from decimal import Decimal

import click
import pytest

from storyboard.catalogue.endpoint import EndpointId
from storyboard.cli import show
from storyboard.cli.consent import Answers
from storyboard.jobs.job import JobDigest, JobId, VoiceJob
from storyboard.model.money import Usd
from storyboard.render.ports import Doubt
from storyboard.store import TakeKey, WantedTake

pty = pytest.importorskip("pty", reason="this system's terminals are of another kind")


def doubt(name: str) -> Doubt:
    job = VoiceJob(JobId(name), JobDigest(name), EndpointId("a/b"), name, {}, Usd(Decimal("0.01")))
    take = WantedTake(job, 1, TakeKey(job.digest, 1))
    return Doubt(take, "its answer was lost", Usd(Decimal("1.40")))


class Terminal:
    """A terminal: what was asked at it, and somebody who types."""

    def __init__(self, handle: int) -> None:
        self._handle = handle
        self.asked: list[str] = []
        self.news = asyncio.Event()

    def echo(self, text: str, **_: object) -> None:
        """Show a question."""
        self.asked.append(text)
        self.news.set()

    async def question(self) -> str:
        """Wait for the next question."""
        await self.news.wait()
        self.news.clear()
        return self.asked[-1]

    def type(self, text: str) -> None:
        """Type a line."""
        os.write(self._handle, text.encode() + b"\n")


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> Iterator[Terminal]:
    try:
        ours, theirs = pty.openpty()
    except OSError:
        pytest.skip("this machine has no terminals to give away")
    with os.fdopen(theirs) as stdin:
        shown = Terminal(ours)
        monkeypatch.setattr(sys, "stdin", stdin)
        monkeypatch.setattr(show, "interactive", lambda: True)
        monkeypatch.setattr(click, "echo", shown.echo)
        yield shown
    os.close(ours)


def test_a_yes_is_for_the_question_that_stands_there(terminal: Terminal) -> None:
    async def run() -> None:
        answers = Answers(unknown=False, failed=False, stop=asyncio.Event())
        first = asyncio.create_task(answers.resubmit_unknown(doubt("first")))
        second = asyncio.create_task(answers.resubmit_failed(doubt("second")))
        assert (
            "first: its answer was lost\nSend it again, for 1.40 USD" in await terminal.question()
        )
        terminal.type("y")
        assert await first
        assert "second" in await terminal.question()
        terminal.type("")
        assert not await second
        assert len(terminal.asked) == 2

    asyncio.run(run())


def test_an_interrupt_is_a_no_to_this_question_and_those_to_come(terminal: Terminal) -> None:
    """A thread that waited for a line held the program until somebody pressed Enter."""

    async def run() -> None:
        stop = asyncio.Event()
        answers = Answers(unknown=False, failed=False, stop=stop)
        asks = [asyncio.create_task(answers.resubmit_unknown(doubt(name))) for name in "abc"]
        await terminal.question()
        stop.set()
        assert await asyncio.gather(*asks) == [False] * 3
        assert len(terminal.asked) == 1

    asyncio.run(run())


def test_where_consent_was_given_or_nobody_is_there_nothing_is_asked(
    terminal: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def run(answers: Answers) -> list[bool]:
        one = doubt("a")
        return [await answers.resubmit_unknown(one), await answers.resubmit_failed(one)]

    given = Answers(unknown=True, failed=True, stop=asyncio.Event())
    assert asyncio.run(run(given)) == [True, True]
    monkeypatch.setattr(show, "interactive", lambda: False)
    alone = Answers(unknown=False, failed=False, stop=asyncio.Event())
    assert asyncio.run(run(alone)) == [False, False]
    assert terminal.asked == []
