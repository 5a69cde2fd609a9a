"""Run one fuzzed case, and tell what is wrong with how the program took it."""

import asyncio
import json
import logging
import os
import tempfile
import time
import traceback
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache, partial
from pathlib import Path
from random import Random
from typing import Any

import av
import httpx
from fuzz_answers import RIGHT, answer_case
from fuzz_case import STORYBOARDS, Case, Kind, kind_of, luck_of
from fuzz_media import good, media_case
from fuzz_storyboards import as_json, as_yaml, spoilt_storyboard
from fuzz_tables import table_case

from storyboard.backends.fal import Addresses, Fal, connect
from storyboard.backends.http import Key
from storyboard.catalogue import load, packaged
from storyboard.catalogue.endpoint import EndpointId
from storyboard.cli.terminal import json_text
from storyboard.compile import measure
from storyboard.diagnostics import harmless, print_text, to_github, to_json, to_sarif
from storyboard.files import Files
from storyboard.media.packets import index
from storyboard.media.probing import probe
from storyboard.model.asset import ClipFacts, FileDigest, Reach, Unusable
from storyboard.model.storyboard import PromptShot
from storyboard.pipeline import Ask, Compiled, World, compile_in
from storyboard.plan import StoreView, Wanted, fingerprint, save
from storyboard.provider import RequestId, Ticket, answer
from storyboard.template.campaign.choose import NoChoice

logging.getLogger("fontTools").setLevel(logging.CRITICAL)

LONGEST = 5.0
"""Seconds of CPU that one case may take."""

MAIN = "storyboard.yaml"
QUEUE = "https://queue.fal.run"
BASE = f"{QUEUE}/fal-ai/kling-video/requests/r1"
TICKET = Ticket(
    RequestId("r1"),
    "fal",
    None,
    (("status_url", f"{BASE}/status"), ("response_url", BASE), ("cancel_url", f"{BASE}/cancel")),
)
ENDPOINT = EndpointId("fal-ai/kling-video/v3/pro/image-to-video")


@dataclass(frozen=True, slots=True)
class Ran:
    """How a case went: `why` it is wrong, if it is; whether packing had shots to pack."""

    case: Case
    why: str
    packed: bool


def drawn(seed: int, number: int) -> Case:
    """Draw the case of a number."""
    luck, kind = luck_of(seed, number), kind_of(number)
    return Case(seed, number, kind, _PARTS[kind](luck))


def run_drawn(seed: int, number: int) -> Ran:
    """Draw and run the case of a number."""
    return run(drawn(seed, number))


def _storyboard(write: Callable[[Random, Any], bytes], luck: Random) -> dict[str, bytes]:
    return {MAIN: write(luck, spoilt_storyboard(luck))}


_PARTS: Mapping[Kind, Callable[[Random], dict[str, bytes]]] = {
    Kind.YAML: partial(_storyboard, as_yaml),
    Kind.JSON: partial(_storyboard, as_json),
    Kind.TABLE: table_case,
    Kind.MEDIA: media_case,
    Kind.ANSWER: answer_case,
}


def run(case: Case) -> Ran:
    """Run a case: a traceback, a diagnostic without a place, or too much time is wrong."""
    began, packed, why = time.process_time(), False, ""
    try:
        if case.kind is Kind.ANSWER:
            why = _answered(case)
        else:
            result = _compiled(case)
            packed = result is not None and any(map(_to_pack, result.wanted))
            why = _shown(result) if result is not None else ""
    except Exception:  # noqa: BLE001 -- to find any is what this is for
        why = traceback.format_exc()
    took = time.process_time() - began
    if not why and took > LONGEST:
        why = f"it took {took:.1f} s of CPU"
    return Ran(case, why, packed)


def _to_pack(film: Wanted) -> bool:
    return any(isinstance(shot, PromptShot) for shot in film.storyboard.shots)


def _compiled(case: Case) -> Compiled | None:
    if case.kind in STORYBOARDS | {Kind.TABLE}:
        return _in_project(_project(), case, _files())
    with tempfile.TemporaryDirectory() as folder:
        project = Path(folder)
        for name, data in case.parts.items():
            (project / name).write_bytes(data)
        result = _in_project(project, case, Files(project, Reach.ANYWHERE))
        for name in case.parts:
            if isinstance(probe(project / name), ClipFacts):
                _indexed(project / name)
        return result


