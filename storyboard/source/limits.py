"""How much a file may hold, so that none can exhaust the machine that reads it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """The most bytes, nodes and levels of a file; every use of an alias counts with all it holds.

    `repeated` is how many of the nodes may come from aliases, which cost a few bytes each. The
    defaults are far above what is written by hand: 2,000 shots are 2 MB and 220,000 nodes.
    """

    bytes: int = 16_000_000
    nodes: int = 2_000_000
    depth: int = 50
    repeated: int = 20_000


LIMITS = Limits()
