"""The parts of a page: fields with their words in order, summaries, pagers, and the sheet they wear."""

import gzip
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django import forms
from django.core.paginator import Paginator
from django.template.loader import render_to_string

from tests.house.plan import ROOT

SHEET = ROOT / "lms" / "static" / "lms" / "css" / "lopo.css"
CLASSES = re.compile(r'class="([^"]*)"')
SHEET_BUDGET = 6_000  # bytes compressed (design.md 5)
LEAST_TEXT_CONTRAST, LEAST_EDGE_CONTRAST = 6.2, 3.0  # as the reference measured them


# Pages of the editor wear its own sheet.
EDITOR = re.compile(r"/(?:admin|wagtail[a-z]*)/")


def templates() -> Iterator[tuple[Path, str]]:
    """Every template with its tags taken out: what reaches the page as it stands."""
    for path in sorted((ROOT / "templates").rglob("*.html")):
        yield path, re.sub(r"\{%.*?%\}|\{\{.*?\}\}|\{#.*?#\}", " ", path.read_text("utf-8"), flags=re.S)


class Sample(forms.Form):
    entry = forms.CharField(widget=forms.HiddenInput, initial="x")
    day = forms.DateField(label="Tanggal", help_text="Hari ini atau sebelumnya.")
    note = forms.CharField(label="Catatan", widget=forms.Textarea, required=False)
    role = forms.ChoiceField(
        label="Peran",
        choices=[("a", "Mengamati"), ("b", "Membantu")],
        widget=forms.RadioSelect(attrs={"picks": "line"}),
    )
    agreed = forms.BooleanField(label="Setuju", help_text="Boleh dibatalkan.")


def field(name: str, *, data: dict[str, str] | None = None) -> str:
    return str(Sample(data)[name].as_field_group())


def order(html: str, *pieces: str) -> bool:
    places = [html.index(piece) for piece in pieces]
    return places == sorted(places)


def test_a_field_says_label_hint_error_and_then_asks() -> None:
    html = field("day", data={"day": ""})
    assert order(html, "<label", 'class="hint"', 'class="error"', "<input")
    assert 'class="field wrong"' in html


def test_a_field_names_its_hint_and_error_to_screen_readers() -> None:
    html = field("day", data={"day": ""})
    assert 'aria-describedby="id_day_helptext id_day_error"' in html
    assert 'id="id_day_helptext"' in html
    assert 'id="id_day_error"' in html
    assert 'aria-invalid="true"' in html


def test_a_field_without_a_mistake_carries_no_red() -> None:
    assert "wrong" not in field("day")


def test_only_what_may_stay_empty_says_so() -> None:
    assert "(boleh kosong)" in field("note")
    assert "(boleh kosong)" not in field("day")


def test_radios_are_a_group_with_a_legend_and_each_label_a_key() -> None:
    html = field("role", data={"role": ""})
    assert order(html, "<fieldset", "<legend>Peran</legend>", 'class="error"', 'class="picks line"')
    assert html.count('<div class="pick"><input type="radio"') == 2
    assert order(html, 'id="id_role_0"', '<label for="id_role_0">Mengamati</label>', 'id="id_role_1"')
    assert 'aria-describedby="id_role_error"' in html


def test_a_checkbox_stands_before_its_words() -> None:
    html = field("agreed", data={})
    assert order(html, 'class="error"', 'type="checkbox"', '<label for="id_agreed">Setuju', "Boleh dibatalkan.")
    assert 'aria-describedby="id_agreed_helptext id_agreed_error"' in html
    assert html.count('id="id_agreed_helptext"') == 1


def test_a_hidden_field_shows_nothing() -> None:
    assert field("entry") == '<input type="hidden" name="entry" value="x" id="id_entry">'


def test_a_whole_form_draws_itself_by_the_parts() -> None:
    html = str(Sample())
    assert html.count('class="field') == 3
    assert 'type="hidden"' in html


def test_the_summary_leads_to_every_mistake() -> None:
    form = Sample({"note": "y"})
    form.add_error(None, "Dua catatan bertabrakan.")
    html = render_to_string("parts/form_errors.html", {"form": form})
    assert "<li>Dua catatan bertabrakan.</li>" in html
    assert re.findall(r'href="#(\w+)"', html) == ["id_day", "id_role", "id_agreed"]
    assert "autofocus" in html


def test_a_form_without_mistakes_has_no_summary() -> None:
    data = {"entry": "x", "day": "2026-11-20", "role": "a", "agreed": "on"}
    assert render_to_string("parts/form_errors.html", {"form": Sample(data)}).strip() == ""


