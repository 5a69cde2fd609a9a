"""Links lead somewhere: between the documents, to their headings, and from messages to files."""

import ast
import itertools
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from markdown_it import MarkdownIt
from markdown_it.token import Token

ROOT = Path(__file__).resolve().parents[2]
PAGES = sorted(
    path.relative_to(ROOT).as_posix()
    for path in (*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *ROOT.glob("examples/*/*.md"))
)
SOURCES = sorted(
    path.relative_to(ROOT).as_posix()
    for path in (*ROOT.glob("storyboard/**/*.py"), *ROOT.glob("schemas/*.json"))
    if "_data" not in path.parts
)
PLAIN = sorted(
    path.relative_to(ROOT).as_posix()
    for path in (
        *(ROOT / name for name in ("Makefile", "pyproject.toml", ".pre-commit-config.yaml")),
        *ROOT.glob(".ci/*"),
        *ROOT.glob(".github/**/*.yml"),
    )
    if path.is_file()
)
"""Files that name others in no sentence."""
NAMED = re.compile(
    r"(?<![\w./*-])((?:docs|tests|schemas|examples|templates|benchmarks|\.ci)/[\w./-]*\w"
    r"|storyboard/[\w./-]+\.(?:py|md|yaml))(#[\w-]+)?(?![\w*<{/-])"
)
"""A path of this repository, as prose and docstrings write it, and the heading in it."""
RECIPE = re.compile(
    r"^(`{3,}).*?^\1$|^(?:New file|In|In each place of|Copy) `.*?$", re.DOTALL | re.MULTILINE
)
"""What names files that are not there before somebody adds them."""
MADE = re.compile(r"/build(/|$)")
"""What a command makes, and git ignores."""


def tokens(page: str) -> list[Token]:
    """Parse a page; inline tokens come after the block that holds them."""
    found: list[Token] = []
    for token in MarkdownIt("commonmark").enable("table").parse((ROOT / page).read_text("utf-8")):
        found += [token, *(token.children or ())]
    return found


@cache
def anchors(page: str) -> frozenset[str]:
    """Return the anchors of a page's headings, as forges make them: `## A b, c` is `#a-b-c`."""
    seen: dict[str, int] = {}
    parsed = tokens(page)
    for token, following in itertools.pairwise(parsed):
        if token.type == "heading_open":
            text = "".join(one.content for one in following.children or ())
            slug = re.sub(r"[^\w\- ]", "", text.strip().lower()).replace(" ", "-")
            count = seen.get(slug, 0)
            seen[slug] = count + 1
            if count:
                seen[f"{slug}-{count}"] = 1
    return frozenset(seen)


def broken(page: str, link: str) -> str | None:
    """Return what is wrong with a link of a page, None if it leads somewhere."""
    parts = urlsplit(link)
    if parts.scheme or parts.netloc:
        return None if parts.scheme in {"https", "mailto"} else f"{link}: not https"
    target = (ROOT / page).parent / unquote(parts.path) if parts.path else ROOT / page
    if not target.exists():
        return f"{link}: there is no such file"
    if parts.fragment and target.suffix == ".md":
        there = target.resolve().relative_to(ROOT).as_posix()
        if parts.fragment not in anchors(there):
            return f"{link}: {there} has no heading #{parts.fragment}"
    return None


@pytest.mark.parametrize("page", PAGES)
def test_every_link_of_a_page_leads_somewhere(page: str) -> None:
    links = [
        str(token.attrs.get("href") or token.attrs.get("src"))
        for token in tokens(page)
        if token.type in {"link_open", "image"}
    ]
    assert [why for link in links if (why := broken(page, link)) is not None] == []


def texts() -> Iterator[tuple[str, str]]:
    """Go through every text that may name a path, with the file it is in."""
    for file in (*PAGES, *PLAIN, *SOURCES):
        text = (ROOT / file).read_text("utf-8")
        if file.endswith(".py") and file in SOURCES:
            constants = (
                one.value for one in ast.walk(ast.parse(text)) if isinstance(one, ast.Constant)
            )
            yield from ((file, one) for one in constants if isinstance(one, str))
        elif file == "docs/extending.md":
            yield file, RECIPE.sub("", text)
        elif file != "CHANGELOG.md":
            yield file, text


def lost(name: str, anchor: str) -> bool:
    """Tell whether a path, or the heading in it, is not there."""
    if MADE.search(name):
        return False
    path = ROOT / name
    if not (path.exists() or path.with_name(f"{path.name}.py").exists()):
        return True
    return bool(anchor) and anchor[1:] not in anchors(name)


def test_every_path_that_messages_docstrings_and_docs_name_is_there() -> None:
    missing = {
        f"{where}: {name}{anchor}"
        for where, text in texts()
        for name, anchor in NAMED.findall(text)
        if lost(name, anchor)
    }
    assert sorted(missing) == []


def test_a_path_or_a_heading_that_is_not_there_is_found() -> None:
    (found,) = NAMED.findall("see docs/extending.md#a-thing.")
    assert found == ("docs/extending.md", "#a-thing")
    assert lost(*found)
    assert not lost("docs/extending.md", "#a-rule")
    assert lost("docs/catalogue.md", "")
