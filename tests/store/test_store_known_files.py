"""What was found in files is known by place and time, or by content."""

from pathlib import Path

from storyboard.file_stamp import FileStamp
from storyboard.model import FileDigest, FontFacts, PictureFacts
from storyboard.store import Layout, known_files
from storyboard.store.derived import derived_files
from storyboard.store.known_files import KnownFile, KnownFiles

DIGEST = FileDigest("a" * 64)
FACTS = PictureFacts("PNG", 40, 30)
FOUND = KnownFile(DIGEST, 12, FACTS)
STAMP = FileStamp(12, 10**18, 10**18, 7)
PLACE = Path("/project/a.png")


def known(folder: Path) -> KnownFiles:
    folder.joinpath("store").mkdir(exist_ok=True)
    return KnownFiles(Layout(folder / "store"), lambda: 2 * 10**18)


def kept(folder: Path) -> KnownFiles:
    """Return what a later run knows."""
    first = known(folder)
    first.add(PLACE, STAMP, FOUND)
    first.write()
    return known(folder)


def test_the_next_run_knows_a_file_by_its_place_and_stamp(tmp_path: Path) -> None:
    assert kept(tmp_path).find(PLACE, STAMP) == FOUND


def test_any_other_stamp_or_place_is_not_known(tmp_path: Path) -> None:
    again = kept(tmp_path)
    for part in range(len(STAMP)):
        other = FileStamp(*(one + (n == part) for n, one in enumerate(STAMP)))
        assert again.find(PLACE, other) is None
    assert again.find(PLACE.with_name("b.png"), STAMP) is None


def test_content_is_known_wherever_it_is(tmp_path: Path) -> None:
    again = kept(tmp_path)
    assert again.facts(DIGEST) == FACTS
    assert again.facts("b" * 64) is None


def test_facts_of_another_edition_are_not_known(tmp_path: Path) -> None:
    kept(tmp_path)
    (path,) = (one for one in (tmp_path / "store").rglob("*.json"))
    path.rename(path.with_name(f"{'b' * 64}.json"))
    assert known(tmp_path).find(PLACE, STAMP) is None


def test_it_is_among_what_can_be_made_again(tmp_path: Path) -> None:
    kept(tmp_path)
    made, other = derived_files(Layout(tmp_path / "store"))
    assert len(made) == 1
    assert other == ()


def test_a_font_is_not_kept(tmp_path: Path) -> None:
    files = known(tmp_path)
    files.add(PLACE, STAMP, KnownFile(DIGEST, 12, FontFacts("Noto Sans", frozenset({65}))))
    files.write()
    assert not (tmp_path / "store" / "derived").exists()


def test_no_more_is_kept_than_is_read_quickly(tmp_path: Path) -> None:
    files = known(tmp_path)
    most = known_files._MOST  # noqa: SLF001 -- the limit itself
    for number in range(most + 1):
        files.add(Path(f"/project/{number}.png"), STAMP, FOUND)
    files.write()
    again = known(tmp_path)
    assert again.find(Path("/project/0.png"), STAMP) is None
    assert again.find(Path(f"/project/{most}.png"), STAMP) == FOUND
