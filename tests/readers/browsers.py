"""Read films with browsers, which seek to frames and show them."""

import shutil
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from browser import PLAYING, Showing, Watched, watch
from browser_page import Launch
from chromium import NAMES, headless
from entered_film import EnteredFilm
from reader import Reader, Reading

PREFERENCES = """
user_pref("media.autoplay.default", 0);
user_pref("datareporting.policy.dataSubmissionEnabled", false);
user_pref("browser.shell.checkDefaultBrowser", false);
user_pref("app.update.enabled", false);
user_pref("privacy.resistFingerprinting", false);
"""
"""Play without being touched; ask and tell nobody anything."""

FIREFOXES = ("firefox-esr", "firefox")


def browsers() -> Iterator[Reader]:
    """Go through the browsers that show films."""
    chromium = _found(NAMES)
    launch = headless(chromium or "", *PLAYING)
    yield Reader("Chromium", _shown(launch), "" if chromium else "chromium")
    firefox = _found(FIREFOXES)
    yield Reader("Firefox", _shown(_firefox(firefox or "")), "" if firefox else "firefox-esr")


def _found(names: tuple[str, ...]) -> str | None:
    return next((path for name in names if (path := shutil.which(name))), None)


def _firefox(program: str) -> Launch:
    def launch(profile: Path, address: str) -> list[str]:
        (profile / "user.js").write_text(PREFERENCES)
        return [program, "--headless", "--no-remote", "--profile", str(profile), address]

    return launch


def _shown(launch: Launch) -> Callable[[Sequence[EnteredFilm], Path], Iterator[Reading]]:
    """Show all films in one browser: to open it costs more than to show a film."""

    def read(films: Sequence[EnteredFilm], _: Path) -> Iterator[Reading]:
        showings = [Showing(film.path, film.fps, film.places) for film in films]
        for film, seen in zip(films, watch(launch, showings), strict=True):
            yield Reading(None, seen.frames, _said(film, seen))

    return read


def _said(film: EnteredFilm, seen: Watched) -> str:
    wanted = float(len(film.wanted) / film.fps)
    if seen.error is None and not seen.ended:
        return "it does not play to its end"
    if abs(seen.duration - wanted) > 0.5 / film.fps:
        return f"{seen.duration} s for {wanted}"
    return seen.error or ""
