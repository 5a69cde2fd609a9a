"""Compile a storyboard, get its clips and cut its films, for any caller: a listener hears how."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from storyboard.session.account import account_of
    from storyboard.session.agreement import amount_due, still_holds, within_bounds
    from storyboard.session.backend_choice import (
        ANIMATIC,
        CHOICES,
        FAL,
        NONE,
        PROVIDERS,
        REHEARSAL,
        Backend,
        BackendChoice,
        chosen,
        settled,
    )
    from storyboard.session.clips import Clips, get_clips
    from storyboard.session.compile_ask import compiled, plan_of
    from storyboard.session.deciding import Desk, offered_shots, open_desk
    from storyboard.session.films import cut_films
    from storyboard.session.final_check import all_approved, shot_standings
    from storyboard.session.frozen_film import frozen_clips, frozen_warning
    from storyboard.session.kept_films import LaidOut, films_folder, kept_timelines, timelines
    from storyboard.session.kept_plan import ask_again, keep, kept_in, no_plan
    from storyboard.session.library_versions import film_libraries, other_versions
    from storyboard.session.listener import (
        FilmEnded,
        FilmProgress,
        FilmsBegun,
        FilmsEnded,
        JobsBegun,
        JobsEnded,
        RehearsalWaits,
        SessionEvent,
        Stopping,
    )
    from storyboard.session.lock_edits import (
        Changes,
        Decider,
        Edit,
        for_each,
        for_one,
        for_others,
        in_turn,
        shared_again,
    )
    from storyboard.session.lock_file import change_lock, lock_path, read_lock_file
    from storyboard.session.lock_record import Record, record_run
    from storyboard.session.lock_search import NamingLock, NamingLocks, naming_locks
    from storyboard.session.locked_films import lock_shots
    from storyboard.session.open_backend import provider, reachable, ready, responsible
    from storyboard.session.pick_consequences import Consequences, consequences, may_have_any
    from storyboard.session.planning_takes import (
        FurtherTakes,
        TakesAsked,
        TakeWay,
        further_takes,
        plan_of_way,
    )
    from storyboard.session.production import Production, produce
    from storyboard.session.quote import Quote, plan_storyboard
    from storyboard.session.rehearsal import installed, readable
    from storyboard.session.rendering import RenderOptions, cut_storyboard, render_storyboard
    from storyboard.session.run_jobs import RunOptions
    from storyboard.session.shot_takes import ShotTake, TakesOfShot, TakeUse
    from storyboard.session.shots_to_decide import (
        OfferedShot,
        not_to_judge,
        shots_named,
        take_named,
    )
    from storyboard.session.stop_handle import StopHandle
    from storyboard.session.take_export import ExportedTake, export_takes
    from storyboard.session.takes_asked import chosen_takes, takes_of
    from storyboard.session.told_changes import ChangedEntry
    from storyboard.session.typed_commands import commands_typed
    from storyboard.session.who_decides import decider
else:
    from storyboard.door import lazily

    __getattr__ = lazily(
        __name__,
        {
            "storyboard.session.account": ("account_of",),
            "storyboard.session.agreement": ("amount_due", "still_holds", "within_bounds"),
            "storyboard.session.backend_choice": (
                "ANIMATIC",
                "Backend",
                "BackendChoice",
                "CHOICES",
                "FAL",
                "NONE",
                "PROVIDERS",
                "REHEARSAL",
                "chosen",
                "settled",
            ),
            "storyboard.session.clips": ("Clips", "get_clips"),
            "storyboard.session.compile_ask": ("compiled", "plan_of"),
            "storyboard.session.who_decides": ("decider",),
            "storyboard.session.deciding": ("Desk", "offered_shots", "open_desk"),
            "storyboard.session.library_versions": ("film_libraries", "other_versions"),
            "storyboard.session.films": ("cut_films",),
            "storyboard.session.planning_takes": (
                "FurtherTakes",
                "TakeWay",
                "TakesAsked",
                "further_takes",
                "plan_of_way",
            ),
            "storyboard.session.final_check": ("all_approved", "shot_standings"),
            "storyboard.session.frozen_film": ("frozen_clips", "frozen_warning"),
            "storyboard.session.kept_films": (
                "LaidOut",
                "films_folder",
                "kept_timelines",
                "timelines",
            ),
            "storyboard.session.kept_plan": ("ask_again", "keep", "kept_in", "no_plan"),
            "storyboard.session.listener": (
                "FilmEnded",
                "FilmProgress",
                "FilmsBegun",
                "FilmsEnded",
                "JobsBegun",
                "JobsEnded",
                "RehearsalWaits",
                "SessionEvent",
                "Stopping",
            ),
            "storyboard.session.lock_edits": (
                "Changes",
                "Decider",
                "Edit",
                "for_each",
                "for_one",
                "for_others",
                "in_turn",
                "shared_again",
            ),
            "storyboard.session.lock_file": ("change_lock", "lock_path", "read_lock_file"),
            "storyboard.session.lock_record": ("Record", "record_run"),
            "storyboard.session.lock_search": ("NamingLock", "NamingLocks", "naming_locks"),
            "storyboard.session.locked_films": ("lock_shots",),
            "storyboard.session.shots_to_decide": (
                "OfferedShot",
                "not_to_judge",
                "shots_named",
                "take_named",
            ),
            "storyboard.session.open_backend": (
                "provider",
                "reachable",
                "ready",
                "responsible",
            ),
            "storyboard.session.pick_consequences": (
                "Consequences",
                "consequences",
                "may_have_any",
            ),
            "storyboard.session.production": ("Production", "produce"),
            "storyboard.session.quote": ("Quote", "plan_storyboard"),
            "storyboard.session.rehearsal": ("installed", "readable"),
            "storyboard.session.rendering": (
                "RenderOptions",
                "cut_storyboard",
                "render_storyboard",
            ),
            "storyboard.session.run_jobs": ("RunOptions",),
            "storyboard.session.shot_takes": ("ShotTake", "TakeUse", "TakesOfShot"),
            "storyboard.session.stop_handle": ("StopHandle",),
            "storyboard.session.take_export": ("ExportedTake", "export_takes"),
            "storyboard.session.takes_asked": ("chosen_takes", "takes_of"),
            "storyboard.session.typed_commands": ("commands_typed",),
            "storyboard.session.told_changes": ("ChangedEntry",),
        },
    )

__all__ = [
    "ANIMATIC",
    "CHOICES",
    "FAL",
    "NONE",
    "PROVIDERS",
    "REHEARSAL",
    "Backend",
    "BackendChoice",
    "ChangedEntry",
    "Changes",
    "Clips",
    "Consequences",
    "Decider",
    "Desk",
    "Edit",
    "ExportedTake",
    "FilmEnded",
    "FilmProgress",
    "FilmsBegun",
    "FilmsEnded",
    "FurtherTakes",
    "JobsBegun",
    "JobsEnded",
    "LaidOut",
    "NamingLock",
    "NamingLocks",
    "OfferedShot",
    "Production",
    "Quote",
    "Record",
    "RehearsalWaits",
    "RenderOptions",
    "RunOptions",
    "SessionEvent",
    "ShotTake",
    "StopHandle",
    "Stopping",
    "TakeUse",
    "TakeWay",
    "TakesAsked",
    "TakesOfShot",
    "account_of",
    "all_approved",
    "amount_due",
    "ask_again",
    "change_lock",
    "chosen",
    "chosen_takes",
    "commands_typed",
    "compiled",
    "consequences",
    "cut_films",
    "cut_storyboard",
    "decider",
    "export_takes",
    "film_libraries",
    "films_folder",
    "for_each",
    "for_one",
    "for_others",
    "frozen_clips",
    "frozen_warning",
    "further_takes",
    "get_clips",
    "in_turn",
    "installed",
    "keep",
    "kept_in",
    "kept_timelines",
    "lock_path",
    "lock_shots",
    "may_have_any",
    "naming_locks",
    "no_plan",
    "not_to_judge",
    "offered_shots",
    "open_desk",
    "other_versions",
    "plan_of",
    "plan_of_way",
    "plan_storyboard",
    "produce",
    "provider",
    "reachable",
    "read_lock_file",
    "readable",
    "ready",
    "record_run",
    "render_storyboard",
    "responsible",
    "settled",
    "shared_again",
    "shot_standings",
    "shots_named",
    "still_holds",
    "take_named",
    "takes_of",
    "timelines",
    "within_bounds",
]
