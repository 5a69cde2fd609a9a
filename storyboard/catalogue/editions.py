"""Endpoints with the editions they are in, and the catalogue of each edition.

An edition is the whole catalogue as it was released at a date. An endpoint's file says `since`
which edition it holds; a file that was replaced or removed stays in the package for good, in a
folder that is named by the first edition without it. So an edition that was released never changes.
"""

from dataclasses import dataclass
from itertools import pairwise

from storyboard.catalogue.endpoint import Catalogue, EditionId, Endpoint, gather


@dataclass(frozen=True, slots=True)
class Dated:
    """An endpoint, the first edition that has it, and the first one after it that has not."""

    endpoint: Endpoint
    since: EditionId
    until: EditionId | None = None

    def __post_init__(self) -> None:
        """Refuse an endpoint that is in no edition."""
        if self.until is not None and self.until <= self.since:
            raise ValueError(f"since {self.since}, and retired in {self.until} already")

    def holds(self, edition: EditionId) -> bool:
        """Tell whether an edition has it."""
        return self.since <= edition and (self.until is None or edition < self.until)


@dataclass(frozen=True, slots=True)
class Editions:
    """Every endpoint of every edition."""

    entries: tuple[Dated, ...]

    @property
    def ids(self) -> tuple[EditionId, ...]:
        """Names of the editions, the earliest first."""
        dates = {one.since for one in self.entries}
        dates |= {one.until for one in self.entries if one.until is not None}
        return tuple(sorted(dates))

    @property
    def newest(self) -> Catalogue:
        """The catalogue of the latest edition."""
        return self.at(self.ids[-1])

    def at(self, edition: EditionId) -> Catalogue:
        """Return the catalogue of an edition.

        Raises:
            ValueError: an endpoint is in it twice.
        """
        held = [one.endpoint for one in self.entries if one.holds(edition)]
        names = sorted(one.id for one in held)
        twice = [one for one, other in pairwise(names) if one == other]
        if twice:
            raise ValueError(f"edition {edition} has more than one entry for {', '.join(twice)}")
        return gather(held)
