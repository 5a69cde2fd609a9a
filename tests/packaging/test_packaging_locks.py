"""The lock files are complete: whatever a locked package needs here is locked as well."""

from collections.abc import Iterable, Iterator
from importlib.metadata import requires

import pytest
from locks import LOCKS, Pin, group, locked, pins, project
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ASKED = {
    "requirements.lock": project,
    "requirements-build.lock": lambda: group("build"),
    "requirements-dev.lock": lambda: (*project("emulator"), *group("dev")),
    "requirements-mutation.lock": lambda: (*project("emulator"), *group("mutation")),
}


def test_each_lock_file_is_known_here() -> None:
    assert set(ASKED) == set(LOCKS)


@pytest.mark.parametrize("lock", LOCKS)
def test_what_pyproject_asks_for_is_locked(lock: str) -> None:
    have = locked(lock)
    assert [str(one) for one in ASKED[lock]() if not serves(have.values(), one)] == []


@pytest.mark.parametrize("lock", sorted(set(LOCKS) - {"requirements-mutation.lock"}))
def test_what_locked_packages_need_is_locked_too(lock: str) -> None:
    """Their extras included, which neither pip --no-deps nor pip check looks at."""
    have = locked(lock)
    reached = list(needs(ASKED[lock]()))
    assert len(reached) >= len(have) - 1
    assert [str(one) for one in reached if not serves(have.values(), one)] == []


def test_a_package_has_one_version_in_all_lock_files() -> None:
    """What the wheel is built and tried with is what the tests ran with."""
    shared = [
        (lock, pin.name, pin.version, locked("requirements-mutation.lock")[pin.name].version)
        for lock in LOCKS
        for pin in locked(lock).values()
    ]
    assert [one for one in shared if one[2] != one[3]] == []


@pytest.mark.parametrize("lock", LOCKS)
def test_only_exact_versions_are_locked(lock: str) -> None:
    assert all(pin.version for pin in pins(lock))


def serves(have: Iterable[Pin], asked: Requirement) -> bool:
    """Return whether one of the pins serves, with the extras that are asked for."""
    return any(
        pin.name == canonicalize_name(asked.name)
        and asked.specifier.contains(pin.version, prereleases=True)
        and asked.extras <= pin.requirement.extras
        for pin in have
    )


def needs(asked: Iterable[Requirement]) -> Iterator[Requirement]:
    """Yield requirements and what they need in turn, by the metadata of what is installed here."""
    known: set[str] = set()
    queue = list(asked)
    while queue:
        one = queue.pop()
        if str(one) in known:
            continue
        known.add(str(one))
        yield one
        for line in requires(one.name) or ():
            further = Requirement(line)
            extras = one.extras or {""}
            if further.marker is None or any(further.marker.evaluate({"extra": e}) for e in extras):
                further.marker = None
                queue.append(further)
