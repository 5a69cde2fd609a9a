"""Find the clips that were picked for the films of a production in its store."""

from collections.abc import Mapping

from storyboard.media import probe
from storyboard.model import Clip, ClipDigest, ClipFacts
from storyboard.plan import picked_clips
from storyboard.session.errors import store_errors
from storyboard.session.production import Production
from storyboard.store import clips_here


def picked_of(production: Production) -> Mapping[ClipDigest, Clip]:
    """Return the clips that were picked and are there; what is in a file is looked at.

    Raises:
        SetupError: if the store cannot be read.
    """
    wanted = picked_clips(production.plan.films)
    if not wanted:
        return {}
    with store_errors():
        files = clips_here(production.compiled.project / production.choice.folder, wanted)
    found = {digest: (path, probe(path)) for digest, path in files.items()}
    return {
        digest: Clip(digest, path, facts)
        for digest, (path, facts) in found.items()
        if isinstance(facts, ClipFacts)
    }
