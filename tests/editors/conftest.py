"""The language server and Ajv of package-lock.json; `npm ci` in this folder installs them."""

import json
import os
import subprocess
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from shutil import which
from typing import Any

import pytest
from language_server import LanguageServer, start

from storyboard.data import data

HERE = Path(__file__).parent
SERVER = HERE / "node_modules/yaml-language-server/bin/yaml-language-server"
KINDS = ("storyboard", "project", "scenario", "plan", "lock")


@pytest.fixture(scope="session")
def node() -> str:
    """Return this machine's Node. A test that needs it is skipped without; CI fails."""
    found = which("node")
    if found is None or not SERVER.is_file():
        without = pytest.fail if os.environ.get("CI") else pytest.skip
        without(f"there is no language server: cd {HERE.name} && npm ci --ignore-scripts")
    return found


@pytest.fixture(scope="session")
def server(node: str) -> Iterator[LanguageServer]:
    schemas = {kind: (data("schemas") / f"{kind}-1.schema.json").as_uri() for kind in KINDS}
    running = start(node, SERVER, schemas)
    yield running
    running.end()


@pytest.fixture(scope="session")
def ajv(node: str) -> Callable[[Sequence[tuple[str, Any]]], list[bool]]:
    """Return what judges values by the schema of their kind; it fails where Ajv warns."""
    schemas = {
        path.name.removesuffix("-1.schema.json"): json.loads(path.read_text("utf-8"))
        for path in data("schemas").glob("*.schema.json")
    }

    def judge(values: Sequence[tuple[str, Any]]) -> list[bool]:
        done = subprocess.run(  # noqa: S603 # Node, on a file beside this one
            [node, str(HERE / "strict.mjs")],
            input=json.dumps({"schemas": schemas, "values": values}),
            capture_output=True,
            text=True,
            cwd=HERE,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        found = json.loads(done.stdout)
        assert found["warned"] == []
        right: list[bool] = found["right"]
        return right

    return judge
