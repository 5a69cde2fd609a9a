"""A storyboard with a table: what is planned, chosen, cut again, and listed."""

import csv
import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from jsonschema import Draft7Validator

from storyboard.cli.main import run

ROOT = Path(__file__).resolve().parents[2]

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def typed(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.delenv("FAL_KEY", raising=False)

    def type_(*words: str | Path) -> tuple[int, str, str]:
        code = run([str(word) for word in words])
        shown = capsys.readouterr()
        return code, shown.out, shown.err

    return type_


@pytest.fixture
def campaign(tmp_path: Path) -> Path:
    """Two products in two languages, one shot that all share, one for each product."""
    shutil.copytree(ROOT / "examples" / "kling-v3-turbo" / "assets", tmp_path / "ad" / "assets")
    (tmp_path / "ad" / "rows.csv").write_text(
        "sku,thing,price\nA,a blue cup,12\nB,a walnut tray,49\n", "utf-8"
    )
    (tmp_path / "ad" / "storyboard.yaml").write_text(
        """\
storyboard: 1
title: Ad
model: kling-v3-turbo-pro
format: {resolution: 320x180, fps: 24}
scenes:
  - id: hook
    shots:
      - {id: street, duration: 3s, prompt: A street at dawn.}
  - id: thing
    shots:
      - id: turn
        duration: 3s
        prompt: "{{ thing }} turns slowly."
        titles:
          - {text: "{{ 'Jetzt' if locale == 'de' else 'Now' }} {{ price }}", at: 1s, for: 1s}
variations:
  rows: rows.csv
  matrix: {locale: [de, en]}
  name: "{{ sku }}-{{ locale }}"
""",
        "utf-8",
    )
    return tmp_path / "ad" / "storyboard.yaml"


def test_shared_jobs_stand_in_the_plan_once(typed: Run, campaign: Path) -> None:
    code, out, _ = typed("plan", campaign, "--json")
    plan = json.loads(out)
    assert code == 0
    assert [one["shots"] for one in plan["jobs"]] == [
        ["hook/street"],
        ["thing/turn"],
        ["thing/turn"],
    ]
    assert plan["total"]["usd"] == "1.26"
    Draft7Validator(json.loads(typed("schema", "plan-1")[1])).validate(plan)
    columns = {one["name"]: one for one in plan["columns"]}
    assert columns["thing"]["jobs"] == 1
    assert columns["thing"]["cost"]["usd"] == "0.42"
    assert columns["price"]["cost"]["usd"] == "0.00"
    code, out, _ = typed("plan", campaign)
    assert "8 jobs are 3 distinct ones; 3.36 USD without sharing" in out
    assert out.startswith("Ad: 4 variations, each 2 shots, 6s of film\n")


def test_variations_of_several_lengths_are_planned_from_and_to(typed: Run, campaign: Path) -> None:
    text = campaign.read_text("utf-8").replace("title: Ad", 'title: "{{ thing }}"')
    text = text.replace(
        "    shots:\n      - {id: street", "    when: sku == 'B'\n    shots:\n      - {id: street"
    )
    campaign.write_text(text, "utf-8")
    _, out, _ = typed("plan", campaign)
    assert out.startswith("4 variations, each 1 to 2 shots, 3s to 6s of film\n")
    faded = text.replace("id: thing\n", "id: thing\n    transition: crossfade 0.5s\n")
    campaign.write_text(faded, "utf-8")
    _, out, _ = typed("plan", campaign)
    assert "3s to 5.5s of film (up to 0.5s shorter by its transitions)" in out
    campaign.write_text(text, "utf-8")
    assert "6 jobs are 3 distinct ones" in out
    _, out, _ = typed("plan", campaign, "--only", "sku=A")
    assert out.startswith("a blue cup: 2 variations, each 1 shot, 3s of film\n")
    assert "2 jobs are 1 distinct one;" in out


def test_one_shared_prompt_changed_is_one_job_to_pay(typed: Run, campaign: Path) -> None:
    before = json.loads(typed("plan", campaign, "--json")[1])
    campaign.write_text(campaign.read_text("utf-8").replace("street at dawn", "quay at dawn"))
    after = json.loads(typed("plan", campaign, "--json")[1])
    new = {one["digest"] for one in after["jobs"]} - {one["digest"] for one in before["jobs"]}
    assert len(new) == 1
    assert len(after["jobs"]) == len(before["jobs"])


def test_a_choice_plans_what_the_whole_campaign_would(typed: Run, campaign: Path) -> None:
    whole = json.loads(typed("plan", campaign, "--json")[1])
    part = json.loads(typed("plan", campaign, "--json", "--only", "sku=A,locale=de")[1])
    jobs = {(one["digest"], one["id"]) for one in whole["jobs"]}
    assert {(one["digest"], one["id"]) for one in part["jobs"]} < jobs
    assert [one["id"] for one in part["jobs"]] == ["hook/street", "thing/turn [A-de]"]
    assert len(part["jobs"]) == 2
    rows = json.loads(typed("plan", campaign, "--json", "--rows", "2")[1])
    assert len(rows["jobs"]) == 2


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["--only", "color=red"], "there is no column or variable 'color'"),
        (["--only", "sku"], "not of the form name=value"),
        (["--rows", "one"], "no row and no span of rows"),
        (["--rows", "1-"], "no row and no span of rows"),
        (["--rows", ""], "--rows says nothing"),
        (["--only", " , "], "--only says nothing"),
        (["--only", "sku=Z"], "no variation is left: none has sku=Z; there are A, B"),
        (["--only", "locale=dee"], "none has locale=dee; there are de, en"),
        (["--rows", "3-9"], "the films' rows are 1 to 2"),
        (["--rows", "1", "--only", "sku=B"], "--only and --rows together leave all out"),
    ],
)
def test_a_choice_that_chooses_nothing_is_told(
    typed: Run, campaign: Path, words: list[str], told: str
) -> None:
    code, _, err = typed("plan", campaign, *words)
    assert code == 2
    assert told in err


