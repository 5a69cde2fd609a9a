"""Rows of the journal, letter by letter: a journal lives for years, so its rows never change.

If a test of the table fails, journals that say what was paid for would no longer read. Do not
change a row here; raise the journal's version, and read the old rows too.
"""

import json
from dataclasses import replace
from fractions import Fraction

import pytest
import version_1
from store_values import (
    CENT,
    DAY,
    FAULT,
    PAID,
    adopted,
    every_life,
    finished,
    intended,
    order,
    path_to,
    stored,
    ticket,
)

from storyboard.jobs import ShotDigest
from storyboard.model import SoundTracks
from storyboard.provider import Charge, VoiceMade
from storyboard.store import life as states
from storyboard.store.life import Life
from storyboard.store.rows import IllegalStep, Row, fold, follow, kind_of, to_row

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
            '{"request":"r1","provider":"https://queue.fal.run","addresses":{'
            '"status_url":"https://q/r1/status","response_url":"https://q/r1",'
            '"cancel_url":"https://q/c"}}'
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
    (
        states.Intended(replace(order(take=2), account="agency"), DAY),
        "intended",
        (
            '{"id":"opening/j1","endpoint":"owner/app/pro",'
            '"body":"{\\"prompt\\":\\"ünï\\"}","asked":"{\\"prompt\\":\\"ünï\\"}",'
            '"cost":"1.568","seconds":4,"shots":["opening/pour"],"films":["first-cup"],'
            '"provider":"https://queue.fal.run","account":"agency","take":2}'
        ),
    ),
    (
        states.Intended(
            replace(
                order(),
                used=(Fraction(5, 2), Fraction(2)),
                starts=(Fraction(0), Fraction(3)),
                asks=(ShotDigest("a" * 64), ShotDigest("b" * 64)),
            ),
            DAY,
        ),
        "intended",
        (
            '{"id":"opening/j1","endpoint":"owner/app/pro",'
            '"body":"{\\"prompt\\":\\"ünï\\"}","asked":"{\\"prompt\\":\\"ünï\\"}",'
            '"cost":"1.568","seconds":4,"shots":["opening/pour"],"films":["first-cup"],'
            '"provider":"https://queue.fal.run","used":["5/2","2"],"starts":["0","3"],'
            f'"asks":["{"a" * 64}","{"b" * 64}"]}}'
        ),
    ),
    (
        adopted(order(), request="r1"),
        "adopted",
        (
            '{"id":"opening/j1","endpoint":"owner/app/pro","body":"",'
            '"asked":"{\\"prompt\\":\\"ünï\\"}","cost":"1.568","seconds":4,'
            '"shots":["opening/pour"],"films":["first-cup"],"provider":"https://queue.fal.run",'
            '"origin":{"place":"s3://team/films","provider":"https://queue.fal.run","request":"r1"},'
            f'"clip":{{"digest":"{"c" * 64}","suffix":".mp4","size":10,'
            '"facts":{"container":"mp4","width":1916,"height":1080,"fps":"24000/1001",'
            '"duration":"121/24","video_codec":"h264","audio_codec":null}}}'
        ),
    ),
    (
        states.Stored(states.Failed(finished(), PAID, None, DAY), stored().kept, DAY),
        "recovered",
        (
            f'{{"clip":{{"digest":"{"c" * 64}","suffix":".mp4","size":10,'
            '"facts":{"container":"mp4","width":1916,"height":1080,"fps":"24000/1001",'
            '"duration":"121/24","video_codec":"h264","audio_codec":null}}}'
        ),
    ),
    (
        states.Unknown(intended(), "no usable id", DAY, Charge.PAID),
        "unknown",
        '{"reason":"no usable id","charge":"paid"}',
    ),
    (
        states.Abandoned(UNKNOWN, "a cent", Charge.POSSIBLE, DAY, CENT),
        "abandoned",
        '{"reason":"a cent","charge":"possible","amount":"0.01"}',
    ),
]
VERSION_1 = [
    (
        ACCEPTED,
        "accepted",
        (
            '{"request":"r1","status_url":"https://q/r1/status","response_url":"https://q/r1",'
            '"cancel_url":"https://q/c"}'
        ),
    ),
]
"""Rows that version 1 wrote in another way; all others it wrote as they are written now."""


@pytest.mark.parametrize(("life", "kind", "data"), FROZEN)
def test_a_row_never_changes(life: Life, kind: str, data: str) -> None:
    row = Row("a1", order().job, kind, "2026-11-20T12:00:00+00:00", data)
    assert to_row(life) == row
    assert read(life, row) == life


