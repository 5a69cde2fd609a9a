"""Whatever stands in a storyboard, checking returns."""

from pathlib import Path

from checking import check_document
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from mutating import mutated

from storyboard.diagnostics import Severity
from storyboard.source import read

HERE = Path(__file__).parent
BOARDS = [
    (HERE / "whole.yaml").read_text(encoding="utf-8"),
    (HERE / "first_cup.yaml").read_text(encoding="utf-8"),
    (HERE / "ad.yaml").read_text(encoding="utf-8"),
    *(
        path.read_text(encoding="utf-8")
        for path in sorted((HERE / "wrong").glob("*.yaml"))
        if path.stem in {"names", "time", "speech", "kinds"}
    ),
]


# A busy machine makes drawing slow, which is no finding.
@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.integers(0, len(BOARDS) - 1).flatmap(lambda place: mutated(BOARDS[place])))
def test_checking_never_raises(text: str) -> None:
    document = read(text.encode(), "film/storyboard.yaml").value
    if document is None:
        return
    found = check_document(document)
    assert found.value is not None
    for one in found.diagnostics:
        assert one.span is not None
        assert one.span.line >= 1
        assert one.message
    errors = [one for one in found.diagnostics if one.severity is Severity.ERROR]
    if not errors and "{{" not in text:  # of those the template room has told
        assert found.value.shots
        names = [shot.name for shot in found.value.shots]
        assert len(set(names)) == len(names)