@pytest.mark.parametrize("command", ["check", "plan", "render", "cut", "status"])
def test_rows_of_a_storyboard_without_a_table_are_refused(
    typed: Run, campaign: Path, command: str
) -> None:
    text = campaign.read_text("utf-8").partition("variations:")[0]
    campaign.write_text(text.replace("{{", "(").replace("}}", ")"), "utf-8")
    code, out, err = typed(command, campaign, "--rows", "1-3")
    assert (code, out) == (2, "")
    assert "this storyboard has none" in err


def test_a_film_over_its_own_budget_is_told_where_that_is_set(typed: Run, campaign: Path) -> None:
    before = campaign.read_text("utf-8")
    campaign.write_text(f"budget: {{max: 5, each: 0.84}}\n{before}", "utf-8")
    assert "SB450" not in typed("check", campaign)[1]
    campaign.write_text(f"budget: {{max: 5, each: 0.50}}\n{before}", "utf-8")
    code, out, _ = typed("check", campaign)
    assert code == 0
    assert "for each film; 3 more, too" in out
    assert f"{campaign}:1:24" in out
    assert "over budget: `A-de` costs 0.84 USD" in typed("plan", campaign)[1]


def test_one_title_changed_cuts_its_films_again_and_no_others(typed: Run, campaign: Path) -> None:
    code, out, err = typed("render", campaign, "--draft", "--max-parallel", "2", "--json")
    assert code == 0, err
    assert [one["unchanged"] for one in json.loads(out)["films"]] == [False] * 4
    rows = campaign.parent / "rows.csv"
    rows.write_text(rows.read_text("utf-8").replace("tray,49", "tray,39"), "utf-8")
    code, out, err = typed("render", campaign, "--draft", "--json")
    assert code == 0, err
    films = {one["variation"]: one["unchanged"] for one in json.loads(out)["films"]}
    assert films == {"A-de": True, "A-en": True, "B-de": False, "B-en": False}
    assert f"4 films, 2 unchanged; {rows.parent / 'build' / 'manifest.csv'} lists them" in err
    plan = json.loads(typed("plan", campaign, "--json")[1])
    assert {one["digest"] for one in plan["jobs"]} == {
        one["digest"] for one in json.loads(out)["jobs"]
    }


