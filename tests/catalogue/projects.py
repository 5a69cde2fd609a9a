"""Random storyboards, written as a user would write them."""

from random import Random
from typing import Any

import yaml

from storyboard.catalogue import Catalogue
from storyboard.catalogue.endpoint import VideoEndpoint

STARTS = ["https://example.com/a.png", "https://example.com/b.png", "start.png"]
FACE = {"about": "a barista", "video": "https://example.com/mara.mp4"}


def project(dice: Random, catalogue: Catalogue) -> str:
    """Write a storyboard of a few scenes; it may have mistakes."""
    model = dice.choice(catalogue.models)
    root: dict[str, Any] = {"storyboard": 1, "title": "Random", "model": model}
    root |= _settings(dice, 0.25)
    if dice.random() < 0.3:
        root["elements"] = {"mara": FACE}
    if dice.random() < 0.5:
        root["voices"] = {"narrator": {"sample": "voice.wav"}, "known": {"id": "v-1"}}
    root["scenes"] = [_scene(dice, place, root, catalogue) for place in range(dice.randint(1, 3))]
    return yaml.safe_dump(root, sort_keys=False, allow_unicode=True)


def _scene(dice: Random, place: int, root: dict[str, Any], catalogue: Catalogue) -> dict[str, Any]:
    one: dict[str, Any] = {"id": f"scene-{place}"}
    if dice.random() < 0.3:
        one["model"] = dice.choice(catalogue.models)
    endpoints = catalogue.of_model(one.get("model", root["model"]))
    if dice.random() < 0.4:
        one["pack"] = dice.choice(["scene", "shot", "cheapest"])
    if dice.random() < 0.4:
        one["continuity"] = dice.choice(["auto", "chain", "none"])
    one |= _settings(dice, 0.15)
    needs_start = all(it.start is not None and it.start.required for it in endpoints)
    shots = [_shot(dice, number, root, endpoints) for number in range(dice.randint(1, 4))]
    if needs_start or dice.random() < 0.2:
        shots[0]["start"] = dice.choice(STARTS)
    return one | {"shots": shots}


def _shot(
    dice: Random, place: int, root: dict[str, Any], endpoints: tuple[VideoEndpoint, ...]
) -> dict[str, Any]:
    words = dice.choice(["A boat.", "Waves break.", "A street at dawn.", "Rain on a window."])
    one: dict[str, Any] = {"id": f"shot-{place}", "duration": f"{dice.randint(2, 20) / 2}s"}
    one["prompt"] = f"@mara looks. {words}" if "elements" in root and dice.random() < 0.5 else words
    one |= _settings(dice, 0.08)
    sounds = any(it.audio is not None for it in endpoints)
    if sounds and "voices" in root and dice.random() < 0.4:
        one["say"] = [{dice.choice(["narrator", "known"]): "Hello there."}]
    elif sounds and "elements" in root and dice.random() < 0.2:
        one["say"] = [{"mara": "Good morning."}]
    if dice.random() < 0.15:
        one["takes"] = 2
    if dice.random() < 0.1:
        one["start"] = dice.choice(STARTS)
    if dice.random() < 0.1:
        one["endpoint"] = dice.choice(endpoints).id
    return one


def _settings(dice: Random, chance: float) -> dict[str, Any]:
    values = {
        "style": "35mm film",
        "negative_prompt": "blur",
        "cfg_scale": dice.choice([0.2, 0.5, 0.9]),
        "audio": dice.choice([True, False]),
    }
    return {key: value for key, value in values.items() if dice.random() < chance}
