"""A storyboard to the length of its film."""

from fractions import Fraction

from storyboard.model import Seconds, Storyboard, TransitionKind


def film_seconds(storyboard: Storyboard) -> Seconds:
    """Add up the shots, less what transitions let overlap; the first one overlaps nothing."""
    shots = storyboard.shots
    length = sum((shot.duration for shot in shots), Fraction(0))
    return length - overlapped(storyboard)


def overlapped(storyboard: Storyboard) -> Seconds:
    """Return by how much transitions shorten the film."""
    looks = (shot.look for shot in storyboard.shots[1:])
    return sum(
        (
            look.transition.duration
            for look in looks
            if look.transition.kind is not TransitionKind.CUT
        ),
        Fraction(0),
    )
