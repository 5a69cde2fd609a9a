"""What a storyboard that uses all that an endpoint takes asks of it."""

from decimal import Decimal

from boards import board, element, scene, shot

from storyboard.catalogue.endpoint import Catalogue, VideoEndpoint
from storyboard.jobs import JobDigest, pack


def digests(catalogue: Catalogue, endpoint: VideoEndpoint) -> list[JobDigest]:
    """Return the digests of one scene: a job of one shot, and one of as many as it takes."""
    given = {
        "model": endpoint.model,
        "endpoint": endpoint.id,
        "negative_prompt": "blur" if "negative_prompt" in endpoint.settings else None,
        "cfg_scale": Decimal("0.7") if "cfg_scale" in endpoint.settings else None,
    }
    start = "a.png" if endpoint.start else None
    end = "z.png" if endpoint.end else None
    say = [("mara", "narrator", "good morning")] if endpoint.voices else []
    if endpoint.audio and not say:
        say = [("mara", None, "good morning")]
    both = [shot(f"s/{n}", 4, "@mara waves", style="noir", say=say, **given) for n in range(2)]
    mara = element("mara", "a barista", frontal="front.png")
    one = scene(
        shot("s/x", 5, "Waves break.", start=start, end=end, **given),
        shot("s/y", 4, "@mara waves", start=start, style="noir", say=say, **given),
        *both,
    )
    film = board(one, elements=[mara], voices={"narrator": "narrator.wav"})
    result = pack(film, catalogue, frozenset())
    assert result.value is not None, result.diagnostics
    return [job.digest for job in result.value]
