"""Questions about money, asked at a terminal; without one, nothing is spent."""

import asyncio
import sys
from dataclasses import dataclass, field

from storyboard.cli import show
from storyboard.cli.exits import Exit, Leave, Stop
from storyboard.cli.terminal import agree, say
from storyboard.jobs import take_name
from storyboard.model import Usd, dollars
from storyboard.render import Doubt


@dataclass(frozen=True, slots=True)
class Answers:
    """Consent by the options of the command, or by whoever is at the terminal.

    Questions stand there one at a time: of two at once nobody knows which one a yes is for. Once
    `stop` is set, nothing is sent any more, and nothing asked.
    """

    unknown: bool
    failed: bool
    stop: asyncio.Event
    turn: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def resubmit_unknown(self, doubt: Doubt) -> bool:
        """Ask whether to send again what was never found at the provider."""
        return self.unknown or await self._asked(doubt)

    async def resubmit_failed(self, doubt: Doubt) -> bool:
        """Ask whether to send again what failed and may have been charged."""
        return self.failed or await self._asked(doubt)

    async def _asked(self, doubt: Doubt) -> bool:
        if not show.interactive():
            return False
        async with self.turn:
            if self.stop.is_set():
                return False
            question = f"Send it again, for {dollars(doubt.cost)} more? [y/N]: "
            name = take_name(doubt.take.job.id, doubt.take.number)
            say(f"{name}: {doubt.reason}\n{question}", err=True, end="")
            return (await _typed(self.stop)).strip().lower() in {"y", "yes"}


async def _typed(stop: asyncio.Event) -> str:
    """Wait for a line at the terminal; Ctrl-C is heard meanwhile, and is none."""
    loop, typed = asyncio.get_running_loop(), asyncio.Event()
    try:
        loop.add_reader(sys.stdin, typed.set)
    except NotImplementedError:  # Windows: its terminal is read in a thread, which hears nothing
        return await asyncio.to_thread(sys.stdin.readline)
    waits = [asyncio.ensure_future(one.wait()) for one in (typed, stop)]
    try:
        await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
    finally:
        loop.remove_reader(sys.stdin)
        for one in waits:
            one.cancel()
    return sys.stdin.readline() if typed.is_set() else ""


def spend(amount: Usd) -> None:
    """Ask whether to spend; a no, or nobody to answer, ends the command.

    Raises:
        Stop: with the code for a declined price.
    """
    _agree(
        f"Spend up to {dollars(amount)}?",
        f"rendering this costs {dollars(amount)}, and nobody is here to agree",
        "run it again with --yes, or --backend animatic for a free film",
    )


def rehearse(amount: Usd) -> None:
    """Ask as `spend` does, and say that nothing is paid.

    Raises:
        Stop: with the code for a declined price.
    """
    _agree(
        f"Spend up to {dollars(amount)}? (a rehearsal: nothing is paid)",
        f"a rehearsal asks as well, here about {dollars(amount)}, and nobody is here to agree",
        "run it again with --yes; nothing is paid",
    )


def _agree(question: str, unasked: str, advice: str) -> None:
    if not show.interactive():
        raise Stop(Exit.DECLINED, unasked, advice)
    if not agree(question):
        raise Leave(Exit.DECLINED, "nothing was sent, nothing was spent")
