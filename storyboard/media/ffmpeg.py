"""The ffmpeg that comes in a wheel: where it is, and what it is."""

import subprocess
from pathlib import Path

import imageio_ffmpeg

_PATIENCE = 60


def executable() -> Path:
    """Return the ffmpeg to run.

    Raises:
        RuntimeError: where the wheel has none for this machine and none is installed.
    """
    return Path(imageio_ffmpeg.get_ffmpeg_exe())


def version() -> str:
    """Return the first line that ffmpeg says of itself; it proves that it runs.

    Raises:
        RuntimeError: where there is none.
        OSError: where it does not start.
        subprocess.SubprocessError: where it fails or does not answer.
    """
    command = [str(executable()), "-hide_banner", "-nostdin", "-version"]
    said = subprocess.run(  # noqa: S603 -- our own arguments, no shell
        command, capture_output=True, text=True, timeout=_PATIENCE, check=True
    )
    return said.stdout.split("Copyright")[0].strip()
