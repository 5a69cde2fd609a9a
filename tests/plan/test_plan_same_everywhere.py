"""Equal inputs give an equal plan, byte for byte, whatever order sets have in a process."""

import os
import subprocess
import sys
from pathlib import Path

PROGRAM = """
import hashlib, json
from boards import board, catalogue, element, scene, shot
from storyboard.jobs import pack_together
from storyboard.plan import StoreView, Wanted, fingerprint, plan, to_json

films = [
    board(
        scene(shot("o/a", 4, "On @cup.", start="o.png"), shot("o/b", 3, f"{n % 3}")),
        scene(*(shot(f"p/{k}", 3, f"{n % (k + 1)}", model="kling-v3-turbo-pro") for k in range(5))),
        elements=[element("cup", "cup", video="cup.mp4")],
    )
    for n in range(8)
]
packed = pack_together(films, catalogue(), frozenset())
made = plan(
    [Wanted(str(n), one, ("wide",), it.value) for n, (one, it) in enumerate(zip(films, packed))],
    StoreView(),
)
print(json.dumps(to_json(made)), fingerprint(made))
"""


def output(seed: str) -> bytes:
    path = os.pathsep.join([str(Path(__file__).parents[1] / "jobs"), *sys.path])
    return subprocess.run(  # noqa: S603 -- the program stands above
        [sys.executable, "-c", PROGRAM],
        env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": path},
        capture_output=True,
        check=True,
    ).stdout


def test_a_plan_is_the_same_in_every_process() -> None:
    first = output("1")
    assert first
    assert output("2") == first
