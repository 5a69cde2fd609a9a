"""Names of fal's errors into the statuses and bodies that fal answers with."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

DOCS = "https://docs.fal.ai/errors#"


@dataclass(frozen=True, slots=True)
class Kind:
    """An error that a job can end with: one of the model, or of the platform around it."""

    status: int
    message: str
    retryable: bool = False
    of_model: bool = True


KINDS: Mapping[str, Kind] = {
    "content_policy_violation": Kind(422, "The content was flagged by a content checker."),
    "no_media_generated": Kind(422, "No media was generated."),
    "image_too_small": Kind(422, "The image is too small."),
    "image_too_large": Kind(422, "The image is too large."),
    "image_load_error": Kind(422, "The image could not be loaded."),
    "file_download_error": Kind(422, "The file could not be downloaded."),
    "file_too_large": Kind(422, "The file is too large."),
    "face_detection_error": Kind(422, "No face was found."),
    "internal_server_error": Kind(500, "Internal server error.", retryable=True),
    "generation_timeout": Kind(504, "The generation took too long.", retryable=True),
    "downstream_service_error": Kind(400, "A downstream service failed."),
    "downstream_service_unavailable": Kind(500, "A downstream service is away.", retryable=True),
    "request_timeout": Kind(504, "Request timed out.", retryable=True, of_model=False),
    "startup_timeout": Kind(504, "The runner did not start.", retryable=True, of_model=False),
    "runner_scheduling_failure": Kind(503, "There was no runner.", retryable=True, of_model=False),
    "runner_connection_error": Kind(503, "The runner was lost.", retryable=True, of_model=False),
    "runner_disconnected": Kind(502, "The runner hung up.", retryable=True, of_model=False),
    "runner_server_error": Kind(500, "The runner failed.", retryable=True, of_model=False),
    "client_cancelled": Kind(499, "The request was cancelled.", of_model=False),
    "bad_request": Kind(400, "The request is not valid.", of_model=False),
    "internal_error": Kind(500, "Internal error.", retryable=True, of_model=False),
}
"""Every error that a scenario can end a job with."""

CONTEXT: Mapping[str, Mapping[str, Any]] = {
    "image_too_small": {"min_width": 300, "min_height": 300},
    "image_too_large": {"max_width": 8000, "max_height": 8000},
}


def model_error(
    loc: tuple[str | int, ...], message: str, kind: str, given: object
) -> dict[str, Any]:
    """Write one entry of a model error's list."""
    return {
        "loc": list(loc),
        "msg": message,
        "type": kind,
        "url": f"{DOCS}{kind}",
        "ctx": dict(CONTEXT.get(kind, {})),
        "input": given,
    }


def body_of(kind: str) -> dict[str, Any]:
    """Write the body that a result of this error has."""
    known = KINDS[kind]
    if known.of_model:
        return {"detail": [model_error(("body", "prompt"), known.message, kind, None)]}
    return {"detail": known.message, "error_type": kind}
