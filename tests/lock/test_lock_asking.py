"""Every shot of every film is listed, once for each ratio that it is rendered at."""

import sys
from dataclasses import replace
from pathlib import Path

from lock_values import TALL

sys.path.append(str(Path(__file__).parents[1] / "jobs"))
from boards import board, footage, scene, shot, span, still

from storyboard.jobs import digest_of_shot
from storyboard.lock.asking import asked_shots
from storyboard.lock.finding import AskedShot
from storyboard.lock.locked import ShotKind
from storyboard.model import Captions, Fit, Format, Output, ShotName

ONE = shot("s/a")
FILM = board(scene(ONE, still("s/b"), footage("s/c")))
VERTICAL = Output("tall", Format(TALL, None, None), Fit.RENDER, Captions.OFF, span())
STILL = AskedShot(ShotName("s/b"), ShotKind.STILL, None)
FOOTAGE = AskedShot(ShotName("s/c"), ShotKind.FOOTAGE, None)
OWN = AskedShot(ONE.name, ShotKind.PROMPT, digest_of_shot(ONE, FILM))
TURNED = AskedShot(ONE.name, ShotKind.PROMPT, digest_of_shot(ONE, FILM, TALL), None, TALL)


def test_every_shot_is_listed_with_what_it_asks_for() -> None:
    assert asked_shots([(None, FILM)]) == (OWN, STILL, FOOTAGE)


def test_an_output_that_is_rendered_again_has_shots_of_its_own() -> None:
    both = replace(FILM, outputs=(*FILM.outputs, VERTICAL))
    assert asked_shots([(None, both)]) == (OWN, TURNED, STILL, FOOTAGE)
    only = replace(FILM, outputs=(VERTICAL, replace(VERTICAL, name="other")))
    assert asked_shots([(None, only)]) == (TURNED, STILL, FOOTAGE)


def test_films_are_listed_one_after_the_other() -> None:
    listed = asked_shots([("p1", FILM), ("p2", FILM)])
    assert [one.film for one in listed] == ["p1"] * 3 + ["p2"] * 3
    assert replace(listed[3], film=None) == OWN
