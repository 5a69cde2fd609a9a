"""`storyboard reject`: what is seen of a shot is not good, and why, written into the lock."""

import click

from storyboard.cli.deciding import Deciding, deciding, names_of, tell
from storyboard.cli.exits import Exit, Stop
from storyboard.session import for_each, for_one, not_to_judge, open_desk, shots_named


@click.command("reject")
@deciding
@click.argument("name", metavar="SHOT")
@click.argument("why")
def command(words: Deciding, name: str, why: str) -> int:
    """Reject what the film shows of SHOT, and say WHY, in words for whoever makes the next take.

    It holds for what is seen now. Needs no network.
    """
    if not why.strip():
        raise Stop(Exit.USAGE, "say why", 'storyboard reject FILE SHOT "the cup is chipped"')
    desk = open_desk(words.ask, words.choice, names_of([name]), picks=False)
    shots = shots_named(desk.shots, name, words.film)
    not_to_judge(shots)
    place = for_each if words.film is None else for_one
    tell(desk.write(place(words.who.reject(shots, why.strip()))), desk, words)
    return Exit.OK
