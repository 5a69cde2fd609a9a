"""The ways that are measured: ours, ffmpeg's and moviepy's, each doing the same work."""

import shutil
import subprocess
import tempfile
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
from clips import ClipRecipe, luma, make_clip, read_number
from imageio_ffmpeg import get_ffmpeg_exe

from storyboard.cut.cut_film import cut
from storyboard.cut.options import Check, CutOptions
from storyboard.cut.timeline import (
    ClipSource,
    Cue,
    Piece,
    Shape,
    SlateSource,
    StillSource,
    TimedTitle,
    Timeline,
)
from storyboard.cut.workshop import DerivedFolder, Workshop
from storyboard.model.asset import ClipFacts
from storyboard.model.cut import CUT, Place, TitleStyle, Transition, TransitionKind
from storyboard.model.storyboard import Fit, Move, ShotName, Size

SECONDS = 5
OURS = "storyboard.cut.cut_film"
GRAIN = 8
DOZEN = 12
"""So many clips are made; a longer film shows copies of them."""

NUMBERS = 200
"""By how much the frames of one clip are numbered higher than those of the one before."""

TRIMMED = 7
"""Frames that are left out at the beginning of each clip of a trimmed film."""

SHARED, CARD, FURTHER = 8, 3, 5
"""Clips that a campaign's films share, seconds of their end cards, films that are measured."""

FADE = Fraction(1, 2)
AAC = ["-c:a", "aac", "-b:a", "192k"]


@dataclass(frozen=True, slots=True)
class Bench:
    """Where clips and films lie, and how many clips there are."""

    folder: Path
    count: int
    kling: bool

    @property
    def about(self) -> str:
        """Say what is joined."""
        size, fps = self.size, self.fps
        return (
            f"{self.count} clips of {SECONDS} s, {size.width}x{size.height} at {fps}, one GOP each"
        )

    @property
    def size(self) -> Size:
        """Return the clips' size."""
        return Size(1916, 1080) if self.kling else Size(1920, 1080)

    @property
    def fps(self) -> Fraction:
        """Return the clips' rate."""
        return Fraction(24 if self.kling else 30)

    @property
    def title(self) -> int:
        """Return the second at which a title comes in: one into a clip, a third into the film."""
        return self.count // 3 * SECONDS + 1

    @property
    def clips(self) -> list[Path]:
        """Return where the clips lie."""
        kind = "kling" if self.kling else "hd"
        return [self.folder / f"{kind}-{n}.mp4" for n in range(self.count)]

    def make_clips(self) -> None:
        """Make a dozen clips; further ones are copies under names of their own."""
        self.folder.mkdir(parents=True, exist_ok=True)
        for n, path in enumerate(self.clips):
            if path.exists():
                continue
            if n >= DOZEN:
                shutil.copy(self.clips[n % DOZEN], path)
                continue
            recipe = ClipRecipe(
                frames=int(SECONDS * self.fps),
                fps=self.fps,
                width=self.size.width,
                height=self.size.height,
                first=n * NUMBERS,
                seed=n,
                grain=GRAIN,
                options=(("preset", "medium"), ("crf", "20")),
            )
            make_clip(path, recipe)

    def film(self, name: str) -> Path:
        """Return where a way puts its film."""
        return self.folder / f"{name}.mp4"


def nothing(_: Bench) -> None:
    """Need no preparation."""


@dataclass(frozen=True, slots=True)
class Way:
    """One way to do a work. `library` is imported before the clock starts."""

    name: str
    library: str
    run: Callable[[Bench], None]
    ours: bool = False
    prepare: Callable[[Bench], None] = field(default=nothing)
    notes: Callable[[Bench], str] | None = None


# --- ours -----------------------------------------------------------------------------------


