"""A timeline to everything that lies over its pictures."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from PIL import Image, ImageChops

from storyboard.cut.captions import limits_for, split_cues
from storyboard.cut.overlay.caption import caption_layers
from storyboard.cut.overlay.compose import fade, flatten
from storyboard.cut.overlay.layers import Layers, layers
from storyboard.cut.overlay.look import caption_height, fonts_of, set_title
from storyboard.cut.overlay.overlay import Overlay, pack
from storyboard.cut.overlay.watermark import watermark_box
from storyboard.cut.timeline import Cue, TimedTitle, Timeline
from storyboard.media import open_with_alpha
from storyboard.media.text import Weight, font_stack
from storyboard.model import Size, Watermark, frame_at


def overlays(timeline: Timeline, project: Path) -> tuple[Overlay, ...]:
    """Draw the watermark, the titles, and captions that are burnt in, from below to above.

    `project` is the folder that the paths of local files are relative to.
    """
    drawn: list[Overlay] = []
    if timeline.watermark:
        drawn.append(_watermark(timeline.watermark, timeline, project))
    cues = _burnt(timeline)
    drawn += [one for title in timeline.titles if (one := _title(title, timeline, project, cues))]
    drawn += [one for cue in cues if (one := _caption(cue, timeline, project))]
    return tuple(drawn)


def _burnt(timeline: Timeline) -> Sequence[Cue]:
    if not timeline.burn_captions:
        return ()
    return split_cues(timeline.captions, timeline.duration, limits_for(timeline.shape.size))


def _title(
    title: TimedTitle, timeline: Timeline, project: Path, cues: Sequence[Cue]
) -> Overlay | None:
    """Draw a title; at the bottom it stands above the captions that are seen while it is."""
    size, fps = timeline.shape.size, timeline.shape.fps
    brand = project / timeline.font.path if timeline.font else None
    start, end = title.start / fps, (title.start + title.frames) / fps
    lift = caption_height(size) if any(c.start < end and c.end > start for c in cues) else 0
    fonts = fonts_of(title.style, brand, project)
    drawn = layers(set_title(title.text, title.style, fonts, size, lift), title.style)
    strengths = fade(title.frames, fps, title.style.fade)
    return _overlay(drawn, size, title.start, strengths, timeline.frames)


def _caption(cue: Cue, timeline: Timeline, project: Path) -> Overlay | None:
    size, fps = timeline.shape.size, timeline.shape.fps
    brand = project / timeline.font.path if timeline.font else None
    start, end = frame_at(cue.start, fps), frame_at(cue.end, fps)
    drawn = caption_layers(cue.text, font_stack(Weight.BOLD, brand), size)
    return _overlay(drawn, size, start, (1.0,) * max(0, end - start), timeline.frames)


def _overlay(
    drawn: Layers, size: Size, start: int, strengths: tuple[float, ...], end: int
) -> Overlay | None:
    """Cut to the film's picture and its frames; None where nothing of it is left."""
    rgba = flatten(drawn.pictures)
    left, top = max(0, -drawn.x), max(0, -drawn.y)
    rgba = rgba[top : size.height - drawn.y, left : size.width - drawn.x]
    rows = np.flatnonzero(rgba[..., 3].any(axis=1)) if rgba.size else np.array([], int)
    strengths = strengths[max(0, -start) : max(0, end - start)]
    start = max(0, start)
    if not rows.size or not strengths:
        return None
    columns = np.flatnonzero(rgba[..., 3].any(axis=0))
    kept = np.ascontiguousarray(rgba[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1])
    x, y = drawn.x + left + int(columns[0]), drawn.y + top + int(rows[0])
    return Overlay(start, len(strengths), x, y, pack(kept), strengths)


def _watermark(mark: Watermark, timeline: Timeline, project: Path) -> Overlay:
    size, frames = timeline.shape.size, timeline.frames
    picture = open_with_alpha(project / mark.image.path)
    lift = caption_height(size) if timeline.burn_captions else 0
    box = watermark_box(mark, picture.size, size, lift)
    drawn = picture.resize((box.width, box.height), Image.Resampling.LANCZOS, reducing_gap=2.0)
    faint = Image.new("L", drawn.size, round(mark.opacity * 255))
    drawn.putalpha(ImageChops.multiply(drawn.getchannel("A"), faint))
    return Overlay(0, frames, box.x, box.y, pack(flatten([drawn])), (1.0,) * frames)
