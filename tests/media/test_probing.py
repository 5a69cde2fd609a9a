"""Files are known by what is in them, and none is so broken that probing it raises."""

from fractions import Fraction
from pathlib import Path
from subprocess import run

import av
import pytest
from clips import ClipRecipe, make_clip
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from imageio_ffmpeg import get_ffmpeg_exe
from PIL import Image

from storyboard.media.probe_av import exact_rate
from storyboard.media.probing import probe
from storyboard.model.asset import ClipFacts, FontFacts, PictureFacts, SoundFacts, Unusable


@pytest.mark.parametrize("rate", ["24", "25", "30", "24000/1001", "30000/1001"])
def test_a_clip_s_rate_is_exact(tmp_path: Path, rate: str) -> None:
    recipe = ClipRecipe(frames=31, fps=Fraction(rate), width=96, height=64)
    facts = probe(make_clip(tmp_path / "clip.mp4", recipe))
    assert isinstance(facts, ClipFacts)
    assert facts.fps == Fraction(rate)
    assert facts.duration == 31 / Fraction(rate)
    assert (facts.width, facts.height, facts.audio_codec) == (96, 64, "aac")


@pytest.mark.parametrize(
    ("name", "container"), [("a.mov", "mov"), ("a.mkv", "mkv"), ("a.mp4", "mp4"), ("a.png", "mp4")]
)
def test_the_container_is_read_not_guessed_from_the_name(
    tmp_path: Path, name: str, container: str
) -> None:
    written = tmp_path / name.replace("png", "mp4")
    make_clip(written, ClipRecipe(frames=12, width=96, height=64))
    written.rename(tmp_path / name)
    facts = probe(tmp_path / name)
    assert isinstance(facts, ClipFacts)
    assert facts.container == container


@pytest.mark.parametrize(
    ("name", "options"),
    [
        ("b.mkv", ()),
        ("b.mkv", ("-output_ts_offset", "5")),
        ("b.mkv", ("-live", "1")),
        ("b.flv", ()),
        ("b.ts", ()),
    ],
    ids=["sound outlasts it", "it starts late", "live", "flv", "ts"],
)
def test_a_clip_is_as_long_as_its_picture(
    tmp_path: Path, name: str, options: tuple[str, ...]
) -> None:
    """Most containers say when the last of picture and sound ends, or nothing at all."""
    whole = make_clip(tmp_path / "a.mp4", ClipRecipe(frames=48))
    words = ["-i", str(whole), "-c", "copy", *options, str(tmp_path / name)]
    run([get_ffmpeg_exe(), "-v", "error", *words], check=True)  # noqa: S603 - the words are all here
    facts = probe(tmp_path / name)
    assert isinstance(facts, ClipFacts)
    assert facts.duration == 2


def test_a_matroska_cut_short_is_found(tmp_path: Path) -> None:
    path = make_clip(tmp_path / "a.mkv", ClipRecipe(frames=48))
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) * 3 // 4])
    facts = probe(path)
    assert isinstance(facts, Unusable)
    assert facts.reason == "incomplete"


def test_a_clip_without_sound_says_so(tmp_path: Path) -> None:
    facts = probe(make_clip(tmp_path / "a.mp4", ClipRecipe(frames=12, sound=False)))
    assert isinstance(facts, ClipFacts)
    assert facts.audio_codec is None


def test_size_is_as_shown_where_pixels_are_not_square(tmp_path: Path) -> None:
    path = make_clip(tmp_path / "a.mp4", ClipRecipe(frames=3, options=(("aspect", "4:3"),)))
    with av.open(str(path)) as clip, av.open(str(tmp_path / "b.mp4"), "w") as out:
        stream = out.add_stream("libx264", rate=24)
        stream.width, stream.height, stream.pix_fmt = 96, 64, "yuv420p"
        stream.codec_context.sample_aspect_ratio = Fraction(2)
        for frame in clip.decode(video=0):
            out.mux(stream.encode(frame.reformat(96, 64)))
        out.mux(stream.encode(None))
    facts = probe(tmp_path / "b.mp4")
    assert isinstance(facts, ClipFacts)
    assert (facts.width, facts.height) == (192, 64)