def test_all_that_was_found_of_a_clip_is_kept() -> None:
    header, tracks = Fraction(1, 3), SoundTracks(("deu", "eng"), 1, frozenset({2}))
    life = stored()
    assert isinstance(life.kept, states.KeptClip)
    facts = replace(life.kept.facts, header=header, tracks=tracks)
    life = replace(life, kept=replace(life.kept, facts=facts))
    assert read(life, to_row(life)) == life


@pytest.mark.parametrize(("life", "kind", "data"), VERSION_1)
def test_a_row_of_version_1_reads_as_ever(life: Life, kind: str, data: str) -> None:
    row = Row("a1", order().job, kind, "2026-11-20T12:00:00+00:00", data)
    assert version_1.to_row(life) == row
    assert read(life, row) == life


@pytest.mark.parametrize(("life", "kind", "data"), [*FROZEN, *VERSION_1])
def test_fields_that_are_not_known_are_left_alone(life: Life, kind: str, data: str) -> None:
    fuller = json.loads(data) | {"since_version": 3, "more": {"a": [1]}}
    for inner in ("clip", "origin", "aside"):
        if fuller.get(inner):
            fuller[inner] |= {"colour": "bt709"}
    if "clip" in fuller:
        fuller["clip"]["facts"] |= {"rotation": 0}
    row = Row("a1", order().job, kind, "2026-11-20T12:00:00+00:00", json.dumps(fuller))
    assert read(life, row) == life


def read(life: Life, row: Row) -> Life:
    """Read a life's last row after the ones before it."""
    before = path_to(life)[:-1]
    ((found,),) = fold([*map(to_row, before), row]).values()
    return found


# --- rows that a crafted journal may have


def changed(life: Life, **fields: object) -> Row:
    row = to_row(life)
    data = json.loads(row.data)
    for name, value in fields.items():
        *inner, last = name.split("__")
        into = data
        for one in inner:
            into = into[one]
        into[last] = value
    return replace(row, data=json.dumps(data))


ASIDE = states.Failed(finished(), PAID, states.KeptFile(stored().kept.digest, ".mp4", 3), DAY)
BAD = [
    (stored(), {"clip__digest": "../../../etc/passwd"}),
    (stored(), {"clip__digest": "C" * 64}),
    (stored(), {"clip__digest": "c" * 63}),
    (stored(), {"clip__digest": "c" * 64 + "\n"}),
    (stored(), {"clip__digest": ["c" * 64]}),
    (stored(), {"clip__suffix": "/../../x"}),
    (stored(), {"clip__suffix": ".MP4"}),
    (stored(), {"clip__suffix": ""}),
    (stored(), {"clip__suffix": ".mp4\n"}),
    (stored(), {"clip__suffix": ".muchtoolong"}),
    (stored(), {"clip__size": -1}),
    (stored(), {"clip__size": "10"}),
    (stored(), {"clip__size": True}),
    (stored(), {"clip__facts__fps": "24/0"}),
    (stored(), {"clip__facts__fps": "-24"}),
    (stored(), {"clip__facts__duration": "1e999999"}),
    (stored(), {"clip__facts__duration": "-3"}),
    (stored(), {"clip__facts": None}),
    (adopted(), {"clip__digest": "../x"}),
    (adopted(), {"origin": "s3://team"}),
    (adopted(), {"origin__place": 3}),
    (adopted(), {"origin__request": 3}),
    (ASIDE, {"aside__digest": "../x"}),
    (ASIDE, {"aside__suffix": ".."}),
    (ASIDE, {"aside": "../x"}),
    (ASIDE, {"again": "no"}),
    (ASIDE, {"charge": "much"}),
    (ASIDE, {"amount": "NaN"}),
    (ASIDE, {"message": None}),
    (intended(), {"cost": "NaN"}),
    (intended(), {"cost": "Infinity"}),
    (intended(), {"cost": "-1"}),
    (intended(), {"cost": "1e9"}),
    (intended(), {"cost": "1e-999999"}),
    (intended(), {"cost": 1.5}),
    (intended(), {"seconds": "4"}),
    (intended(), {"shots": "opening/pour"}),
    (intended(), {"films": [1]}),
    (intended(), {"asked": "no JSON"}),
    (intended(), {"asked": "[]"}),
    (intended(), {"body": "[" * 100_000}),
    (intended(), {"take": 0}),
    (intended(), {"take": 1.5}),
    (intended(), {"account": 7}),
    (intended(), {"starts": ["-1"]}),
    (intended(), {"starts": "0"}),
    (intended(), {"asks": ["../x"]}),
    (intended(), {"asks": "a" * 64}),
    (intended(), {"asks": None}),
    (ACCEPTED, {"request": None}),
    (ACCEPTED, {"addresses": [["status_url", "x"]]}),
    (ACCEPTED, {"addresses": {"status_url": 1}}),
    (UNKNOWN, {"reason": 1}),
    (finished(), {"url": None}),
    (finished(), {"units": 4}),
]


