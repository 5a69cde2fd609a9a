"""Questions about money, asked at a terminal; without one, nothing is spent."""

import asyncio
from dataclasses import dataclass

import click

from storyboard.cli import show
from storyboard.cli.exits import Exit, Leave, Stop
from storyboard.model.money import Usd, dollars
from storyboard.render.ports import Doubt


@dataclass(frozen=True, slots=True)
class Answers:
    """Consent by the options of the command, or by whoever is at the terminal."""

    unknown: bool
    failed: bool

    async def resubmit_unknown(self, doubt: Doubt) -> bool:
        """Ask whether to send again what was never found at the provider."""
        return self.unknown or await _asked(doubt)

    async def resubmit_failed(self, doubt: Doubt) -> bool:
        """Ask whether to send again what failed and may have been charged."""
        return self.failed or await _asked(doubt)


async def _asked(doubt: Doubt) -> bool:
    if not show.interactive():
        return False
    question = f"{doubt.job.id}: {doubt.reason}\nSend it again, for {dollars(doubt.cost)} more?"
    return await asyncio.to_thread(click.confirm, question, default=False, err=True)


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
    if not click.confirm(question, default=False, err=True):
        raise Leave(Exit.DECLINED, "nothing was sent, nothing was spent")
