"""What was worked out of some values to the same again, without working it out anew.

Variations of a storyboard share the nodes that read no name, as the very same objects, so what was
found of a scene that a thousand variations share is found once.
"""

from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from typing import TypeVar, cast

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Memory:
    """What was made of which values.

    Values are known by identity, which says nothing once a value is gone and another has its
    place: so all of them are kept while the memory is.
    """

    _made: dict[Hashable, tuple[object, object]] = field(default_factory=dict)

    def recall(self, what: Hashable, of: tuple[object, ...], make: Callable[[], T]) -> T:
        """Return what `make` makes, from memory where it has been made.

        `what` says by value what is made, `of` are the objects, known by identity, that it is made
        of. What `make` looks at must follow from both, and nobody may change what it returns.
        """
        key = (what, *map(id, of))
        found = self._made.get(key)
        if found is None:
            found = self._made[key] = (of, make())
        return cast("T", found[1])
