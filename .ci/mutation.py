"""The modules that decide about money, mutated, to the share of mutants that their tests kill.

    python .ci/mutation.py [GROUP…] [--diffs]

Works on a copy of the tree, never on the tree itself. Exits with 1 where a module is below its
floor. `docs/mutation.md` explains the mutants that live on.
"""

import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FLOOR = 0.90
KILLED = ("killed", "timeout")
TIDY = (".git", "*.venv*", ".hypothesis", ".storyboard", "__pycache__", ".*_cache", "build", "dist")


@dataclass(frozen=True)
class Group:
    """Modules that are tested together, and the fast tests that test them."""

    modules: tuple[str, ...]
    tests: tuple[str, ...]


GROUPS: Mapping[str, Group] = {
    "price": Group(("catalogue/price.py",), ("tests/catalogue/test_catalogue_loading.py",)),
    "digest": Group(("jobs/digest.py",), ("tests/jobs/test_jobs_digest.py",)),
    "life": Group(
        (
            "store/life.py",
            "store/rows.py",
            "store/row_data.py",
            "store/fields.py",
        ),
        ("tests/store/test_store_rows.py", "tests/store/test_store_life.py"),
    ),
    "offers": Group(
        ("jobs/choose.py", "jobs/lengths.py", "jobs/offers.py"),
        (
            "tests/jobs/test_jobs_choose.py",
            "tests/jobs/test_jobs_lengths.py",
            "tests/jobs/test_jobs_offers.py",
        ),
    ),
    "packing": Group(
        ("jobs/divide.py", "jobs/scene.py", "jobs/together.py"),
        (
            "tests/jobs/test_jobs_offers.py",
            "tests/jobs/test_jobs_shares.py",
            "tests/jobs/test_jobs_packing.py",
        ),
    ),
    "journal": Group(
        ("store/journal.py", "store/latest_attempts.py"), ("tests/store/test_store_record.py",)
    ),
    "budget": Group(
        ("plan/caps.py", "render/budget.py", "render/match.py"),
        ("tests/plan/test_plan_caps.py", "tests/render/test_render_bounds.py"),
    ),
    "requests": Group(
        ("jobs/body.py", "jobs/request.py"),
        (
            "tests/jobs/test_jobs_request.py",
            "tests/jobs/test_jobs_bodies.py",
            "tests/jobs/test_jobs_refusals.py",
            "tests/jobs/test_jobs_words.py",
            "tests/catalogue/test_catalogue_examples.py",
        ),
    ),
}


def main() -> None:
    """Mutate the named groups, all of them where none is named, and print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("groups", nargs="*", choices=[*GROUPS, []], metavar="GROUP")
    parser.add_argument("--diffs", action="store_true", help="show what each survivor changes")
    parser.add_argument("--only", default="*", help="mutants whose name is like this")
    given = parser.parse_args()
    low: list[str] = []
    for name in given.groups or GROUPS:
        with tempfile.TemporaryDirectory(prefix=f"mutation-{name}-") as folder:
            found = mutate(GROUPS[name], Path(folder), given.only)
            lives = [one for one, status in found.items() if status not in KILLED]
            diffs = {one: mutmut(Path(folder), "show", one) for one in lives}
            same = {one for one in lives if is_same(diffs[one])}
            low += list(told(found, same))
            for one in (one for one in lives if one not in same):
                say(f"  {found[one]}: {one}")
                if given.diffs:
                    say(diffs[one])
    if low:
        sys.exit(f"below {FLOOR:.0%}: {', '.join(low)}")


def mutate(group: Group, folder: Path, only: str) -> Mapping[str, str]:
    """Return what became of each mutant of a group, by its name."""
    tree = folder / "tree"
    shutil.copytree(ROOT, tree, ignore=shutil.ignore_patterns(*TIDY), symlinks=True)
    shutil.copy(ROOT / ".ci" / "mutation_tests.py", tree)
    (tree / "setup.cfg").write_text(configuration(group), encoding="utf-8")
    mutmut(folder, "run", "--max-children", "1", *([] if only == "*" else [only]))
    lines = mutmut(folder, "results", "--all", "true").splitlines()
    pairs = (line.strip().rpartition(": ") for line in lines if ": " in line)
    return {name: status for name, _, status in pairs if status != "not checked"}


def configuration(group: Group) -> str:
    """Write mutmut's configuration for a group."""
    rows = {
        "source_paths": ["storyboard"],
        "only_mutate": [f"storyboard/{one}" for one in group.modules],
        "also_copy": ["mutation_tests.py", "schemas", "templates", "examples"],
        "pytest_add_cli_args": ["-p", "mutation_tests", "-p", "no:cacheprovider"],
        "pytest_add_cli_args_test_selection": list(group.tests),
        "timeout_multiplier": ["6"],
        "timeout_constant": ["2"],
        "use_git_change_detection": ["false"],
        "do_not_mutate_patterns": [r"assert_never\("],  # mypy proves that none is reached
    }
    return "[mutmut]\n" + "".join(
        f"{key} =\n" + "".join(f"  {value}\n" for value in values)
        if len(values) > 1
        else f"{key} = {values[0]}\n"
        for key, values in rows.items()
    )


