"""Close attempts whose outcome nobody will ever learn, by the word of whoever paid."""

from storyboard.store.cleaning import is_meant
from storyboard.store.life import Abandoned, Intended, Unknown, charge_of, order_of
from storyboard.store.store import Store

BY_HAND = "given up by hand"


def abandonable(store: Store, name: str) -> tuple[Intended | Unknown, ...]:
    """Find unknown outcomes by the job's name or the take's, or by eight digits of its digest."""
    return tuple(
        life
        for life in store.lives().values()
        if isinstance(life, Intended | Unknown) and is_meant(name, order_of(life))
    )


def abandon(store: Store, life: Intended | Unknown) -> Abandoned:
    """Record an attempt as abandoned. It counts as it did: as paid, or as perhaps paid.

    Raises:
        Conflict: where another run has gone on with it.
    """
    step = Abandoned(life, BY_HAND, charge_of(life), store.now())
    (conflict,) = store.record([step])
    if conflict is not None:
        raise conflict
    return step
