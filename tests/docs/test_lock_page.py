"""`docs/lock.md` is true: its example is a lock as it is written, and it names every key."""

import json
import re
from pathlib import Path

from storyboard.data import data
from storyboard.lock import ShotKind, Verdict, read_lock, text

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "lock.md").read_text("utf-8")
SCHEMA = json.loads((data("schemas") / "lock-1.schema.json").read_text("utf-8"))["definitions"]


def keys(title: str) -> list[str]:
    found = re.search(rf"^## {title}\n(.*?)^## ", PAGE, re.MULTILINE | re.DOTALL)
    assert found is not None
    cells = re.findall(r"^\| (`.*?) \|", found[1], re.MULTILINE)
    return [key for cell in cells for key in re.findall(r"`(\w+)`", cell)]


def test_the_example_is_a_lock_as_the_program_writes_it() -> None:
    (example,) = re.findall(r"^```yaml\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
    result = read_lock(example.encode(), "storyboard.lock.yaml")
    assert result.diagnostics == ()
    assert result.value is not None
    assert text(result.value) == example
    shots = result.value.shots
    assert [one.kind for one in shots] == [ShotKind.PROMPT, ShotKind.PROMPT, ShotKind.STILL]
    assert shots[1].is_undecided
    assert shots[2].decision.approval is not None
    assert shots[2].decision.approval.verdict is Verdict.REJECTED


def test_the_tables_have_every_key() -> None:
    assert sorted(keys("An entry")) == sorted(SCHEMA["entry"]["properties"])
    assert sorted(keys("A pick")) == sorted(SCHEMA["pick"]["properties"])
