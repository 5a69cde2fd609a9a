"""Storyboards that mean something, with a few things wrong in them, as YAML or JSON."""

import json
from random import Random
from typing import Any

import yaml
from fuzz_values import change, odd_text, spoil

MODELS = (
    *("kling-v3-standard", "kling-v3-pro", "kling-v3-turbo-pro", "kling-v2.6-pro"),
    *("kling-o3-standard-reference", "kling-v2.5-turbo-pro"),
)
WORDS = ("Rain on a window.", "@mara turns around.", "Macro on @cup, slow push in", "A street.")


def storyboard(luck: Random) -> Any:
    """Draw a storyboard without mistakes, but for odd texts where any text may be."""
    story: dict[str, Any] = {
        "storyboard": 1,
        "title": odd_text(luck) if luck.random() < 0.3 else "First Cup",
        "model": luck.choice(MODELS[:3]),
        "elements": {
            "mara": {"about": "a barista", "frontal": "front.png", "voice": "mara"},
            "cup": {"about": "a blue cup", "frontal": "front.png"},
        },
        "voices": {"mara": {"id": "829824295735410756"}, "off": {"sample": "theme.wav"}},
        "scenes": [_scene(luck, number) for number in range(luck.randint(1, 4))],
    }
    if luck.random() < 0.4:
        story["format"] = {
            "aspect_ratio": luck.choice(("16:9", "9:16", "1:1", "auto")),
            "resolution": luck.choice(("720p", "1080p", "320x180", "auto")),
            "fps": luck.choice((24, 25, "24000/1001", "auto")),
        }
    if luck.random() < 0.4:
        story["cut"] = {
            "music": [{"file": "theme.wav", "volume": "-18dB", "duck": "8dB", "fade_in": "1s"}],
            "captions": luck.choice(("off", "burn", "sidecar")),
            "transition": luck.choice(("cut", "crossfade 0.5s", "fade-white 12f")),
        }
    if luck.random() < 0.4:
        story["outputs"] = [
            {"name": "wide"},
            {
                "name": "tall",
                "aspect_ratio": "9:16",
                "fit": luck.choice(("crop", "blur", "render")),
            },
        ]
    if luck.random() < 0.3:
        style = {"place": luck.choice(("top", "centre")), "size": luck.choice((0.05, "9%", 0.2))}
        story["brand"] = {"styles": {"shout": style}, "colors": {"red": "#e4572e"}}
    return story


def _scene(luck: Random, number: int) -> Any:
    scene: dict[str, Any] = {"id": f"s{number}", "shots": []}
    scene["shots"] = [_shot(luck, one) for one in range(luck.randint(1, 4))]
    if luck.random() < 0.6:
        scene["start"] = "front.png"
    if luck.random() < 0.2:
        scene["continuity"] = luck.choice(("auto", "chain", "none"))
    if luck.random() < 0.2:
        scene["transition"] = luck.choice(("crossfade 0.5s", "wipe-left 12f", "fade-black"))
    return scene


def _shot(luck: Random, number: int) -> Any:
    shot: dict[str, Any] = {"id": f"a{number}"}
    match luck.randrange(6):
        case 0:
            shot |= {"still": "front.png", "duration": "3s", "move": luck.choice(("in", "left"))}
        case 1:
            shot |= {"footage": "clip.mp4", "from": 0, "to": "1.5s"}
        case _:
            words = odd_text(luck) if luck.random() < 0.2 else luck.choice(WORDS)
            shot |= {"prompt": words, "duration": luck.choice(("4s", 5, "3500ms", "60f", 10))}
            if luck.random() < 0.3:
                shot["say"] = [{luck.choice(("mara", "off")): "Every good morning starts small."}]
    if luck.random() < 0.4:
        words = odd_text(luck) if luck.random() < 0.5 else "Opening week"
        style = luck.choice(("lower-third", "top", "shout"))
        shot["titles"] = [{"text": words, "at": "0.5s", "for": "1s", "style": style}]
    if luck.random() < 0.1:
        shot["caption"] = odd_text(luck)
    return shot


def spoilt_storyboard(luck: Random) -> Any:
    """Draw a storyboard with no to four changes."""
    story = storyboard(luck)
    for _ in range(luck.choice((0, 0, 1, 1, 1, 2, 4))):
        change(luck, story)
    return story


def as_yaml(luck: Random, story: Any) -> bytes:
    """Write a storyboard as YAML of any style; sometimes the text is spoilt as well."""
    text = yaml.safe_dump(
        story,
        allow_unicode=luck.random() < 0.7,
        default_flow_style=luck.choice((True, False, None)),
        default_style=luck.choice((None, None, None, '"', "'", "|")),
        width=luck.choice((20, 80, 1000)),
        sort_keys=False,
    )
    return _encoded(luck, text)


def as_json(luck: Random, story: Any) -> bytes:
    """Write a storyboard as JSON of any style; sometimes the text is spoilt as well."""
    ascii_ = luck.random() < 0.6
    text = json.dumps(story, ensure_ascii=ascii_, indent=luck.choice((None, 1, "\t")))
    return _encoded(luck, text)


def _encoded(luck: Random, text: str) -> bytes:
    encoding = luck.choice((*["utf-8"] * 12, "utf-8-sig", "utf-16", "cp1252"))
    data = text.encode(encoding, "surrogatepass" if encoding.startswith("utf") else "replace")
    return spoil(luck, data) if luck.random() < 0.12 else data
