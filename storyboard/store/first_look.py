"""Look whether a project's store holds anything, and read it only then.

It loads nothing that reads a journal: where nothing was ever rendered, there is none.
"""

from pathlib import Path

from storyboard.plan import StoreView
from storyboard.store.layout import STORE, Layout
from storyboard.store.links import check_links


def view(project: Path, *, folder: str = STORE) -> StoreView:
    """Read what the store of a project holds; an empty view where there is none.

    Raises:
        StoreProblem: where a later version wrote it, it is damaged, or it holds a link.
    """
    layout = Layout(project / folder)
    if layout.journal.exists():
        from storyboard.store.viewing import view_of  # noqa: PLC0415 -- the reason is above

        return view_of(layout)
    check_links(layout.root)
    return StoreView()
