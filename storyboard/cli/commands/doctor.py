"""`storyboard doctor`: this machine to a list of what works and what is missing."""

import os
import platform
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import click

from storyboard.cli import show
from storyboard.cli.exits import Exit
from storyboard.cli.form_option import form_option
from storyboard.cli.terminal import say, write_json
from storyboard.session import PROVIDERS, Backend

_ENOUGH = 2 << 30
_WORDS = "\u0915\u092a \u05db\u05d5\u05e1 \u2615"
"""A Hindi and a Hebrew word, and a picture: everything that draws text is needed."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at. `help` is there where it is not well."""

    name: str
    state: str
    help: str = ""
    needed: bool = True


@click.command("doctor")
@form_option()
def command(form: str) -> int:
    """Check that this machine has what is needed: ffmpeg, codecs, fonts, disk, and a key."""
    found = list(_all())
    broken = [one for one in found if one.help and one.needed]
    if form == "json":
        write_json(
            {
                "version": 1,
                "ok": not broken,
                "findings": [
                    {"name": one.name, "state": one.state, "ok": not one.help, "help": one.help}
                    for one in found
                ],
            }
        )
    else:
        for line in show.table([(_mark(one), one.name, one.state) for one in found]):
            say(line)
        for one in found:
            if one.help:
                say(f"help: {one.name}: {one.help}")
    return Exit.ENVIRONMENT if broken else Exit.OK


def _mark(one: Finding) -> str:
    if not one.help:
        return "ok"
    return "broken" if one.needed else "note"


def _all() -> Iterator[Finding]:
    checks: tuple[tuple[str, Callable[[], Finding]], ...] = (
        ("python", _python),
        ("ffmpeg", _ffmpeg),
        ("codecs", _codecs),
        ("text", _text),
        ("disk", _disk),
        *(("key", partial(_key, one)) for one in PROVIDERS),
    )
    for name, check in checks:
        try:
            yield check()
        except Exception as error:  # noqa: BLE001 -- a broken install may fail in any way
            detail = f"{type(error).__name__}: {error}"
            yield Finding(name, "failed", f"{detail}; install storyboard-compiler anew")


def _python() -> Finding:
    return Finding("python", f"{platform.python_version()} on {sys.platform}")


def _ffmpeg() -> Finding:
    from storyboard.media import version  # noqa: PLC0415 -- may be what is broken

    return Finding("ffmpeg", version())


def _codecs() -> Finding:
    import av  # noqa: PLC0415 -- may be what is broken

    lacking = [one for one in ("libx264", "aac", "h264", "png") if one not in av.codecs_available]
    if lacking:
        return Finding("codecs", f"without {', '.join(lacking)}", "install PyAV from its wheel")
    return Finding("codecs", f"H.264 and AAC, PyAV {av.__version__}")


def _text() -> Finding:
    import uharfbuzz  # noqa: PLC0415 -- may be what is broken

    from storyboard.media.text import Type, Weight, font_stack, lay_out, paint  # noqa: PLC0415

    paint(lay_out(_WORDS, Type(font_stack(Weight.BOLD), 20), 400), "#ffffff")
    return Finding("text", f"every script that a font has, HarfBuzz {uharfbuzz.version_string()}")


def _disk() -> Finding:
    free = shutil.disk_usage(Path.cwd()).free
    try:
        with tempfile.TemporaryFile(dir=Path.cwd()):
            state = f"{free / (1 << 30):.1f} GB free here, and it can be written to"
    except OSError as error:
        state = f"nothing can be written here: {error.strerror}"
        return Finding("disk", state, "run it in a folder that you may write to, with room")
    if free < _ENOUGH:
        return Finding("disk", state, "a film of a few minutes wants 2 GB", needed=False)
    return Finding("disk", state)


def _key(provider: Backend) -> Finding:
    if os.environ.get(provider.key):
        return Finding("key", f"{provider.key} is set")
    help_ = (
        f"set {provider.key} to render through {provider.value}; "
        "check, plan and the animatic need none"
    )
    return Finding("key", f"{provider.key} is not set", help_, needed=False)
