"""fal's error bodies into faults: what happened, what to do, what it may have cost."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from storyboard.backends.fal.facts import FAL
from storyboard.provider import Charge, Fault
from storyboard.render import CANCELLED

_SERVER = 500
_PROMPT = "change the words of the shot and run again: a changed job is a new one"
_PICTURE = "replace the picture, and run again"
_LATER = "run again: server errors are not charged, and the job is sent again"


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a type of error means to a user. `{}` in `says` is fal's own message."""

    code: str
    says: str
    help: str


_IMAGE = "SB806"
_FILE = "SB807"
_FAILED = "SB808"
_LOST = "SB809"

_TYPES: Mapping[str, Meaning] = {
    "content_policy_violation": Meaning(
        "SB804", "the content was refused by the model's content checker", _PROMPT
    ),
    "no_media_generated": Meaning("SB805", "the model made nothing of this", _PROMPT),
    "image_too_small": Meaning(_IMAGE, "a picture is too small{ctx}", _PICTURE),
    "image_too_large": Meaning(_IMAGE, "a picture is too large{ctx}", _PICTURE),
    "image_load_error": Meaning(_IMAGE, "a picture could not be read by the model", _PICTURE),
    "face_detection_error": Meaning(
        _IMAGE, "no face could be found in a picture", "use a picture that shows the face"
    ),
    "file_download_error": Meaning(
        _FILE,
        "the model could not download a file",
        "check that every URL in the storyboard is public and still there",
    ),
    "file_too_large": Meaning(_FILE, "a file is too large for the model", "make it smaller"),
    "generation_timeout": Meaning(_FAILED, "the model took too long", _LATER),
    "internal_server_error": Meaning(_FAILED, "the model failed", _LATER),
    "downstream_service_error": Meaning(_FAILED, "a service behind the model failed", _LATER),
    "downstream_service_unavailable": Meaning(
        _FAILED, "a service behind the model is not available", _LATER
    ),
    "request_timeout": Meaning(_LOST, "the request waited too long", _LATER),
    "startup_timeout": Meaning(_LOST, "fal could not start the model in time", _LATER),
    "internal_error": Meaning(_LOST, "fal failed", _LATER),
    "client_cancelled": Meaning(
        CANCELLED, "the request was cancelled", "run again if that was not meant"
    ),
}
_RUNNER = Meaning(_LOST, "fal lost the machine that ran the model", _LATER)
_BODY = Meaning(
    "SB802",
    "the request was not understood by the model: {}",
    "run `storyboard check`; if it finds nothing, the catalogue's entry of this endpoint is out of "
    "date: see docs/extending.md#an-endpoint",
)


def error_type(body: object, header: str | None = None) -> str | None:
    """Read the type of an error from its body; None where it is none that fal documents."""
    if isinstance(body, Mapping):
        detail = body.get("detail")
        if isinstance(detail, list):
            first = detail[0] if detail else None
            if isinstance(first, Mapping) and isinstance(first.get("type"), str):
                return str(first["type"])
        if isinstance(body.get("error_type"), str):
            return str(body["error_type"])
    return header


def fault_of(status: int, body: object, kind: str | None, *, retryable: bool = False) -> Fault:
    """Tell what an error answer means. `retryable` is what its headers say."""
    meaning = _meaning(kind, status)
    said = _said(body)
    message = meaning.says.replace("{ctx}", _limits(body)).replace("{}", said)
    if said and "{}" not in meaning.says:
        message = f"{message}: {said}"
    server = status >= _SERVER
    # 5xx are never charged; a 4xx after the request was accepted may be.
    charge = Charge.NONE if server else Charge.POSSIBLE
    return Fault(meaning.code, message, meaning.help, charge, again=server or retryable)


def _meaning(kind: str | None, status: int) -> Meaning:
    if kind is not None and kind in _TYPES:
        return _TYPES[kind]
    if (kind or "").startswith("runner_"):
        return _RUNNER
    if status >= _SERVER:
        return Meaning(_FAILED, "the model failed ({})", _LATER)
    return _BODY


def _said(body: object) -> str:
    """Read fal's own words, with the field they are about."""
    if not isinstance(body, Mapping):
        return ""
    detail = body.get("detail")
    if isinstance(detail, str):
        return detail
    if not isinstance(detail, list):
        return ""
    return "; ".join(_one(entry) for entry in detail[:3] if isinstance(entry, Mapping))


def _one(entry: Mapping[str, Any]) -> str:
    where = entry.get("loc")
    names = [str(part) for part in where if part != "body"] if isinstance(where, list) else []
    said = str(entry.get("msg", "")).strip()
    return f"{'.'.join(names)}: {said}" if names else said


def _limits(body: object) -> str:
    """Read the sizes that an error about pictures names."""
    detail = body.get("detail") if isinstance(body, Mapping) else None
    first = detail[0] if isinstance(detail, list) and detail else None
    context = first.get("ctx") if isinstance(first, Mapping) else None
    if not isinstance(context, Mapping):
        return ""
    for least in ("min", "max"):
        width, height = context.get(f"{least}_width"), context.get(f"{least}_height")
        if width and height:
            return f" (at {'least' if least == 'min' else 'most'} {width}x{height} pixels)"
    return ""


def locked(status: int, body: object) -> Fault:
    """Tell that the account or its key is refused."""
    said = _said(body)
    if status == 401:  # noqa: PLR2004 - the status itself
        return Fault(
            "SB801",
            f"fal refused the key{f': {said}' if said else ''}",
            "check FAL_KEY; keys are made at https://fal.ai/dashboard/keys. Nothing more was sent",
            Charge.NONE,
        )
    return Fault(
        "SB800",
        f"fal refused the account{f': {said}' if said else ''}",
        "look at https://fal.ai/dashboard/billing; a locked account mostly has an empty balance. "
        "Nothing more was sent",
        Charge.NONE,
    )


def no_endpoint(endpoint: str) -> Fault:
    """Tell that an endpoint is not there."""
    return Fault(
        "SB803",
        f"fal has no endpoint {endpoint}",
        "run `storyboard models`; if it is named there, the catalogue is out of date",
        Charge.NONE,
    )


def gone(what: str) -> Fault:
    """Tell that fal does not know a request any more."""
    return Fault(
        "SB811",
        f"fal does not know {what} any more",
        f"look for it at {FAL.dashboard}; if another account sent it, use that "
        "one's key. It may have been charged, and is sent again only with `--retry-failed`",
        Charge.POSSIBLE,
    )
