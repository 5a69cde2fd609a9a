"""A storyboard as a value that changes step by step, and the YAML that it is written as."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

MODEL = "kling-v3-turbo-pro"
A_SECOND = Decimal("0.14")
"""What the model costs, in US dollars."""


@dataclass(frozen=True, slots=True)
class BoardShot:
    """A shot; `uid` stays when it is renamed or moved. Its words begin with a number of their own.

    `title` is laid over it, and changes nothing that is asked for.
    """

    uid: int
    id: str
    words: str
    seconds: int
    takes: int = 1
    title: str = ""

    @property
    def asks(self) -> tuple[str, int]:
        """What a pick of it holds for."""
        return self.words, self.seconds


@dataclass(frozen=True, slots=True)
class BoardScene:
    """A scene: its later requests begin from words, or go on from the one before (`chain`)."""

    id: str
    shots: tuple[BoardShot, ...]
    continuity: str = "none"


@dataclass(frozen=True, slots=True)
class Board:
    """A storyboard."""

    scenes: tuple[BoardScene, ...]
    budget: Decimal | None = None

    @property
    def shots(self) -> Iterator[tuple[str, BoardShot]]:
        """Every shot with its full name."""
        for scene in self.scenes:
            for shot in scene.shots:
                yield f"{scene.id}/{shot.id}", shot

    def named(self, uid: int) -> str:
        """Return the full name of a shot."""
        return next(name for name, shot in self.shots if shot.uid == uid)

    def shot(self, uid: int) -> BoardShot | None:
        """Return a shot, None if it is gone."""
        return next((shot for _, shot in self.shots if shot.uid == uid), None)

    def with_shot(self, uid: int, change: Callable[[BoardShot], BoardShot]) -> "Board":
        """Return the board with a shot changed."""
        scenes = tuple(
            replace(
                scene, shots=tuple(change(one) if one.uid == uid else one for one in scene.shots)
            )
            for scene in self.scenes
        )
        return replace(self, scenes=scenes)

    def without(self, uid: int) -> "Board":
        """Return the board without a shot, and without a scene that would be empty."""
        scenes = (
            replace(scene, shots=tuple(one for one in scene.shots if one.uid != uid))
            for scene in self.scenes
        )
        return replace(self, scenes=tuple(one for one in scenes if one.shots))

    def written(self) -> str:
        """Write it as YAML."""
        lines = ["storyboard: 1", "title: History", f"model: {MODEL}"]
        if self.budget is not None:
            lines.append(f"budget: {{max: {self.budget}}}")
        lines.append("scenes:")
        for scene in self.scenes:
            lines += [f"  - id: {scene.id}", f"    continuity: {scene.continuity}", "    shots:"]
            lines += [f"      - {{{_fields(shot)}}}" for shot in scene.shots]
        return "\n".join(lines) + "\n"


def _fields(shot: BoardShot) -> str:
    fields = [f"id: {shot.id}", f"duration: {shot.seconds}s", f"prompt: {shot.words}"]
    if shot.takes > 1:
        fields.append(f"takes: {shot.takes}")
    if shot.title:
        fields.append(f"titles: [{{text: {shot.title}, at: 0s, for: 1s}}]")
    return ", ".join(fields)
