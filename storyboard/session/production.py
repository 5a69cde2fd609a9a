"""Put together what is to be made: a good storyboard, who renders it, its films, their cut."""

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Self

from storyboard.cut import CutOptions, Pages, Timeline
from storyboard.delivery import Memory, Order, Paged, Room, orders
from storyboard.pipeline import Compiled
from storyboard.plan import Plan
from storyboard.session.backend_choice import Backend, BackendChoice
from storyboard.store import Layout


@dataclass(frozen=True, slots=True)
class Production:
    """What is to be made, before anything is rendered, drawn or cut.

    `orders` name every film, in `folder`; `room` says how they are cut. `scenario` is a file of
    faults for a rehearsal.
    """

    compiled: Compiled
    plan: Plan
    choice: BackendChoice
    folder: Path
    orders: tuple[Order, ...]
    room: Room
    scenario: Path | None = None

    def cut_anew(self) -> Self:
        """Return the same, with every film cut again, also one that would come out equal."""
        return replace(self, room=replace(self.room, memory=None))

    def from_scratch(self, folder: Path) -> Self:
        """Return the same, with nothing taken from earlier cuts; `folder` is for what is derived.

        Other versions of libraries may have made what is kept in the store.
        """
        return replace(self, room=replace(self.room, memory=None, derived=folder))


def produce(
    compiled: Compiled, plan: Plan, choice: BackendChoice, folder: Path, options: CutOptions
) -> Production:
    """Put together a production whose films go to `folder`."""
    derived = Layout(compiled.project / choice.folder).derived
    room = Room(
        compiled.project,
        derived,
        options,
        Memory(derived / "films"),
        paged(choice, compiled.project),
    )
    named = orders(plan.films, folder, choice.suffix)
    return Production(compiled, plan, choice, folder, named, room)


def paged(choice: BackendChoice, project: Path) -> Paged | None:
    """Return what makes the pages of an animatic; other films stand on none."""
    if choice.backend is not Backend.ANIMATIC:
        return None

    def make(order: Order, timeline: Timeline) -> Pages:
        from storyboard.backends.animatic import pages_of  # noqa: PLC0415 -- only when used

        return pages_of(order.film, project, timeline)

    return make