@pytest.mark.parametrize(("life", "fields"), BAD, ids=[str(n) for n in range(len(BAD))])
def test_a_field_that_cannot_be_is_refused(life: Life, fields: dict[str, object]) -> None:
    assert read(life, changed(life)) == life
    with pytest.raises(IllegalStep, match="does not read"):
        read(life, changed(life, **fields))


@pytest.mark.parametrize(
    "fields",
    [
        {"attempt": "../../x"},
        {"attempt": "a1\n"},
        {"attempt": ""},
        {"attempt": "a" * 65},
        {"job": "../../x"},
        {"job": "f" * 63},
        {"at": "yesterday"},
        {"at": "2026-11-20T12:00:00"},
        {"data": "[" * 100_000},
    ],
)
@pytest.mark.parametrize("kind", ["intended", "adopted", "begun-by-a-later-one"])
def test_a_name_or_time_that_cannot_be_is_refused(kind: str, fields: dict[str, str]) -> None:
    row = to_row(adopted() if kind == "adopted" else intended())
    with pytest.raises(IllegalStep):
        fold([replace(row, kind=kind, **fields)])


@pytest.mark.parametrize("kind", ["", "\x1b[2Jx", "a b", "Stored", "x" * 33])
def test_a_kind_that_cannot_be_shown_is_refused(kind: str) -> None:
    row = replace(to_row(intended()), kind=kind)
    for rows in ([row], [to_row(intended()), row]):
        with pytest.raises(IllegalStep) as caught:
            fold(rows)
        assert "\x1b" not in str(caught.value)


# --- kinds of a later version


def later(life: Life, kind: str = "held-back", data: str = '{"why":["?"]}') -> states.Later:
    return states.Later(life, kind, data, DAY)


@pytest.mark.parametrize("life", every_life(), ids=kind_of)
def test_a_kind_of_a_later_version_follows_anything_and_stays(life: states.Known) -> None:
    step = later(life)
    rows = [*map(to_row, path_to(life)), to_row(step)]
    assert fold(rows) == {order().job: [step]}
    # What follows it is a later version's too, be it of a kind that is known.
    after = Row("a1", order().job, "stored", DAY.isoformat(), "{}")
    assert fold([*rows, after]) == {order().job: [later(step, "stored", "{}")]}
    assert states.request_of(step) == states.request_of(life)
    assert states.order_of(step) == states.order_of(life)


def test_an_attempt_that_a_later_version_began_may_have_been_sent() -> None:
    row = replace(to_row(intended()), kind="begun-otherwise")
    ((life,),) = fold([row]).values()
    assert life == states.Later(intended(), "begun-otherwise", row.data, DAY)
    assert to_row(life) == row
    assert states.charge_of(life) is Charge.POSSIBLE
    with pytest.raises(IllegalStep, match="does not read"):
        fold([replace(row, data="{}")])  # it must say what it is for
    second = to_row(intended(order(attempt="a2")))
    with pytest.raises(IllegalStep, match="a second attempt"):
        fold([row, second])


def test_what_a_later_version_did_is_counted() -> None:
    free = states.Refused(intended(), FAULT, DAY)
    assert states.charge_of(later(free)) is Charge.POSSIBLE
    assert states.amount_of(later(free)) == order().cost
    assert states.charge_of(later(stored())) is Charge.PAID
    assert states.charge_of(later(adopted())) is Charge.NONE


def test_a_step_that_cannot_be_is_named() -> None:
    with pytest.raises(IllegalStep) as caught:
        follow(intended(), to_row(finished()))
    assert str(caught.value) == "finished cannot follow intended"
    stray = to_row(states.Unknown(intended(order(attempt="a2")), "", DAY))
    for before in ([], [to_row(intended())]):
        with pytest.raises(IllegalStep) as caught:
            fold([*before, stray])
        assert str(caught.value) == "unknown of attempt a2, which was never begun"


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