def test_pictures_are_measured_as_they_are_shown(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    Image.new("RGB", (40, 20)).save(tmp_path / "a.jpg", exif=exif)
    assert probe(tmp_path / "a.jpg") == PictureFacts("JPEG", 20, 40)


def test_a_picture_of_a_phone_says_what_it_is(tmp_path: Path) -> None:
    (tmp_path / "a.heic").write_bytes(b"\0\0\0\x18ftypheic" + bytes(200))
    facts = probe(tmp_path / "a.heic")
    assert isinstance(facts, Unusable)
    assert facts.reason == "unknown-kind"
    assert "HEIC" in facts.detail


def test_a_sound_is_measured(tmp_path: Path) -> None:
    with av.open(str(tmp_path / "a.wav"), "w") as out:
        stream = out.add_stream("pcm_s16le", rate=44100, layout="mono")
        frame = av.AudioFrame(format="s16", layout="mono", samples=44100)
        frame.sample_rate = 44100
        out.mux(stream.encode(frame))
    assert probe(tmp_path / "a.wav") == SoundFacts("wav", Fraction(1), 44100, 1)


@pytest.mark.parametrize("frames", [20, 2000])
def test_a_sound_whose_header_speaks_of_another_is_counted(tmp_path: Path, frames: int) -> None:
    """Programs that cut or join MP3 files leave the first one's header."""
    path = tmp_path / "a.mp3"
    with av.open(str(path), "w") as out:
        stream = out.add_stream("libmp3lame", rate=48000, layout="mono")
        for _ in range(10):
            frame = av.AudioFrame(format="s16p", layout="mono", samples=48000)
            frame.sample_rate = 48000
            out.mux(stream.encode(frame))
        out.mux(stream.encode(None))
    told = bytearray(path.read_bytes())
    head = max(told.find(b"Xing"), told.find(b"Info"))
    assert head > 0
    told[head + 8 : head + 12] = frames.to_bytes(4, "big")
    path.write_bytes(told)
    facts = probe(path)
    assert isinstance(facts, SoundFacts)
    assert abs(facts.duration - 10) < Fraction(1, 10)


def test_a_font_is_known_by_its_glyphs() -> None:
    fonts = sorted((Path(__file__).parents[2] / "storyboard" / "media").rglob("*.ttf"))
    facts = probe(fonts[0])
    assert isinstance(facts, FontFacts)
    assert facts.family


def test_a_missing_file_and_a_folder_are_missing(tmp_path: Path) -> None:
    for path in (tmp_path / "none", tmp_path):
        facts = probe(path)
        assert isinstance(facts, Unusable)
        assert facts.reason == "missing"


@pytest.mark.parametrize(
    "text",
    ["", "just words\n", "ffconcat version 1.0\nfile a.mp4\n", "#EXTM3U\n#EXTINF:1,\na.mp4\n"],
)
def test_text_is_no_clip_not_even_a_playlist(tmp_path: Path, text: str) -> None:
    make_clip(tmp_path / "a.mp4", ClipRecipe(frames=3))
    (tmp_path / "list.mp4").write_text(text)
    assert isinstance(probe(tmp_path / "list.mp4"), Unusable)


def test_a_clip_cut_short_is_found_though_its_index_is_whole(tmp_path: Path) -> None:
    path = make_clip(
        tmp_path / "a.mp4", ClipRecipe(frames=48, options=(("movflags", "faststart"),))
    )
    with (
        av.open(str(path)) as source,
        av.open(str(tmp_path / "b.mp4"), "w", options={"movflags": "faststart"}) as out,
    ):
        stream = out.add_stream_from_template(source.streams.video[0])
        for packet in source.demux(video=0):
            if packet.dts is not None:
                packet.stream = stream
                out.mux(packet)
    whole = (tmp_path / "b.mp4").read_bytes()
    (tmp_path / "b.mp4").write_bytes(whole[: len(whole) * 3 // 4])
    facts = probe(tmp_path / "b.mp4")
    assert isinstance(facts, Unusable)
    assert facts.reason == "incomplete"


@pytest.fixture(scope="module")
def seeds(tmp_path_factory: pytest.TempPathFactory) -> list[bytes]:
    folder = tmp_path_factory.mktemp("seeds")
    make_clip(folder / "a.mp4", ClipRecipe(frames=6, width=64, height=64))
    make_clip(folder / "a.mkv", ClipRecipe(frames=6, width=64, height=64))
    Image.new("RGB", (32, 32), "red").save(folder / "a.png")
    Image.new("RGB", (32, 32), "red").save(folder / "a.webp")
    return [path.read_bytes() for path in sorted(folder.iterdir())]


@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(data=st.data())
def test_broken_files_are_values(seeds: list[bytes], tmp_path: Path, data: st.DataObject) -> None:
    broken = bytearray(data.draw(st.sampled_from(seeds)))
    for _ in range(data.draw(st.integers(1, 8))):
        broken[data.draw(st.integers(0, len(broken) - 1))] = data.draw(st.integers(0, 255))
    keep = data.draw(st.integers(1, len(broken)))
    (tmp_path / "broken").write_bytes(broken[:keep])
    probe(tmp_path / "broken")  # whatever it returns, it returns


@pytest.mark.parametrize(
    ("average", "guessed", "rate"),
    [
        ("24", "24", "24"),
        ("2375/99", "24", "24"),
        ("23976/1000", "23976/1000", "24000/1001"),
        ("29970/1000", "2997/100", "30000/1001"),
        ("15/2", "15/2", "15/2"),
    ],
)
def test_a_rate_near_a_known_one_is_that_one(average: str, guessed: str, rate: str) -> None:
    assert exact_rate(Fraction(average), Fraction(guessed)) == Fraction(rate)


def test_no_rate_is_none() -> None:
    assert exact_rate(None, None) is None
    assert exact_rate(Fraction(0), Fraction(0)) is None
