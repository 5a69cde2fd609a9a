"""Rows of the journal, letter by letter: a journal lives for years, so its rows never change.

If a test of the table fails, journals that say what was paid for would no longer read. Do not
change a row here; raise the journal's version, and read the old rows too.
"""

from dataclasses import replace

import pytest
from store_values import DAY, FAULT, PAID, finished, intended, order, stored, ticket

from storyboard.provider import Charge, VoiceMade
from storyboard.store import life as states
from storyboard.store.life import Life
from storyboard.store.rows import IllegalStep, Row, fold, follow, to_row

ACCEPTED = states.Accepted(intended(), ticket(), DAY)
UNKNOWN = states.Unknown(intended(), "no “answer”", DAY)
FROZEN: list[tuple[Life, str, str]] = [
    (
        intended(),
        "intended",
        (
            '{"id":"opening/j1","endpoint":"owner/app/pro",'
            '"body":"{\\"prompt\\":\\"ünï\\"}","asked":"{\\"prompt\\":\\"ünï\\"}",'
            '"cost":"1.568","seconds":4,"shots":["opening/pour"],"films":["first-cup"],'
            '"provider":"https://queue.fal.run"}'
        ),
    ),
    (UNKNOWN, "unknown", '{"reason":"no “answer”"}'),
    (
        ACCEPTED,
        "accepted",
        (
            '{"request":"r1","status_url":"https://q/r1/status","response_url":"https://q/r1",'
            '"cancel_url":"https://q/c"}'
        ),
    ),
    (finished(), "finished", '{"url":"https://media/x.mp4","units":"4"}'),
    (
        states.Finished(ACCEPTED, VoiceMade("v1"), None, DAY),
        "finished",
        '{"voice":"v1","units":null}',
    ),
    (
        stored(),
        "stored",
        (
            f'{{"clip":{{"digest":"{"c" * 64}","suffix":".mp4","size":10,'
            '"facts":{"container":"mp4","width":1916,"height":1080,"fps":"24000/1001",'
            '"duration":"121/24","video_codec":"h264","audio_codec":null}}}'
        ),
    ),
    (states.Stored(finished(), VoiceMade("v1"), DAY), "stored", '{"voice":"v1"}'),
    (states.Mislaid(stored(), DAY), "mislaid", "{}"),
    (
        states.Refused(intended(), FAULT, DAY),
        "refused",
        (
            '{"code":"SB808","message":"the model failed","help":"run again",'
            '"charge":"none","again":true}'
        ),
    ),
    (
        states.Failed(ACCEPTED, PAID, None, DAY),
        "failed",
        (
            '{"code":"SB812","message":"not what was asked for","help":"look at it",'
            '"charge":"paid","again":false,"aside":null}'
        ),
    ),
    (
        states.Failed(finished(), PAID, states.KeptFile(stored().kept.digest, ".mp4", 3), DAY),  # type: ignore[union-attr]
        "failed",
        (
            '{"code":"SB812","message":"not what was asked for","help":"look at it",'
            f'"charge":"paid","again":false,"aside":{{"digest":"{"c" * 64}",'
            '"suffix":".mp4","size":3}}'
        ),
    ),
    (
        states.Abandoned(UNKNOWN, "with consent", Charge.POSSIBLE, DAY),
        "abandoned",
        '{"reason":"with consent","charge":"possible"}',
    ),
    (states.Forgotten(stored(), DAY), "forgotten", "{}"),
]


@pytest.mark.parametrize(("life", "kind", "data"), FROZEN)
def test_a_row_never_changes(life: Life, kind: str, data: str) -> None:
    row = Row("a1", "j1", kind, "2026-11-20T12:00:00+00:00", data)
    assert to_row(life) == row
    if not isinstance(life, states.Intended):
        assert follow(life.before, row) == life
    else:
        assert fold([row]) == {order().job: [life]}


def test_a_step_that_cannot_be_is_named() -> None:
    with pytest.raises(IllegalStep) as caught:
        follow(intended(), to_row(finished()))
    assert str(caught.value) == "finished cannot follow intended"
    stray = to_row(states.Unknown(intended(order(attempt="a2")), "", DAY))
    for before in ([], [to_row(intended())]):
        with pytest.raises(IllegalStep) as caught:
            fold([*before, stray])
        assert str(caught.value) == "unknown of attempt a2, which is not the current one"


def test_the_account_of_an_order_is_its_tickets_too_and_is_written_only_where_there_is_one() -> (
    None
):
    labelled = states.Intended(replace(order(), account="agency"), DAY)
    accepted = states.Accepted(labelled, replace(ticket(), account="agency"), DAY)
    rows = [to_row(labelled), to_row(accepted)]
    assert '"account":"agency"' in rows[0].data
    assert fold(rows) == {order().job: [accepted]}
    assert "account" not in to_row(intended()).data


def test_a_ticket_keeps_whatever_addresses_its_backend_gave() -> None:
    other = replace(ticket(), addresses=(("job", "/v2/jobs/7"),))
    rows = [to_row(intended()), to_row(states.Accepted(intended(), other, DAY))]
    ((accepted,),) = fold(rows).values()
    assert isinstance(accepted, states.Accepted)
    assert accepted.ticket.address("job") == "/v2/jobs/7"
    assert not accepted.ticket.address("status_url")
