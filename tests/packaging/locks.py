"""Read the lock files and what pyproject.toml asks for."""

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
LOCKS = tuple(sorted(path.name for path in ROOT.glob("requirements*.lock")))
BUILDER = "requirements-build.lock"


@dataclass(frozen=True, slots=True)
class Pin:
    """A line of a lock file: a requirement for exactly one release."""

    requirement: Requirement

    @property
    def name(self) -> str:
        """The package, spelled as an index spells it."""
        return canonicalize_name(self.requirement.name)

    @property
    def version(self) -> str:
        """The release."""
        (only,) = self.requirement.specifier
        assert only.operator == "=="
        return only.version

    @property
    def applies(self) -> bool:
        """Whether this Python on this system needs it."""
        marker = self.requirement.marker
        return marker is None or marker.evaluate()


def pins(lock: str) -> list[Pin]:
    """Return every line of a lock file that names a release."""
    lines = re.findall(r"^(\w.*?) *\\$", (ROOT / lock).read_text("utf-8"), re.MULTILINE)
    return [Pin(Requirement(line)) for line in lines]


def locked(lock: str) -> Mapping[str, Pin]:
    """Return the releases that this Python gets from a lock file, by name."""
    return {pin.name: pin for pin in pins(lock) if pin.applies}


def group(name: str) -> Iterator[Requirement]:
    """Yield the requirements of a dependency group."""
    for one in PROJECT["dependency-groups"][name]:
        if isinstance(one, str):
            yield Requirement(one)
        else:
            yield from group(one["include-group"])


def project(*extras: str) -> Iterator[Requirement]:
    """Yield the requirements of the project and of some of its extras."""
    listed: Iterable[str] = PROJECT["project"]["dependencies"]
    yield from map(Requirement, listed)
    for extra in extras:
        yield from map(Requirement, PROJECT["project"]["optional-dependencies"][extra])