def timeline(bench: Bench, overlap: int = 0, shape: Shape | None = None) -> Timeline:
    """Lay the clips out, each overlapping the one before by so many frames."""
    shape = shape or Shape(bench.size, bench.fps)
    frames = int(SECONDS * shape.fps)
    size, length = bench.size, Fraction(SECONDS)
    facts = ClipFacts("mp4", size.width, size.height, bench.fps, length, "h264", "aac")
    pieces: list[Piece] = []
    for n, path in enumerate(bench.clips):
        mixed = overlap if n else 0
        way = Transition(TransitionKind.CROSSFADE, mixed / shape.fps) if mixed else CUT
        start = n * (frames - overlap)
        source = ClipSource(path, facts, Fraction(0))
        pieces.append(Piece((ShotName(f"s/{n}"),), source, start, frames, way, mixed))
    end = pieces[-1].start + frames
    nothing_more: tuple[()] = ()
    return Timeline(
        shape=shape,
        fit=Fit.CROP,
        pieces=tuple(pieces),
        titles=nothing_more,
        captions=nothing_more,
        burn_captions=False,
        music=nothing_more,
        voiceover=nothing_more,
        loudness=None,
        watermark=None,
        font=None,
        frames=end,
    )


def ours(
    make: Callable[[Bench], Timeline], check: Check = Check.NONE, name: str = "ours"
) -> Callable[[Bench], None]:
    """Cut a timeline with nothing kept from earlier runs."""

    def run(bench: Bench) -> None:
        from storyboard.cut.sound import mix  # noqa: PLC0415 - only our own ways need it

        options = CutOptions(check=check)
        with tempfile.TemporaryDirectory(dir=bench.folder) as folder:
            shop = Workshop(Path(folder), DerivedFolder(Path(folder) / "kept"), Path(folder), mix)
            report = cut(make(bench), bench.film(name), shop, options, _quiet)
        bench.film(name).with_suffix(".txt").write_text(
            f"copied {report.plan.copied}, encoded {report.plan.encoded} frames"
        )

    return run


def read(make: Callable[[Bench], Timeline]) -> Callable[[Bench], str]:
    """Say what our way copied, and whether each frame that shows one clip is the right one."""

    def tell(bench: Bench) -> str:
        film = make(bench)
        right = [*_right(bench, film)]
        return (
            f"{noted(bench)}, {_megabytes(bench.film('ours'))}; of {film.frames} frames "
            f"{len(right)} show one clip: {right.count(True)} of them the right frame of it"
        )

    return tell


def _megabytes(film: Path) -> str:
    return f"{film.stat().st_size / 1e6:.1f} MB"


def _right(bench: Bench, film: Timeline) -> Iterator[bool]:
    """Read the number in each frame of a film in which one clip alone is seen."""
    wanted: dict[int, int] = {}
    for piece in film.pieces:
        for at in range(piece.start, piece.start + piece.frames):
            wanted.pop(at, None)
            if at >= piece.start + piece.overlap and isinstance(piece.source, ClipSource):
                first = bench.clips.index(piece.source.path) % DOZEN * NUMBERS
                wanted[at] = first + round(piece.source.start * bench.fps) + at - piece.start
    with av.open(str(bench.film("ours"))) as made:
        for at, frame in enumerate(made.decode(video=0)):
            if at in wanted:
                yield read_number(luma(frame)) == wanted[at]


def encoded_ahead(make: Callable[[Bench], Timeline]) -> Callable[[Bench], None]:
    """Encode what can be while the last clip is still rendered: before the clock starts."""

    def run(bench: Bench) -> None:
        from storyboard.cut.ahead import encode_ahead  # noqa: PLC0415 - only our own ways need it

        film = make(bench)
        *there, last = film.pieces
        to_come = replace(last, source=SlateSource("the last shot", "it is not rendered yet"))
        shutil.rmtree(bench.folder / "ahead", ignore_errors=True)
        encode_ahead(
            replace(film, pieces=(*there, to_come)), _shop(bench), CutOptions(), threading.Event()
        )

    return run


def cut_after_ahead(make: Callable[[Bench], Timeline]) -> Callable[[Bench], None]:
    """Cut once the last clip is there, with what was encoded before."""

    def run(bench: Bench) -> None:
        cut(make(bench), bench.film("ours"), _shop(bench), CutOptions(check=Check.NONE), _quiet)

    return run