def test_the_manifest_names_every_film_with_its_row(typed: Run, campaign: Path) -> None:
    code, _, err = typed("render", campaign, "--draft", "--only", "locale=en")
    assert code == 0, err
    folder = campaign.parent / "build"
    listed = json.loads((folder / "manifest.json").read_text("utf-8"))
    assert listed["version"] == 1
    assert [one["variation"] for one in listed["films"]] == ["A-en", "B-en"]
    with (folder / "manifest.csv").open(encoding="utf-8", newline="") as file:
        table = list(csv.DictReader(file))
    assert [(one["row"], one["row.sku"], one["state"]) for one in table] == [
        ("1", "A", "complete"),
        ("2", "B", "complete"),
    ]
    # An animatic costs nothing: what its films will cost is an estimate.
    assert [one["estimate_usd"] for one in table] == ["0.63", "0.63"]
    assert all("cost_usd" not in one for one in (*table, *listed["films"]))
    for one in table:
        assert (folder / one["file"]).is_file()


def test_jobs_drawn_for_another_ratio_are_said_to_be(typed: Run, campaign: Path) -> None:
    outputs = 'outputs: [{name: wide}, {name: tall, aspect_ratio: "9:16"}]\n'
    campaign.write_text(campaign.read_text("utf-8") + outputs, "utf-8")
    code, _, err = typed("render", campaign, "--draft", "--only", "sku=A,locale=de")
    assert code == 0, err
    wide, sign, tall = err.partition("once more, as `tall` (9:16) shows it:\n")
    assert sign
    assert (
        wide.count("thing/turn [A-de]: rendered") == tall.count("thing/turn [A-de]: rendered") == 1
    )


def test_the_manifest_has_columns_as_the_table_has_them(typed: Run, campaign: Path) -> None:
    board = campaign.parent / "cards.yaml"
    board.write_text(
        """\
storyboard: 1
format: {resolution: 320x180, fps: 24}
scenes:
  - shots: [{still: "assets/{{ picture }}", duration: 0.5s}]
variations: {rows: rows.json, group_by: sku, name: "{{ sku }}"}
""",
        "utf-8",
    )
    picture = next((campaign.parent / "assets").iterdir()).name
    rows = [
        {"sku": "A", "picture": picture, "tags": ["new", "blue"], "new": True, "size": {"cm": 2.5}},
        {"sku": "A", "picture": "", "tags": None, "new": None, "size": None},
    ]
    (campaign.parent / "rows.json").write_text(json.dumps(rows), "utf-8")
    code, out, err = typed("render", board, "--draft")
    assert code == 0, err
    folder = campaign.parent / "build"
    assert "A.mp4  0.5s  (nothing is heard in the film" in out
    assert out.endswith(f"1 film; {folder / 'manifest.csv'} lists them\n")
    (film,) = json.loads((folder / "manifest.json").read_text("utf-8"))["films"]
    assert film["columns"] == {
        "sku": "A",
        "picture": picture,
        "tags": ["new", "blue"],
        "new": "true",
        "size": {"cm": "2.5"},
    }
    with (folder / "manifest.csv").open(encoding="utf-8", newline="") as file:
        (line,) = csv.DictReader(file)
    assert {key: value for key, value in line.items() if key.startswith("row.")} == {
        "row.sku": "A",
        "row.picture": picture,
        "row.tags": "new|blue",
        "row.new": "true",
        "row.size": '{"cm": "2.5"}',
    }


def test_a_finding_in_one_row_points_at_the_cell_too(typed: Run, campaign: Path) -> None:
    rows = campaign.parent / "rows.csv"
    rows.write_text("sku,thing,price\nA,a blue cup,12\nB,,49\n", "utf-8")
    code, out, _ = typed("check", campaign)
    assert code == 0
    assert f"{campaign}:13:" in out
    assert f"{rows}:3:3" in out
    assert "2 of 4 variations without a finding" in out
    found = json.loads(typed("check", campaign, "--json")[1])
    levels = {one["name"]: one["levels"]["cells"] for one in found["variations"]}
    assert levels == {"A-de": "ok", "A-en": "ok", "B-de": "warn", "B-en": "warn"}


def test_a_title_that_does_not_fit_is_told_with_its_cell(typed: Run, campaign: Path) -> None:
    rows = campaign.parent / "rows.csv"
    rows.write_text("sku,thing,price\nA,a cup,12\nB,a tray,ᚠ9\n", "utf-8")
    code, out, _ = typed("check", campaign)
    assert code == 1
    assert "error[SB752]" in out
    assert f"{campaign}:15:20" in out
    assert f"{rows}:3:10" in out
    assert "row 2: price is 'ᚠ9'" in out


