"""Models and endpoints that the catalogue does not have."""

from collections.abc import Iterator

from storyboard.catalogue import EndpointId
from storyboard.check.finding import form_error as error
from storyboard.check.reading import text
from storyboard.check.rule import PART, rule
from storyboard.check.subject import PartSubject
from storyboard.diagnostics import Code, Column, Diagnostic, suggest

MODEL = Code("SB205")
ENDPOINT = Code("SB207")
DISAGREE = Code("SB215")


@rule(PART, Column.OTHER, MODEL, ENDPOINT, DISAGREE)
def models_known(subject: PartSubject) -> Iterator[Diagnostic]:
    """Find unknown models and endpoints wherever one may be named."""
    catalogue, where = subject.catalogue, subject.node
    model_node, endpoint_node = where.get("model"), where.get("endpoint")
    model, endpoint = text(model_node), text(endpoint_node)
    if model_node is not None and model and not catalogue.of_model(model):
        help_ = suggest(model, catalogue.models, "models")
        yield error(MODEL, model_node, f"there is no model `{model}`", help_)
    if endpoint_node is None or not endpoint:
        return
    found = catalogue.get(EndpointId(endpoint))
    if found is None:
        help_ = suggest(endpoint, [one.id for one in catalogue.videos], "endpoints")
        yield error(ENDPOINT, endpoint_node, f"there is no endpoint `{endpoint}`", help_)
    elif model and catalogue.of_model(model) and found.model != model:
        message = f"this endpoint is of `{found.model}`, not of `{model}`"
        yield error(DISAGREE, endpoint_node, message, "name the model or the endpoint, not both")
