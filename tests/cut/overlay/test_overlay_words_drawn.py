import subprocess
import sys

from captioned import captioned

from storyboard.cut.overlay.words_drawn import (
    burning,
    captions,
    is_plain,
    needs_fonts,
    page_words,
)
from storyboard.media.text import Weight, font_stack, missing_glyphs
from storyboard.model import Captions


def test_a_caption_of_a_shots_own_stands_for_what_is_said() -> None:
    assert [one.text for one in captions(captioned("own", said=["one", "two"]))] == ["own"]
    assert [one.text for one in captions(captioned(said=["one", "two"]))] == ["one", "two"]


def test_outputs_that_burn_captions() -> None:
    outputs = (Captions.OFF, Captions.BURN, Captions.SIDECAR)
    assert burning(captioned(outputs=outputs)) == ("film-1",)


def test_pages_say_the_name_and_the_lines() -> None:
    assert [one.text for one in page_words(captioned(said=["one"]))] == ["a/b mara one"]


def test_plain_words_need_no_look_at_fonts() -> None:
    assert not needs_fonts(captioned("First cup\u2019s on us — 5 €", said=["Déjà vu"]))


def test_the_shipped_fonts_have_all_plain_characters() -> None:
    every = "".join(one for one in map(chr, range(0x3000)) if is_plain(one))
    assert len(every) > 300
    for weight in Weight:
        assert missing_glyphs(every, font_stack(weight)) == ()


def test_it_loads_nothing_that_draws() -> None:
    code = (
        "import sys\nfrom storyboard.cut.overlay import needs_fonts\n"
        "heavy = {'av', 'numpy', 'PIL', 'uharfbuzz', 'bidi', 'fontTools'} & set(sys.modules)\n"
        "assert not heavy, heavy\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True)  # noqa: S603 -- our own words
