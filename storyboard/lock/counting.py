"""Count what was decided for shots: how many have a pick, and what was said of them."""

from collections.abc import Iterable
from dataclasses import dataclass

from storyboard.lock.finding import ApprovalState, LockedStanding, PickState


@dataclass(frozen=True, slots=True)
class DecidedCounts:
    """How many shots there are, and how many of them stand where.

    `picked` are those whose pick is current, `stale_picks` those whose pick was chosen for other
    words; likewise `stale_verdicts` were given for something else than what is seen now.
    """

    shots: int
    picked: int
    stale_picks: int
    approved: int
    rejected: int
    stale_verdicts: int

    @property
    def words(self) -> str:
        """Say it in a line: `8 shots: 6 picked, 1 stale, 4 approved`; empty without a decision."""
        counts = (
            (self.picked, "picked"),
            (self.stale_picks, "stale"),
            (self.approved, "approved"),
            (self.rejected, "rejected"),
            (self.stale_verdicts, "to approve again"),
        )
        said = ", ".join(f"{count:,} {word}" for count, word in counts if count)
        noun = "shot" if self.shots == 1 else "shots"
        return f"{self.shots:,} {noun}: {said}" if said else ""

    def to_json(self) -> dict[str, int]:
        """Write it for programs."""
        return {
            "shots": self.shots,
            "picked": self.picked,
            "stale": self.stale_picks,
            "approved": self.approved,
            "rejected": self.rejected,
            "to_approve_again": self.stale_verdicts,
        }


def decided_counts(standings: Iterable[LockedStanding]) -> DecidedCounts:
    """Count shots; one that films share, and that stands the same in all of them, counts once."""
    every = {
        (one.asked.name, one.asked.ratio, one.asked.asks, one.pick, one.approval)
        for one in standings
    }
    picks = [pick for *_, pick, _ in every]
    verdicts = [verdict for *_, verdict in every]
    return DecidedCounts(
        shots=len(every),
        picked=picks.count(PickState.CURRENT),
        stale_picks=picks.count(PickState.STALE),
        approved=verdicts.count(ApprovalState.APPROVED),
        rejected=verdicts.count(ApprovalState.REJECTED),
        stale_verdicts=verdicts.count(ApprovalState.STALE),
    )
