"""What a schema cannot say of a document: one rule a file."""

from collections.abc import Callable, Iterable
from typing import TypeAlias

from storyboard.check.rules.budget_readable import budget_readable
from storyboard.check.rules.cfg_scale_range import cfg_scale_range
from storyboard.check.rules.colors_known import colors_known
from storyboard.check.rules.durations import durations
from storyboard.check.rules.element_videos import element_videos
from storyboard.check.rules.elements_known import elements_known
from storyboard.check.rules.elements_used import elements_used
from storyboard.check.rules.files_usable import files_usable
from storyboard.check.rules.focus_inside import focus_inside
from storyboard.check.rules.footage_inside import footage_inside
from storyboard.check.rules.frames_used import frames_used
from storyboard.check.rules.ids_named import ids_named
from storyboard.check.rules.ids_unique import ids_unique
from storyboard.check.rules.keys_taken import keys_taken
from storyboard.check.rules.likeness_once import likeness_once
from storyboard.check.rules.model_named import model_named
from storyboard.check.rules.models_known import models_known
from storyboard.check.rules.other_kind import other_kind
from storyboard.check.rules.picture_limits import picture_limits
from storyboard.check.rules.resolution_fits import resolution_fits
from storyboard.check.rules.sounds_inside import sounds_inside
from storyboard.check.rules.speakers import speakers
from storyboard.check.rules.speech_fits import speech_fits
from storyboard.check.rules.speech_on_still import speech_on_still
from storyboard.check.rules.speech_switched_off import speech_switched_off
from storyboard.check.rules.start_shape import start_shape
from storyboard.check.rules.still_shape import still_shape
from storyboard.check.rules.styles_known import styles_known
from storyboard.check.rules.titles_apart import titles_apart
from storyboard.check.rules.titles_inside import titles_inside
from storyboard.check.rules.transitions_fit import transitions_fit
from storyboard.check.rules.voice_samples import voice_samples
from storyboard.check.rules.voiceover_inside import voiceover_inside
from storyboard.check.rules.voices_known import voices_known
from storyboard.check.rules.voices_used import voices_used
from storyboard.check.rules.words_without_elements import words_without_elements
from storyboard.check.subject import Subject
from storyboard.diagnostics import Diagnostic

Rule: TypeAlias = Callable[[Subject], Iterable[Diagnostic]]

OF_THE_FRAME: tuple[Rule, ...] = (
    likeness_once,
    voices_known,
    colors_known,
    element_videos,
    voice_samples,
    resolution_fits,
    budget_readable,
    sounds_inside,
)
"""Rules that look at no scene."""

OF_EACH_SHOT: tuple[Rule, ...] = (
    other_kind,
    elements_known,
    words_without_elements,
    models_known,
    speakers,
    styles_known,
    files_usable,
    keys_taken,
    cfg_scale_range,
    durations,
    titles_inside,
    titles_apart,
    footage_inside,
    speech_fits,
    speech_switched_off,
    speech_on_still,
    focus_inside,
)
"""Rules that find of a film what they find of its shots one by one, of its bare scenes, and of the
rest.
"""

OF_EACH_SCENE: tuple[Rule, ...] = (
    ids_named,
    picture_limits,
    frames_used,
)
"""Rules that find of a film what they find of its scenes one by one."""

OF_THE_FILM: tuple[Rule, ...] = (
    elements_used,
    voices_used,
    model_named,
    ids_unique,
    start_shape,
    still_shape,
    transitions_fit,
    voiceover_inside,
)
"""Rules that have to see all scenes at once."""

RULES: tuple[Rule, ...] = (*OF_THE_FRAME, *OF_EACH_SHOT, *OF_EACH_SCENE, *OF_THE_FILM)
"""Every rule."""
