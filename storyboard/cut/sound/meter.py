"""Sound to how loud it is: integrated loudness (EBU R128) and true peak, measured by ffmpeg."""

import re
import subprocess
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryFile
from types import TracebackType
from typing import Self

import imageio_ffmpeg

from storyboard.cut.sound.decode import Decoding
from storyboard.cut.sound.samples import CHANNELS, RATE, Samples

_LOUDNESS = re.compile(r"^\s+I:\s+(\S+) LUFS", re.MULTILINE)
_PEAK = re.compile(r"^\s+Peak:\s+(\S+) dBFS", re.MULTILINE)
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
_GATE = Decimal(-70)
"""What R128 gives where all is below its gate: no measure."""

_NOTHING = Decimal(-120)

_MOST_SAMPLES = 1 << 40


@dataclass(frozen=True, slots=True)
class Loudness:
    """Integrated loudness in LUFS and true peak in dBTP; None where nothing is heard or asked."""

    integrated: Decimal | None
    true_peak: Decimal | None


class MeterError(OSError):
    """The sound could not be measured: ffmpeg did not start, or did not say."""


class Meter:
    """Hears blocks as they pass; `read` tells how loud all of them were."""

    def __init__(self, *, peaks: bool = True) -> None:
        """Start ffmpeg. True peaks take most of its time, and are left out where nobody asks."""
        self._peaks = peaks
        self._said = TemporaryFile()  # noqa: SIM115 - closed where the meter is left
        self._process = subprocess.Popen(  # noqa: S603 - ffmpeg from our own wheel, no shell
            _command(peaks=peaks),
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=self._said,
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._process.poll() is None:
            self._process.kill()
        if self._process.stdin is not None and not self._process.stdin.closed:
            with suppress(BrokenPipeError):
                self._process.stdin.close()
        self._process.wait()
        self._said.close()

    def hear(self, block: Samples) -> None:
        """Take the next samples. Raises MeterError where ffmpeg is gone."""
        if self._process.stdin is None:
            raise AssertionError("ffmpeg was started with a pipe")
        try:
            self._process.stdin.write(block.astype("<f4", copy=False).tobytes())
        except BrokenPipeError as error:
            raise MeterError("ffmpeg stopped while the sound was measured") from error

    def read(self) -> Loudness:
        """End, and tell what was heard. Raises MeterError where ffmpeg does not say."""
        if self._process.stdin is not None:
            self._process.stdin.close()
        ended = self._process.wait()
        self._said.seek(0)
        said = self._said.read().decode("utf-8", "replace")
        loudness, peak = _LOUDNESS.findall(said), _PEAK.findall(said)
        if ended or not loudness or len(peak) < self._peaks:
            raise MeterError(f"ffmpeg did not measure the sound (it ended with {ended})")
        true_peak = _number(peak[-1], above=_NOTHING) if self._peaks else None
        return Loudness(_number(loudness[-1], above=_GATE), true_peak)


def metered(blocks: Iterable[Samples], meter: Meter) -> Iterator[Samples]:
    """Pass blocks on, and let the meter hear them."""
    for block in blocks:
        meter.hear(block)
        yield block


def measure(path: Path) -> Loudness:
    """Measure the sound of any media file: of the finished film, say.

    Raises MeterError, and what opening a media file raises.
    """
    with Meter() as meter:
        for block in Decoding(path).read(0, _MOST_SAMPLES):
            meter.hear(block)
        return meter.read()


def _command(*, peaks: bool) -> tuple[str, ...]:
    measured = "peak=true:framelog=quiet" if peaks else "framelog=quiet"
    return (
        imageio_ffmpeg.get_ffmpeg_exe(),
        *("-hide_banner", "-nostats", "-protocol_whitelist", "file,pipe"),
        *("-f", "f32le", "-ar", str(RATE), "-ac", str(CHANNELS), "-i", "pipe:0"),
        *("-af", f"ebur128={measured}", "-f", "null", "-"),
    )


def _number(text: str, above: Decimal) -> Decimal | None:
    number = Decimal(text) if _NUMBER.fullmatch(text) else None
    return number if number is not None and number > above else None
