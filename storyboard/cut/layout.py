"""A storyboard and its clips into the timeline of one output."""

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

from storyboard.cut.film_shape import Used, film_shape
from storyboard.cut.placed import Placed, ShotClip, Shown, pieces, place, show
from storyboard.cut.timeline import (
    ClipSource,
    Cue,
    DrawnSource,
    TimedShot,
    TimedSound,
    TimedTitle,
    Timeline,
)
from storyboard.model import (
    Captions,
    ClipFacts,
    Cut,
    FootageShot,
    FrameRate,
    Line,
    LocalFile,
    Output,
    Seconds,
    Shot,
    ShotName,
    SoundFacts,
    Storyboard,
    frame_at,
)


def lay_out(
    storyboard: Storyboard,
    output: Output,
    clips: Mapping[ShotName, ShotClip | str],
    project: Path,
) -> Timeline:
    """Lay out one output's film.

    `clips` has what shots of a model show, or says in words why there is nothing: these become
    slates. `project` is the folder that the storyboard's files are named from.
    """
    shown = show(storyboard.shots, clips, project)
    shape = film_shape(output.format, _used(shown))
    placed = place(shown)
    made = pieces(placed, shape.fps)
    frames = made[-1].start + made[-1].frames if made else 0
    length = Fraction(frames) / shape.fps
    captions = output.captions is not Captions.OFF
    return Timeline(
        shape=shape,
        fit=output.fit,
        pieces=made,
        titles=tuple(_titles(placed, shape.fps, frames)),
        captions=tuple(_cues(placed)) if captions else (),
        burn_captions=output.captions is Captions.BURN,
        music=tuple(_music(storyboard.cut, length, project)),
        voiceover=tuple(_voiceover(storyboard.cut, length, project)),
        loudness=storyboard.cut.loudness,
        watermark=storyboard.cut.watermark,
        font=storyboard.cut.font,
        frames=frames,
        shots=tuple(_shots(placed, shape.fps)),
    )


def _used(shown: Iterable[Shown]) -> Iterator[Used]:
    for one in shown:
        if isinstance(one.source, ClipSource | DrawnSource):
            yield Used(one.source.facts, one.shot.duration)


def _shots(placed: Iterable[Placed], fps: FrameRate) -> Iterator[TimedShot]:
    for one in placed:
        start = frame_at(one.start, fps)
        yield TimedShot(one.shown.shot.name, start, frame_at(one.end, fps) - start)


def _titles(placed: Iterable[Placed], fps: FrameRate, frames: int) -> Iterator[TimedTitle]:
    for one in placed:
        for title in one.shown.shot.look.titles:
            start = frame_at(one.start + title.at, fps)
            end = min(frame_at(one.start + title.at + title.duration, fps), frames)
            if end > start:
                yield TimedTitle(title.text, start, end - start, title.style)


def _cues(placed: Iterable[Placed]) -> Iterator[Cue]:
    """Write captions. Where shots overlap, those of the first end where the second begins."""
    ends = [later.start for later in list(placed)[1:]]
    for one, end in zip(placed, [*ends, None], strict=True):
        until = one.end if end is None else min(one.end, end)
        if until > one.start:
            yield from _shot_cues(one.shown.shot, one.start, until - one.start)


def _music(cut: Cut, length: Seconds, project: Path) -> Iterator[TimedSound]:
    """Lay pieces of music one after the other, the last one until the film ends."""
    at = Seconds(0)
    for music in cut.music:
        duration = min(_length(music.file) - music.start, length - at)
        if duration <= 0:
            continue
        yield TimedSound(
            path=project / music.file.path,
            at=at,
            start=music.start,
            duration=duration,
            volume=music.volume,
            duck=music.duck,
            fade_in=music.fade_in,
            fade_out=music.fade_out,
            track=music.track,
        )
        at += duration


def _voiceover(cut: Cut, length: Seconds, project: Path) -> Iterator[TimedSound]:
    for voice in cut.voiceover:
        duration = min(_length(voice.file), length - voice.at)
        if duration > 0:
            yield TimedSound(
                path=project / voice.file.path,
                at=voice.at,
                start=Seconds(0),
                duration=duration,
                volume=Decimal(0),
                duck=Decimal(0),
                fade_in=Seconds(0),
                fade_out=Seconds(0),
                track=voice.track,
            )


def _length(file: LocalFile) -> Seconds:
    match file.facts:
        case SoundFacts() | ClipFacts():
            return file.facts.duration
        case _:
            return Seconds(0)


def _shot_cues(shot: Shot, start: Seconds, duration: Seconds) -> Iterator[Cue]:
    """Write the captions of a shot that is shown from `start` for `duration`.

    A `caption` of its own stands for all that is said.
    """
    if shot.look.caption:
        yield Cue(start, start + duration, shot.look.caption, None)
        return
    lines: tuple[Line, ...] = () if isinstance(shot, FootageShot) else shot.say
    yield from _shared_out(lines, start, duration)


def _shared_out(lines: Iterable[Line], start: Seconds, duration: Seconds) -> Iterator[Cue]:
    spoken = [line for line in lines if line.text.strip()]
    whole = sum(len(line.text) for line in spoken)
    said = 0
    for line in spoken:
        begins = start + duration * said / whole
        said += len(line.text)
        yield Cue(begins, start + duration * said / whole, line.text.strip(), line.speaker)