def mutmut(folder: Path, *words: str) -> str:
    """Run mutmut in the copy and return what it says; a run that goes wrong ends all."""
    program = Path(sys.executable).with_name("mutmut")
    # A fixed seed of hashes: sets come in the same order in each run.
    clean = {**os.environ, "PYTHONHASHSEED": "0", "PYTHONPATH": ""}
    done = subprocess.run(  # noqa: S603 -- our own tool
        ["nice", "-n", "5", program, *words],  # noqa: S607 -- wherever the system has it
        cwd=folder / "tree",
        env=clean,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        sys.exit(f"mutmut {' '.join(words)}:\n{done.stdout[-4000:]}\n{done.stderr[-4000:]}")
    return done.stdout


def told(found: Mapping[str, str], same: Collection[str]) -> Iterable[str]:
    """Print a line for each module; yield those below the floor.

    `same` are mutants that mean what the module means, so that no test can kill them.
    """
    for module in sorted({name.rpartition(".")[0] for name in found}):
        mine = {name: s for name, s in found.items() if name.rpartition(".")[0] == module}
        killed = sum(status in KILLED for status in mine.values())
        equal = sum(name in same for name in mine)
        share = killed / max(1, len(mine) - equal)
        note = f", {equal} the same in meaning" if equal else ""
        say(f"{module}: {len(mine)} mutants{note}, {killed} killed, {share:.1%}")
        if share < FLOOR:
            yield module


def is_same(diff: str) -> bool:
    """Tell whether a mutant means what the module means, whatever it is given.

    SQL ignores the case of letters outside literals; `strict=True` only guards against lists of
    unequal length, which the program never makes.
    """
    gone = "".join(line[1:] for line in diff.splitlines() if re.match(r"-(?!--)", line))
    come = "".join(line[1:] for line in diff.splitlines() if re.match(r"\+(?!\+\+)", line))
    if re.search(r"SELECT|INSERT|DELETE|ORDER BY", gone):
        return _without_case(gone) == _without_case(come)
    return "strict=True" in gone and _without_guard(gone) == _without_guard(come)


def _without_case(words: str) -> str:
    """Lower all but the literals of a statement: there, case counts."""
    return "".join(
        part if part.startswith("'") else part.lower() for part in re.split(r"('[^']*')", words)
    )


def _without_guard(words: str) -> str:
    """Take `strict=…` away, and the commas and blanks that go with it."""
    return re.sub(r"[\s,]", "", re.sub(r"strict=\w+", "", words))


def say(line: str) -> None:
    """Print a line at once: a run takes long."""
    print(line, flush=True)  # noqa: T201 -- the report


if __name__ == "__main__":
    main()
