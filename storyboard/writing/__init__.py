"""Write files so that no half of one is ever seen, and say in words what a disk refused."""

from storyboard.writing.atomic import atomic_write
from storyboard.writing.refusals import is_full, refusal

__all__ = [
    "atomic_write",
    "is_full",
    "refusal",
]