def test_a_caption_that_no_font_can_draw_is_told_by_row_where_it_is_burnt_in(
    typed: Run, campaign: Path
) -> None:
    rows = campaign.parent / "rows.csv"
    rows.write_text("sku,thing,price\nA,a cup,12\nB,გამარჯობა,49\n", "utf-8")
    plain = campaign.read_text("utf-8").replace(
        "        titles:\n", "        caption: '{{ row.thing }}'\n        titles:\n"
    )
    campaign.write_text(f"{plain}cut: {{captions: burn}}\n", "utf-8")
    code, out, _ = typed("check", campaign)
    assert code == 1
    assert f"{rows}:3:3" in out
    found = json.loads(typed("check", campaign, "--json")[1])
    errors = [one for one in found["diagnostics"] if one["severity"] == "error"]
    assert {one["code"] for one in errors} == {"SB752"}
    assert all("burnt into output" in one["message"] for one in errors)
    levels = {one["name"]: one["levels"]["titles"] for one in found["variations"]}
    assert levels == {"A-de": "ok", "A-en": "ok", "B-de": "red", "B-en": "red"}


def test_what_is_found_stands_in_the_column_of_its_check(typed: Run, campaign: Path) -> None:
    said = "far too many words for so few seconds, whoever it is that has to say all of them"
    text = campaign.read_text("utf-8").replace("kling-v3-turbo-pro", "kling-v3-pro")
    text = text.replace(
        "        titles:\n",
        f"        start: assets/dunes.png\n        say: [{{teller: '{said}'}}]\n"
        "        titles:\n          - {text: Twice, at: 1s, for: 1s}\n",
    )
    text = text.replace("      - {id: street,", "      - {id: street, start: assets/dunes.png,")
    campaign.write_text(f"{text}voices:\n  teller: {{id: '829824295735410756'}}\n", "utf-8")
    found = json.loads(typed("check", campaign, "--json")[1])
    codes = {one["code"] for one in found["diagnostics"]}
    assert {"SB508", "SB517"} <= codes
    assert "SB757" not in codes, "that they lie over each other follows"
    levels = found["variations"][0]["levels"]
    assert (levels["speech"], levels["titles"], levels["time"]) == ("red", "warn", "ok")


def test_a_table_is_shown_in_its_own_encoding(typed: Run, campaign: Path) -> None:
    rows = campaign.parent / "rows.csv"
    text = "sku,thing,price\nA,ein Becher für Käse und Brötchen,12 €\nB,,49 €\nC,Körbe,7 €\n"
    rows.write_text(text, "cp1252")
    _, out, _ = typed("check", campaign)
    assert "B,,49 €" in out
    assert "�" not in out


def test_a_column_that_costs_is_shown_in_the_file_that_reads_it(typed: Run, campaign: Path) -> None:
    campaign.rename(campaign.with_name("base.yaml"))
    campaign.write_text("storyboard: 1\nextends: base.yaml\n", "utf-8")
    _, out, _ = typed("plan", campaign)
    assert "base.yaml:13:" in out
    assert '13 |         prompt: "{{ thing }} turns slowly."' in out


def test_two_films_of_one_name_are_an_error(typed: Run, campaign: Path) -> None:
    rows = campaign.parent / "rows.csv"
    rows.write_text("sku,thing,price\nA,a blue cup,12\nA,a walnut tray,49\n", "utf-8")
    code, out, _ = typed("check", campaign, "--json")
    assert code == 1
    [found] = json.loads(out)["diagnostics"]
    assert "`A-de`: rows 1 and 2" in found["message"]
    assert "`{{ thing }}`" in found["help"]
    campaign.write_text(campaign.read_text("utf-8").replace("-{{ locale }}", ""), "utf-8")
    rows.write_text("sku,thing,price\nA,a blue cup,12\n", "utf-8")
    [found] = json.loads(typed("check", campaign, "--json")[1])["diagnostics"]
    assert "`A`: row 1 twice" in found["message"]
    assert "`{{ locale }}`" in found["help"]