def cut_again(make: Callable[[Bench], Timeline]) -> Callable[[Bench], None]:
    """Cut a timeline, checked by proof, with what an earlier cut of it has kept."""

    def run(bench: Bench) -> None:
        shop = _shop(bench, f"kept-{make.__name__}")
        cut(make(bench), bench.film("ours"), shop, CutOptions(), _quiet)

    return run


def _shop(bench: Bench, name: str = "ahead") -> Workshop:
    from storyboard.cut.sound import mix  # noqa: PLC0415 - only our own ways need it

    folder = bench.folder / name
    folder.mkdir(exist_ok=True)
    return Workshop(folder, DerivedFolder(folder / "kept"), folder, mix)


def _quiet(_: object) -> None:
    """Show no progress."""


def trimmed(bench: Bench) -> Timeline:
    """Clips one after the other, each without its first frames."""
    film = timeline(bench)
    pieces = tuple(
        replace(
            one,
            source=ClipSource(path, one.source.facts, TRIMMED / bench.fps),
            start=one.start - n * TRIMMED,
            frames=one.frames - TRIMMED,
        )
        for n, (one, path) in enumerate(zip(film.pieces, bench.clips, strict=True))
        if isinstance(one.source, ClipSource)
    )
    return replace(film, pieces=pieces, frames=film.frames - len(pieces) * TRIMMED)


def carded(bench: Bench, number: int, overlap: int = 0) -> Timeline:
    """Eight clips with crossfades, and an end card of this film alone."""
    card = bench.folder / f"card-{number}.png"
    if not card.exists():
        _draw_card(card, bench.size, number)
    film = timeline(replace(bench, count=SHARED), int(FADE * bench.fps))
    way = Transition(TransitionKind.CROSSFADE, overlap / bench.fps) if overlap else CUT
    frames, start = int(CARD * bench.fps), film.frames - overlap
    source = StillSource(card, Move.NONE)
    last = Piece((ShotName("s/card"),), source, start, frames, way, overlap)
    style = TitleStyle("centre", Place.BOTTOM)
    words = TimedTitle(f"Only in shop {number}", start + 12, frames - 12, style)
    return replace(
        film, pieces=(*film.pieces, last), titles=(words,), frames=start + frames, loudness=None
    )


def _draw_card(path: Path, size: Size, number: int) -> None:
    from PIL import Image, ImageDraw  # noqa: PLC0415 - only one work draws

    picture = Image.radial_gradient("L").resize((size.width, size.height)).convert("RGB")
    drawn = ImageDraw.Draw(picture)
    drawn.rectangle((200 + 40 * number, 300, 900 + 40 * number, 700), fill=(200, 60, 20 * number))
    picture.save(path)


def first_film(overlap: int) -> Callable[[Bench], None]:
    """Cut a campaign's first film, before the clock starts."""

    def run(bench: Bench) -> None:
        shutil.rmtree(bench.folder / "ahead", ignore_errors=True)
        options = CutOptions(check=Check.NONE)
        cut(carded(bench, 0, overlap), bench.film("ours"), _shop(bench), options, _quiet)

    return run


def further_films(overlap: int) -> Callable[[Bench], None]:
    """Cut some more of its films."""

    def run(bench: Bench) -> None:
        options = CutOptions(check=Check.NONE)
        for number in range(1, FURTHER + 1):
            film = carded(bench, number, overlap)
            report = cut(film, bench.film("ours"), _shop(bench), options, _quiet)
        bench.film("ours").with_suffix(".txt").write_text(
            f"{FURTHER} films; of the last one {report.plan.encoded - report.reused} frames were "
            f"encoded, {report.reused} found"
        )

    return run


def noted(bench: Bench) -> str:
    """Say what our way copied and encoded."""
    return bench.film("ours").with_suffix(".txt").read_text()


def hard(bench: Bench) -> Timeline:
    """Clips one after the other."""
    return timeline(bench)


def crossfades(bench: Bench) -> Timeline:
    """Half a second of crossfade at every join."""
    return timeline(bench, int(FADE * bench.fps))


