"""What is kept in a project's `.storyboard/`: the journal, the clips, and what is made of them."""

from storyboard.store.problem import Conflict, StoreProblem
from storyboard.store.store import Store
from storyboard.store.view import view

__all__ = ["Conflict", "Store", "StoreProblem", "view"]
