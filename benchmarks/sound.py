"""How long a film's sound takes to be mixed and brought to its loudness, and in how much memory.

Run it with `python benchmarks/sound.py [--clips 12 300]`. Clips of 5 s with AAC stand one after
the other over ducked music. CPU is this process and ffmpeg's meter; memory is the process's peak,
so that the counts are run from the fewest on.
"""

import argparse
import resource
import subprocess
import tempfile
import time
from decimal import Decimal
from fractions import Fraction
from functools import partial
from pathlib import Path

import imageio_ffmpeg

from storyboard.cut.sound import SoundReport, mix, total_samples
from storyboard.cut.sound.wav import write_wav
from storyboard.cut.timeline import ClipSource, Piece, Shape, TimedSound, Timeline
from storyboard.model.asset import ClipFacts
from storyboard.model.cut import CUT
from storyboard.model.storyboard import Fit, ShotName, Size

_SECONDS, _FPS = 5, 30
_KINDS = 4
_VOICE = "0.3*(random(0)*2-1)*gt(sin(2*PI*{n}*t),0)"
_TUNE = "0.2*sin(2*PI*220*t)+0.1*sin(2*PI*333*t)"
_FACTS = ClipFacts("mp4", 192, 108, Fraction(_FPS), Fraction(_SECONDS), "h264", "aac")


def make(folder: Path, seconds: int) -> tuple[list[Path], Path]:
    """Make the clips and the music."""
    clips = [folder / f"{n}.mp4" for n in range(_KINDS)]
    for n, clip in enumerate(clips):
        voice = _VOICE.format(n=n + 1)
        picture = ("-f", "lavfi", "-i", f"testsrc=s=192x108:r={_FPS}:d={_SECONDS}")
        sound = ("-f", "lavfi", "-i", f"aevalsrc='{voice}|{voice}':s=48000:d={_SECONDS}")
        _ffmpeg(*picture, *sound, "-c:v", "libx264", "-c:a", "aac", str(clip))
    music = folder / "music.mp3"
    _ffmpeg("-f", "lavfi", "-i", f"aevalsrc='{_TUNE}':s=44100:d={seconds}", str(music))
    return clips, music


def film(clips: list[Path], music: Path, count: int) -> Timeline:
    """Lay so many clips one after the other."""
    frames = _SECONDS * _FPS
    pieces = tuple(
        Piece(
            shots=(ShotName(f"scene/{n}"),),
            source=ClipSource(clips[n % _KINDS], _FACTS, Fraction(0)),
            start=n * frames,
            frames=frames,
            transition=CUT,
            overlap=0,
        )
        for n in range(count)
    )
    under = TimedSound(
        path=music,
        at=Fraction(0),
        start=Fraction(0),
        duration=Fraction(count * _SECONDS),
        volume=Decimal(-18),
        duck=Decimal(8),
        fade_in=Fraction(1),
        fade_out=Fraction(1),
    )
    return Timeline(
        shape=Shape(Size(192, 108), Fraction(_FPS)),
        fit=Fit.CROP,
        pieces=pieces,
        titles=(),
        captions=(),
        burn_captions=False,
        music=(under,),
        voiceover=(),
        loudness=Decimal(-14),
        watermark=None,
        font=None,
        frames=count * frames,
    )


def measured(timeline: Timeline, out: Path) -> tuple[SoundReport, float, float, float]:
    """Mix once; return what came out, seconds of wall and CPU, and the peak of memory in MB."""
    start, before = time.perf_counter(), _cpu()
    report = mix(timeline, out.parent, partial(write_wav, out, total_samples(timeline)))
    wall, cpu = time.perf_counter() - start, _cpu() - before
    return report, wall, cpu, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> None:
    """Print the table."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--clips", type=int, nargs="+", default=[12, 300])
    counts = sorted(arguments.parse_args().clips)
    print(
        f"{'clips':>6} {'film s':>7} {'wall s':>7} {'CPU s':>7} {'MB':>5} {'LUFS':>6} {'dBTP':>6}"
    )
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        clips, music = make(folder, counts[-1] * _SECONDS)
        for count in counts:
            report, wall, cpu, memory = measured(film(clips, music, count), folder / "out.wav")
            figures = f"{count:>6} {count * _SECONDS:>7} {wall:>7.2f} {cpu:>7.2f} {memory:>5.0f}"
            print(f"{figures} {report.loudness:>6} {report.true_peak:>6}")


def _cpu() -> float:
    both = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(one.ru_utime + one.ru_stime for one in both)


def _ffmpeg(*arguments: str) -> None:
    ffmpeg = imageio_ffmpeg.get_ffmpeg_exe()
    subprocess.run((ffmpeg, "-v", "error", "-y", *arguments), check=True)  # noqa: S603 - our wheel's


if __name__ == "__main__":
    main()