def titled(bench: Bench) -> Timeline:
    """One title of three seconds."""
    style = TitleStyle("top", Place.TOP)  # the numbers of its frames stay to be read
    one = TimedTitle("One title", int(bench.title * bench.fps), int(3 * bench.fps), style)
    return replace(timeline(bench), titles=(one,))


def titled_now_and_then(bench: Bench) -> Timeline:
    """A title of three seconds on every fiftieth clip: frames are encoded on all cores."""
    style = TitleStyle("centre", Place.CENTRE)
    fps = bench.fps
    titles = tuple(
        TimedTitle(f"Clip {n}", int((n * SECONDS + 1) * fps), int(3 * fps), style)
        for n in range(0, bench.count, 50)
    )
    return replace(timeline(bench), titles=titles)


def captioned(bench: Bench) -> Timeline:
    """Captions burnt in on all of it."""
    cues = tuple(
        Cue(Fraction(n * 2), Fraction(n * 2 + 2), f"Caption number {n}", None)
        for n in range(bench.count * SECONDS // 2)
    )
    return replace(timeline(bench), captions=cues, burn_captions=True)


def smaller(bench: Bench) -> Timeline:
    """Every clip in another size."""
    return timeline(bench, shape=Shape(Size(1280, 720), bench.fps))


def upright(bench: Bench) -> Timeline:
    """A second output, cut out of the first's clips."""
    return timeline(bench, shape=Shape(Size(1080, 1920), bench.fps))


# --- ffmpeg ---------------------------------------------------------------------------------


def ffmpeg(*arguments: str) -> None:
    """Run ffmpeg."""
    command = [get_ffmpeg_exe(), "-v", "error", "-nostdin", "-y", *arguments]
    subprocess.run(command, check=True)  # noqa: S603 - the words are all here


def ffmpeg_copy(bench: Bench) -> None:
    """Concatenate with the pictures copied and the sound encoded once."""
    listed = bench.folder / "list.txt"
    listed.write_text("".join(f"file '{path}'\n" for path in bench.clips))
    film = str(bench.film("copy"))
    ffmpeg("-f", "concat", "-safe", "0", "-i", str(listed), "-c:v", "copy", *AAC, film)


def ffmpeg_graph(name: str, link: str, preset: str = "medium") -> Callable[[Bench], None]:
    """Concatenate through a filter graph with `link` applied to all of it."""

    def run(bench: Bench) -> None:
        inputs = [word for path in bench.clips for word in ("-i", str(path))]
        pads = "".join(f"[{n}:v][{n}:a]" for n in range(bench.count))
        graph = f"{pads}concat=n={bench.count}:v=1:a=1[j][a];[j]{link}[v]"
        ffmpeg(*inputs, "-filter_complex", graph, *_mapped(preset), str(bench.film(name)))

    return run


def ffmpeg_captions(bench: Bench) -> None:
    """Lay a strip of a caption's size over every frame."""
    from PIL import Image  # noqa: PLC0415

    strip = bench.folder / "strip.png"
    Image.new("RGBA", (900, 70), (0, 0, 0, 160)).save(strip)
    inputs = [word for path in bench.clips for word in ("-i", str(path))]
    pads = "".join(f"[{n}:v][{n}:a]" for n in range(bench.count))
    graph = f"{pads}concat=n={bench.count}:v=1:a=1[j][a];[j][{bench.count}:v]overlay=500:950[v]"
    film = str(bench.film("captions"))
    ffmpeg(*inputs, "-i", str(strip), "-filter_complex", graph, *_mapped("medium"), film)


def ffmpeg_xfade(preset: str) -> Callable[[Bench], None]:
    """Chain xfade and acrossfade over all clips."""

    def run(bench: Bench) -> None:
        inputs = [word for path in bench.clips for word in ("-i", str(path))]
        steps: list[str] = []
        picture, sound = "[0:v]", "[0:a]"
        for n in range(1, bench.count):
            at = float(n * (SECONDS - FADE))
            fade = f"xfade=transition=fade:duration={float(FADE)}:offset={at}"
            steps.append(f"{picture}[{n}:v]{fade}[v{n}]")
            steps.append(f"{sound}[{n}:a]acrossfade=d={float(FADE)}[a{n}]")
            picture, sound = f"[v{n}]", f"[a{n}]"
        last = ["-map", picture, "-map", sound]
        film = str(bench.film(f"xfade-{preset}"))
        coded = ["-c:v", "libx264", "-preset", preset, "-crf", "18", *AAC]
        ffmpeg(*inputs, "-filter_complex", ";".join(steps), *last, *coded, film)

    return run


def _mapped(preset: str) -> list[str]:
    coded = ["-c:v", "libx264", "-preset", preset, "-crf", "18", "-pix_fmt", "yuv420p", *AAC]
    return ["-map", "[v]", "-map", "[a]", *coded]


# --- moviepy --------------------------------------------------------------------------------


def moviepy(method: str, fade: bool = False, title: bool = False) -> Callable[[Bench], None]:  # noqa: FBT001, FBT002
    """Join as moviepy's own documentation does."""

    def run(bench: Bench) -> None:
        import moviepy as mp  # noqa: PLC0415 - only where it is measured

        clips = [mp.VideoFileClip(str(path)) for path in bench.clips]
        if fade:
            seconds = float(FADE)
            clips = [
                one.with_effects([mp.vfx.CrossFadeIn(seconds), mp.afx.AudioFadeIn(seconds)])
                if n
                else one
                for n, one in enumerate(clips)
            ]
            film = mp.concatenate_videoclips(clips, method="compose", padding=-seconds)
        else:
            film = mp.concatenate_videoclips(clips, method=method)
        if title:
            card = np.zeros((160, 900, 3), np.uint8) + 255
            words = (
                mp.ImageClip(card).with_duration(3).with_start(bench.title).with_position("center")
            )
            film = mp.CompositeVideoClip([film, words])
        film.write_videofile(
            str(bench.film("moviepy")),
            codec="libx264",
            preset="medium",
            audio_codec="aac",
            logger=None,
        )

    return run


def ssim(bench: Bench) -> str:
    """Say how like the mixed frames are: ours and the graph's to the lossless mix, ours to it."""
    graph = bench.film("xfade-medium")
    if not graph.exists():
        return read(crossfades)(bench)
    step, fade = int((SECONDS - FADE) * bench.fps), int(FADE * bench.fps)
    lossless = bench.folder / "mixed.mkv"
    mix = f"xfade=transition=fade:duration={float(FADE)}:offset={float(SECONDS - FADE)}"
    part = f"trim=start_frame={step}:end_frame={step + fade}"
    first, second = map(str, bench.clips[:2])
    wanted = f"[0:v][1:v]{mix},{part},setpts=PTS-STARTPTS"
    ffmpeg("-i", first, "-i", second, "-filter_complex", wanted, "-c:v", "ffv1", str(lossless))
    ours, other = bench.film("ours"), bench.film("xfade-medium")
    told = [
        f"{name} {_likeness(one, two, part)}"
        for name, one, two in (
            ("ours to the lossless mix", ours, lossless),
            ("the graph to it", other, lossless),
            ("ours to the graph", ours, other),
        )
    ]
    sizes = f"{read(crossfades)(bench)}; the graph's film has {_megabytes(graph)}"
    return f"{sizes}; SSIM of the first join's {fade} frames (least): {', '.join(told)}"


def _likeness(one: Path, two: Path, part: str) -> str:
    """Compare the same frames of two films; of a `.mkv` all there are."""
    stats = one.with_name("ssim.txt")
    counted = "settb=AVTB,setpts=N*40000"  # by their order: each container rounds times its own way
    second = f"[1:v]{counted}[b]" if two.suffix == ".mkv" else f"[1:v]{part},{counted}[b]"
    graph = f"[0:v]{part},{counted}[a];{second};[a][b]ssim=stats_file={stats}"
    ffmpeg("-i", str(one), "-i", str(two), "-lavfi", graph, "-f", "null", "-")
    values = [float(line.split("All:")[1].split()[0]) for line in stats.read_text().splitlines()]
    return f"{sum(values) / len(values):.4f} ({min(values):.4f})"


def sync(bench: Bench) -> str:
    """Look at the last clip of the film: which picture is seen and which click heard when."""
    start = (bench.count - 1) * SECONDS
    first = (bench.count - 1) % DOZEN * NUMBERS
    with av.open(str(bench.film("ours"))) as film:
        picture, sound = film.streams.video[0], film.streams.audio[0]
        film.seek(start * av.time_base)
        shown = [
            read_number(luma(frame)) - first - round((frame.time - start) * bench.fps)
            for frame in film.decode(picture)
            if frame.time is not None and frame.time >= start
        ]
        film.seek(start * av.time_base)
        heard = [
            (frame.time, float(np.abs(samples[0]).max()), int(np.abs(samples[0]).argmax()))
            for frame in film.decode(sound)
            if frame.time is not None
            for samples in (frame.to_ndarray(),)
        ]
    off = []
    for second in range(start + 1, start + SECONDS):
        time, _, place = max(
            (one for one in heard if abs(one[0] - second) < FADE), key=lambda one: one[1]
        )
        off.append(time + place / sound.rate - second)
    worst = max(off, key=abs) * 1000
    return (
        f"{noted(bench)}; at {start // 60} min: {len(shown)} pictures, off by "
        f"{max(shown, key=abs)} frames at most; {len(off)} clicks, off by {worst:+.1f} ms at most"
    )


def _ours(
    make: Callable[[Bench], Timeline], notes: Callable[[Bench], str] | None = None
) -> list[Way]:
    return [
        Way("storyboard", OURS, ours(make), ours=True, notes=notes or read(make)),
        Way("storyboard, film checked, clips never seen", OURS, ours(make, Check.PROOF)),
        Way(
            "storyboard, film checked, clips seen and stretches kept",
            OURS,
            cut_again(make),
            prepare=cut_again(make),
        ),
        Way("storyboard, film decoded again", OURS, ours(make, Check.FULL)),
    ]


WORKS: dict[str, list[Way]] = {
    "hard": [
        *_ours(hard),
        Way("ffmpeg copy + AAC", "json", ffmpeg_copy),
        Way("moviepy chain", "moviepy", moviepy("chain")),
    ],
    "crossfade": [
        *_ours(crossfades, ssim),
        Way(
            "storyboard, after the last clip",
            OURS,
            cut_after_ahead(crossfades),
            prepare=encoded_ahead(crossfades),
        ),
        Way("ffmpeg xfade", "json", ffmpeg_xfade("medium")),
        Way("moviepy", "moviepy", moviepy("compose", fade=True)),
    ],
    "trim": [
        Way("storyboard", OURS, ours(trimmed), ours=True, notes=read(trimmed)),
        Way("storyboard, untrimmed", OURS, ours(hard, name="untrimmed")),
    ],
    "campaign": [
        Way(
            f"storyboard, {FURTHER} further films",
            OURS,
            further_films(0),
            ours=True,
            prepare=first_film(0),
            notes=noted,
        ),
        Way(
            f"storyboard, {FURTHER} further films, their cards dissolved into",
            OURS,
            further_films(int(FADE * 24)),
            prepare=first_film(int(FADE * 24)),
        ),
    ],
    "title": [
        *_ours(titled),
        Way("moviepy", "moviepy", moviepy("chain", title=True)),
    ],
    "captions": [
        *_ours(captioned, noted),
        Way("ffmpeg graph", "json", ffmpeg_captions),
    ],
    "shape": [
        *_ours(smaller, noted),
        Way("ffmpeg graph", "json", ffmpeg_graph("shape", "scale=1280:720:flags=bicubic")),
    ],
    "crop": [
        *_ours(upright, noted),
        Way("ffmpeg graph", "json", ffmpeg_graph("crop", "crop=608:1080,scale=1080:1920")),
    ],
    "long": [
        Way("storyboard", OURS, ours(hard), ours=True, notes=sync),
        Way("storyboard, a title on every 50th clip", OURS, ours(titled_now_and_then)),
    ],
}
"""Every work, our own way first."""
