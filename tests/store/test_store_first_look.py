"""Whether there is anything to read is known without what reads it."""

import subprocess
import sys
from pathlib import Path

import pytest
from store_values import intended
from unmeasured import unmeasured

from storyboard.plan import StoreView
from storyboard.store import STORE, Store, StoreProblem
from storyboard.store.first_look import view


def test_a_project_without_a_store_has_an_empty_view_and_no_store_afterwards(
    tmp_path: Path,
) -> None:
    assert view(tmp_path) == StoreView()
    assert not (tmp_path / STORE).exists()


def test_what_is_in_the_journal_is_seen(tmp_path: Path) -> None:
    step = intended()
    with Store.open(tmp_path) as store:
        assert store.record([step]) == (None,)
    assert view(tmp_path).unknown == {step.order.job}


def test_a_store_that_holds_a_link_is_refused_though_it_has_no_journal(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / STORE).mkdir()
    (tmp_path / STORE / "clips").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(StoreProblem):
        view(tmp_path)


def test_to_look_at_a_project_without_a_store_loads_no_database(tmp_path: Path) -> None:
    said = (
        "import sys; from pathlib import Path; from storyboard.store import view;"
        "view(Path(sys.argv[1])); print('sqlite3' in sys.modules)"
    )
    done = subprocess.run(  # noqa: S603 # this interpreter, on the line above
        [sys.executable, "-c", said, str(tmp_path)],
        capture_output=True,
        text=True,
        check=True,
        env=unmeasured(),
    )
    assert done.stdout == "False\n"