def _in_project(project: Path, case: Case, files: Files) -> Compiled | None:
    here = Path.cwd()
    os.chdir(project)
    try:
        texts = {name: data for name, data in case.parts.items() if name != MAIN}
        world = World(
            project=project,
            held=StoreView(),
            storyboard=case.parts[MAIN],
            settings=None,
            prices=None,
            editions=packaged(),
            facts=files.facts,
            read=lambda name: texts.get(name, Unusable("missing", "")),
            texts=texts if case.kind is Kind.TABLE else {},
            measure=partial(measure, project),
        )
        return compile_in(world, Ask(Path(MAIN)))
    except NoChoice:
        return None
    finally:
        os.chdir(here)


@cache
def _project() -> Path:
    """Make a folder with good files, once for a process."""
    folder = Path(tempfile.mkdtemp(prefix="fuzz-")).resolve()
    for name in ("front.png", "clip.mp4", "theme.wav"):
        (folder / name).write_bytes(good(name.rpartition(".")[2]))
    return folder


@cache
def _files() -> Files:
    return Files(_project(), Reach.PROJECT)


def _indexed(path: Path) -> None:
    """Index a clip, as cutting does; what cannot be read is told there."""
    try:
        index(path)
    except (av.FFmpegError, OSError):
        return


def _shown(result: Compiled) -> str:
    """Show what was found in every form, and tell what is wrong with it."""
    for one in result.diagnostics:
        if one.span is None or one.span.line < 1 or one.span.column < 1:
            return f"a diagnostic without a place: {one}"
        if not one.message or one.span.file not in result.texts:
            return f"a diagnostic without words or a text: {one}"
    print_text(result.diagnostics, result.texts).encode()
    to_github(result.diagnostics).encode()
    json_text(to_json(result.diagnostics)).encode()
    json_text(to_sarif(result.diagnostics, "1")).encode()
    if result.plan is not None:
        json_text(save(result.plan, {})).encode()
        fingerprint(result.plan)
    return ""


def _answered(case: Case) -> str:
    head: Any = json.loads(case.parts["head"])
    got = asyncio.run(_called(head, case.parts["body"]))
    if type(got).__module__ != answer.__name__:
        return f"{got!r} is not an answer"
    harmless(repr(got)).encode()
    return ""


async def _called(head: Mapping[str, Any], body: bytes) -> object:
    sent = [
        (name.encode(), value.encode("utf-8", "replace")) for name, value in head["headers"].items()
    ]

    def reply(request: httpx.Request) -> httpx.Response:
        if head["call"] == "put" and request.method == "POST":
            return httpx.Response(200, json=RIGHT["upload"])
        return httpx.Response(head["status"], headers=sent, stream=_Stream(body))

    fal = connect(Key("id:secret", "Key"), Addresses(), _catalogue(), httpx.MockTransport(reply))
    try:
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "a.png"
            file.write_bytes(b"x")
            return await _call(fal, head["call"], file)
    finally:
        await fal.close()


class _Stream(httpx.AsyncByteStream):
    def __init__(self, data: bytes) -> None:
        self._data = data

    async def __aiter__(self) -> Any:
        for start in range(0, len(self._data), 10_000):
            yield self._data[start : start + 10_000]


@cache
def _catalogue() -> Any:
    return load()


async def _call(fal: Fal, call: str, file: Path) -> object:
    since, part = datetime(2026, 1, 1, tzinfo=UTC), file.with_name("part")
    upload = partial(fal.upload, file, FileDigest("ab" * 32))
    calls: Mapping[str, Callable[[], Awaitable[object]]] = {
        "submit": partial(fal.submit, ENDPOINT, "{}"),
        "status": partial(fal.status, TICKET),
        "result": partial(fal.result, TICKET, answer.Completed()),
        "cancel": partial(fal.cancel, TICKET),
        "sent": partial(fal.sent, ENDPOINT, since),
        "download": partial(fal.download, "https://x.test/a", part, lambda _part: None),
        "upload": upload,
        "put": upload,
    }
    return await calls[call]()
