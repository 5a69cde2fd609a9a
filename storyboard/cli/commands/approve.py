"""`storyboard approve`: what is seen of shots is good, written into the lock."""

from collections.abc import Sequence

import click

from storyboard.cli.deciding import Deciding, deciding, names_of, tell
from storyboard.cli.exits import Exit, Stop
from storyboard.session import OfferedShot, for_each, for_one, not_to_judge, open_desk, shots_named


@click.command("approve")
@deciding
@click.argument("named", nargs=-1, metavar="[SHOT]...")
@click.option("--all", "is_all", is_flag=True, help="Approve every shot.")
def command(words: Deciding, named: tuple[str, ...], is_all: bool) -> int:  # noqa: FBT001 -- a flag
    """Approve what the film shows of each SHOT: these bytes, this part of them, this crop.

    A new take, other words, another trim or crop make it stale for that shot alone; titles may
    change. What a model made is picked as well, if nothing is. Needs no network.
    """
    ask = words.ask
    if is_all == bool(named):
        raise Stop(Exit.USAGE, "name shots, or give --all", "storyboard approve FILE SHOT...")
    desk = open_desk(ask, words.choice, names_of(named), picks=False)
    shots: Sequence[OfferedShot] = desk.shots
    if named:
        shots = [one for name in named for one in shots_named(desk.shots, name, words.film)]
    elif words.film is not None:
        shots = [one for one in desk.shots if one.asked.film == words.film]
    not_to_judge(shots)
    place = for_each if words.film is None else for_one
    tell(desk.write(place(words.who.approve(shots))), desk, words)
    return Exit.OK