@pytest.mark.parametrize(
    ("number", "there", "not_there"), [(1, "hal=2", "hal=0"), (2, "hal=1", "hal=4"), (3, "hal=2", "hal=4")]
)
def test_a_pager_knows_its_neighbours_and_keeps_the_question(number: int, there: str, not_there: str) -> None:
    page = Paginator(range(101), 50).get_page(number)
    html = render_to_string("parts/pager.html", {"page": page, "query": "a b"})
    assert f"?q=a%20b&amp;{there}" in html
    assert not_there not in html
    assert f"Halaman {number} dari 3" in html


def test_one_page_needs_no_pager() -> None:
    assert render_to_string("parts/pager.html", {"page": Paginator(range(3), 50).get_page(1)}).strip() == ""


def test_a_button_is_a_link_when_it_leads_and_a_button_when_it_sends() -> None:
    link = render_to_string("parts/button.html", {"word": "Lanjut", "url": "/belajar/", "kind": "next"})
    sends = render_to_string("parts/button.html", {"word": "Kembalikan", "kind": "stop", "name": "go", "value": "back"})
    assert link.startswith('<a class="btn next" href="/belajar/">Lanjut')
    assert sends.strip() == '<button class="btn stop" name="go" value="back">Kembalikan</button>'


@pytest.mark.parametrize("part", ["notice", "state", "empty", "verdict", "card"])
def test_words_in_a_part_are_escaped(part: str) -> None:
    words = dict.fromkeys(("title", "text", "word", "link", "above"), "<b>&")
    html = render_to_string(f"parts/{part}.html", {**words, "url": "/", "icon_name": "ok", "kind": "done"})
    assert "<b>&" not in html
    assert "&lt;b&gt;&amp;" in html


def test_no_template_writes_a_style_or_a_handler_into_the_page() -> None:
    bad = re.compile(r"\sstyle=|<style|\son[a-z]+=|javascript:|<script(?![^>]*(src=|type=\"application/json\"))")
    assert [path.name for path, text in templates() if bad.search(text)] == []


def test_every_class_a_template_names_is_drawn_by_the_sheet() -> None:
    known = set(re.findall(r"\.([a-z][a-z0-9-]*)", SHEET.read_text("utf-8")))
    ours = [(path, text) for path, text in templates() if not EDITOR.search(str(path.relative_to(ROOT)))]
    named = {(path.name, name) for path, text in ours for some in CLASSES.findall(text) for name in some.split()}
    assert {(file, name) for file, name in named if name not in known} == set()


def test_the_sheet_keeps_its_budget_and_calls_nobody() -> None:
    sheet = SHEET.read_bytes()
    assert len(gzip.compress(sheet, 9)) <= SHEET_BUDGET
    assert b"@import" not in sheet
    assert set(re.findall(rb"url\((.*?)\)", sheet)) <= {b"#hatch"}


# Colours are roles; every role must be readable on what it is written on, by day and by night.


def luminance(colour: str) -> float:
    parts = colour.lstrip("#")
    parts = "".join(2 * one for one in parts) if len(parts) == 3 else parts
    values = [int(parts[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    red, green, blue = (one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in values)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def tokens() -> dict[str, dict[str, str]]:
    blocks = re.findall(r":root \{(.*?)\}", SHEET.read_text("utf-8"), re.S)[:2]
    day, night = (dict(re.findall(r"--([\w-]+): (#[0-9a-f]{3,6})", block)) for block in blocks)
    return {"day": day, "night": {**day, **night}}


TEXT_ON = [
    (text, ground) for text in ("ink", "soft", "nila", "mengkudu", "kunyit", "daun") for ground in ("kapas", "paper")
] + [
    ("on", "nila"),
    ("on-deep", "deep"),
    ("deep", "on-deep"),
    ("nila", "nila-tint"),
    ("mengkudu", "mengkudu-tint"),
    ("kunyit", "kunyit-tint"),
    ("daun", "daun-tint"),
    ("ink", "nila-tint"),
    ("ink", "mengkudu-tint"),
    ("ink", "kunyit-tint"),
    ("ink", "daun-tint"),
    ("paper", "daun"),
    ("paper", "mengkudu"),
]


@pytest.mark.parametrize("scheme", ["day", "night"])
@pytest.mark.parametrize(("text", "ground"), TEXT_ON)
def test_text_is_readable_in_sunlight_and_at_night(scheme: str, text: str, ground: str) -> None:
    colours = tokens()[scheme]
    assert contrast(colours[text], colours[ground]) >= LEAST_TEXT_CONTRAST


@pytest.mark.parametrize("scheme", ["day", "night"])
@pytest.mark.parametrize(("drawn", "ground"), [("edge", "paper"), ("kunyit-fill", "paper"), ("nila", "paper")])
def test_edges_and_drawn_marks_stand_out(scheme: str, drawn: str, ground: str) -> None:
    colours = tokens()[scheme]
    assert contrast(colours[drawn], colours[ground]) >= LEAST_EDGE_CONTRAST
