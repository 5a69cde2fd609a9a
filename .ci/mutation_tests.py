"""What a pytest run against one mutant needs: few, fixed examples, and the fast tests first.

Loaded into the runs of `make mutation` only (`-p mutation_tests`).
"""

import os

import pytest
from hypothesis import Phase, settings

# The same examples for each mutant, or a mutant could live by luck. The first failure is enough:
# no time is spent on making it small.
settings.register_profile(
    "mutation",
    settings.get_profile("ci"),
    max_examples=25,
    phases=(Phase.explicit, Phase.generate),
)
settings.load_profile("mutation")
os.environ["NO_COLOR"] = "1"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put plain tests before those that make up many examples: most mutants fall to the first."""
    items.sort(key=lambda item: (_is_drawn(item), item.nodeid))


def _is_drawn(item: pytest.Item) -> bool:
    return isinstance(item, pytest.Function) and hasattr(item.obj, "hypothesis")
