"""What is kept in a project's `.storyboard/`: the journal, the clips, and what is made of them."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from storyboard.store.abandoning import abandon, abandonable
    from storyboard.store.catalogues import keep_catalogue
    from storyboard.store.cleaning import Cleaned, Forgettable, clean, forget, forgettable
    from storyboard.store.clips import Settled, digest_of
    from storyboard.store.effects import effect
    from storyboard.store.first_look import view
    from storyboard.store.holdings import Damaged, Finding, Held, Missing, Stray, holding, verify
    from storyboard.store.known_files import KnownFile, KnownFiles
    from storyboard.store.layout import STORE, Layout, sync_folder
    from storyboard.store.locking import PROBE, free, lock
    from storyboard.store.next_steps import (
        AskFirst,
        FailedJobs,
        FetchAgain,
        Keep,
        LeaveFailed,
        LeaveLater,
        NextStep,
        Open,
        Send,
        TakeUp,
        next_step,
    )
    from storyboard.store.present_clips import clips_here
    from storyboard.store.problem import Conflict, StoreProblem
    from storyboard.store.runs import RunId
    from storyboard.store.spending import Spent, Sum, spent, summed, whole
    from storyboard.store.store import Store
    from storyboard.store.takes import (
        TakeKey,
        WantedTake,
        key_of,
        known_keys,
        lives_of_takes,
        wanted_takes,
    )
    from storyboard.store.viewing import is_there, reading
else:
    from storyboard.door import lazily

    __getattr__ = lazily(
        __name__,
        {
            "storyboard.store.abandoning": ("abandon", "abandonable"),
            "storyboard.store.catalogues": ("keep_catalogue",),
            "storyboard.store.cleaning": (
                "Cleaned",
                "Forgettable",
                "clean",
                "forget",
                "forgettable",
            ),
            "storyboard.store.clips": ("Settled", "digest_of"),
            "storyboard.store.effects": ("effect",),
            "storyboard.store.first_look": ("view",),
            "storyboard.store.holdings": (
                "Damaged",
                "Finding",
                "Held",
                "Missing",
                "Stray",
                "holding",
                "verify",
            ),
            "storyboard.store.known_files": ("KnownFile", "KnownFiles"),
            "storyboard.store.layout": ("Layout", "STORE", "sync_folder"),
            "storyboard.store.locking": ("PROBE", "free", "lock"),
            "storyboard.store.next_steps": (
                "AskFirst",
                "FailedJobs",
                "FetchAgain",
                "Keep",
                "LeaveFailed",
                "LeaveLater",
                "NextStep",
                "Open",
                "Send",
                "TakeUp",
                "next_step",
            ),
            "storyboard.store.present_clips": ("clips_here",),
            "storyboard.store.problem": ("Conflict", "StoreProblem"),
            "storyboard.store.runs": ("RunId",),
            "storyboard.store.spending": ("Spent", "Sum", "spent", "summed", "whole"),
            "storyboard.store.store": ("Store",),
            "storyboard.store.takes": (
                "TakeKey",
                "WantedTake",
                "key_of",
                "known_keys",
                "lives_of_takes",
                "wanted_takes",
            ),
            "storyboard.store.viewing": ("is_there", "reading"),
        },
    )

__all__ = [
    "PROBE",
    "STORE",
    "AskFirst",
    "Cleaned",
    "Conflict",
    "Damaged",
    "FailedJobs",
    "FetchAgain",
    "Finding",
    "Forgettable",
    "Held",
    "Keep",
    "KnownFile",
    "KnownFiles",
    "Layout",
    "LeaveFailed",
    "LeaveLater",
    "Missing",
    "NextStep",
    "Open",
    "RunId",
    "Send",
    "Settled",
    "Spent",
    "Store",
    "StoreProblem",
    "Stray",
    "Sum",
    "TakeKey",
    "TakeUp",
    "WantedTake",
    "abandon",
    "abandonable",
    "clean",
    "clips_here",
    "digest_of",
    "effect",
    "forget",
    "forgettable",
    "free",
    "holding",
    "is_there",
    "keep_catalogue",
    "key_of",
    "known_keys",
    "lives_of_takes",
    "lock",
    "next_step",
    "reading",
    "spent",
    "summed",
    "sync_folder",
    "verify",
    "view",
    "wanted_takes",
    "whole",
]
