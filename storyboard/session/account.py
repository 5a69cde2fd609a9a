"""Find the label of the account that a project's requests are sent with."""

from collections.abc import Mapping
from pathlib import Path

from storyboard.catalogue import packaged
from storyboard.compile import own_file
from storyboard.diagnostics import has_errors
from storyboard.project import PROJECT, Project, read_project
from storyboard.provider import account_label
from storyboard.session.errors import MistakesError
from storyboard.source import as_text


def account_of(project: Path, environment: Mapping[str, str]) -> str | None:
    """Return the label that the environment or the project's own file gives, None without one.

    Raises:
        MistakesError: if the project's file has mistakes: a wrong label would leave requests alone.
    """
    written = own_file(project, PROJECT)
    if written is None:
        return account_label(environment)
    name, data = written
    found = read_project(data, name, packaged().ids)
    if has_errors(found.diagnostics):
        raise MistakesError(found.diagnostics, {name: as_text(data)})
    return account_label(environment, (found.value or Project()).account)
