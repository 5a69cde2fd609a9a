"""SARIF as others read it: addresses by RFC 3986, and nothing for Microsoft's validator to say."""

import json
import os
import subprocess
from itertools import cycle
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from storyboard.diagnostics import Code, Diagnostic, Related, Severity, Span, codes, page, to_sarif
from storyboard.diagnostics.explain import parse_page

PACKAGE = "node_modules/@microsoft/sarif-multitool-linux/Sarif.Multitool"
MULTITOOL = Path(__file__).resolve().parents[2] / ".ci" / "sarif-multitool" / PACKAGE

NO_NETWORK = {
    # It would ask for the schema's address; a proxy that is not there refuses at once.
    "HTTPS_PROXY": "http://127.0.0.1:9",
    "HTTP_PROXY": "http://127.0.0.1:9",
    "DOTNET_SYSTEM_GLOBALIZATION_INVARIANT": "1",
}


def addresses(file: str) -> set[str]:
    """Return the addresses by which a log names a file, at its place and at a related one."""
    span = Span(file, 1, 1, 1, 2)
    one = Diagnostic(Code("SB008"), Severity.ERROR, "m", span, None, (Related("r", span),))
    (run,) = to_sarif([one], "1.0")["runs"]
    (result,) = run["results"]
    places = (*result["locations"], *result["relatedLocations"])
    return {place["physicalLocation"]["artifactLocation"]["uri"] for place in places}


@pytest.mark.parametrize(
    ("file", "address"),
    [
        ("a.yaml", "a.yaml"),
        ("../shared/a.yaml", "../shared/a.yaml"),
        ("my film/a b.yaml", "my%20film/a%20b.yaml"),
        ("50%#1?.yaml", "50%25%231%3F.yaml"),
        ("a:b.yaml", "a%3Ab.yaml"),  # else `a` would be a scheme
        ("caf\u00e9/\U0001f3ac.yaml", "caf%C3%A9/%F0%9F%8E%AC.yaml"),
        ("a\\b.yaml", "a/b.yaml"),
        ("/film/a b.yaml", "file:///film/a%20b.yaml"),
        ("C:\\film\\a.yaml", "file:///C%3A/film/a.yaml"),
        ("a\udcff.yaml", "a%FF.yaml"),  # a name that is not UTF-8
    ],
)
def test_paths_are_percent_encoded_references(file: str, address: str) -> None:
    assert addresses(file) == {address}


def test_a_rule_has_its_pages_words_and_the_tool_its_address() -> None:
    one = Diagnostic(Code("SB008"), Severity.ERROR, "m", Span("a.yaml", 1, 1, 1, 2))
    (run,) = to_sarif([one], "1.0")["runs"]
    driver = run["tool"]["driver"]
    (rule,) = driver["rules"]
    assert urlsplit(driver["informationUri"])[:3:2] == ("urn", "storyboard-compiler")
    assert rule["fullDescription"]["text"].startswith("A mapping has the same key twice.")
    assert "\n" not in rule["fullDescription"]["text"]


@pytest.mark.parametrize("code", codes())
def test_every_page_says_what_its_code_means(code: Code) -> None:
    meaning = parse_page(page(code) or "").meaning
    assert len(meaning) > 20
    assert "stage:" not in meaning


def multitool() -> Path:
    """Return Microsoft's validator. The test that needs it is skipped without; CI fails."""
    if not MULTITOOL.is_file():
        without = pytest.fail if os.environ.get("CI") else pytest.skip
        without("npm ci --prefix .ci/sarif-multitool would install the validator of SARIF")
    return MULTITOOL


def test_microsofts_validator_has_nothing_to_say(tmp_path: Path) -> None:
    kinds, files = cycle(Severity), cycle(("my film/50%.yaml", "../caf\u00e9:1.yaml"))
    nears = cycle(((), (Related("here", Span("rows #1.csv", 1, 1, 1, 1)),)))
    found = [
        Diagnostic(code, severity, f"`a b` in {code}", Span(file, 2, 3, 4, 5), "mend it", near)
        for code, severity, file, near in zip(codes(), kinds, files, nears, strict=False)
    ]
    found.append(Diagnostic(Code("SB101"), Severity.NOTE, "no place", None))
    log = tmp_path / "found.sarif"
    log.write_text(json.dumps(to_sarif(found, "1.0.0"), indent=1), encoding="utf-8")
    run = subprocess.run(  # noqa: S603 - the words are all here
        [multitool(), "validate", log, "--output", tmp_path / "judged.sarif"],
        env={**os.environ, **NO_NETWORK},
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )
    judged = json.loads((tmp_path / "judged.sarif").read_text("utf-8-sig"))
    said = [one for part in judged["runs"] for one in part.get("results", [])]
    assert ([one["ruleId"] for one in said], run.returncode) == ([], 0), run.stdout
