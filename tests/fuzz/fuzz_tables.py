"""Tables of a campaign as shops export them, and worse, with a storyboard that reads them."""

import csv
import io
import json
from random import Random
from typing import Any

import yaml
from fuzz_storyboards import storyboard
from fuzz_values import change, odd, odd_text, spoil

COLUMNS = ("sku", "name", "price", "date", "features", "locale", "Straße", "", "sku ", "when")
CELLS = (
    *("A12", "12,50 €", "1.234,56", "$3", "0", "", "2026-10-01", "31.12.2026", "a;b;c", "ja", "no"),
    *("=SUM(A1)", "#REF!", "CafÃ©", "007", "1e5", "nul", "x\ny", 'a"b', "zwei", "12.5%", "\x0b"),
)
USES = (
    *(
        "{{ sku }}",
        "{{ name | upper }}",
        "{{ price | money('EUR') }}",
        "{{ features | split(';') }}",
    ),
    *(
        "{{ row.name }}",
        "{{ price | price }}",
        "{{ date | date }}",
        "{{ name | slug }}",
        "{{ gone }}",
    ),
    *("{% if price %}x{% endif %}", "{{ name[0] }}", "{{ sku ~ '-' ~ locale }}", "{{ price * 2 }}"),
)
SUFFIXES = ("csv", "tsv", "json", "jsonl", "yaml", "txt")


def table_case(luck: Random) -> dict[str, bytes]:
    """Draw a storyboard with variations, and its table."""
    name = f"table.{luck.choice(SUFFIXES)}"
    story = storyboard(luck)
    story["scenes"] = story["scenes"][:1]
    shot = story["scenes"][0]["shots"][0]
    shot["titles"] = [{"text": luck.choice(USES)}]
    if "prompt" in shot and luck.random() < 0.5:
        shot["prompt"] = luck.choice(USES)
    if luck.random() < 0.2:
        shot["each"] = {"name": "x", "in": luck.choice(USES)}
    drawn: tuple[tuple[str, Any], ...] = (
        ("name", luck.choice(("{{ sku }}", "{{ sku }}-{{ locale }}", odd_text(luck)))),
        ("where", luck.choice(("price > 1", "when", "sku != ''", odd_text(luck)))),
        ("matrix", {"locale": ["de", "en", luck.choice(CELLS)]}),
        ("encoding", luck.choice(("cp1252", "utf-8", "latin-1", "nonsense"))),
    )
    chosen = {key: value for key, value in drawn if luck.random() < 0.3}
    story["variations"] = {"rows": name, **chosen}
    if luck.random() < 0.3:
        change(luck, story)
    text = yaml.safe_dump(story, allow_unicode=True, sort_keys=False)
    return {"storyboard.yaml": text.encode("utf-8", "replace"), name: _table(luck, name)}


def _table(luck: Random, name: str) -> bytes:
    columns = luck.sample(COLUMNS, luck.randint(1, 6))
    if luck.random() < 0.1:
        columns.append(columns[0])
    rows = [[_cell(luck) for _ in columns] for _ in range(luck.choice((0, 1, 2, 3, 12)))]
    suffix = name.rpartition(".")[2]
    if suffix in {"json", "jsonl", "yaml"}:
        listed: Any = [dict(zip(columns, row, strict=True)) for row in rows]
        for _ in range(luck.randrange(3)):
            change(luck, listed)
        text = _structured(luck, listed, suffix)
    else:
        text = _delimited(luck, [columns, *rows], "\t" if suffix == "tsv" else luck.choice(",;\t|"))
    encoding = luck.choice(
        ("utf-8", "utf-8", "utf-8", "utf-8-sig", "cp1252", "utf-16", "shift-jis")
    )
    data = text.encode(encoding, "replace")
    return spoil(luck, data) if luck.random() < 0.3 else data


def _cell(luck: Random) -> Any:
    return luck.choice(CELLS) if luck.random() < 0.8 else odd(luck)


def _structured(luck: Random, listed: Any, suffix: str) -> str:
    if suffix == "yaml":
        return yaml.safe_dump(listed, allow_unicode=True)
    if suffix == "jsonl":
        return "\n".join(json.dumps(one, ensure_ascii=luck.random() < 0.5) for one in listed)
    return json.dumps(listed, ensure_ascii=luck.random() < 0.5)


def _delimited(luck: Random, rows: list[list[Any]], delimiter: str) -> str:
    written = io.StringIO()
    ends = luck.choice(("\n", "\r\n", "\r"))
    quoting = luck.choice((csv.QUOTE_MINIMAL, csv.QUOTE_ALL))
    writer = csv.writer(written, delimiter=delimiter, lineterminator=ends, quoting=quoting)
    writer.writerows([str(cell).replace("\0", "") for cell in row] for row in rows)
    lines = written.getvalue()
    return f"Export of today{ends}{ends}{lines}" if luck.random() < 0.1 else lines
