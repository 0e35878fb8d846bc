"""The tags that draw: icons, rings, bars, steps, and numbers as people write them."""

import re

import pytest
from django.template import Context, Template, TemplateSyntaxError
from django.utils import translation

from lms.kit import svg


def drawn(source: str, **context: object) -> str:
    return Template("{% load lopo %}" + source).render(Context(context)).strip()


def test_an_icon_is_hidden_from_screen_readers_because_a_word_stands_beside_it() -> None:
    assert drawn('{% icon "next" %}') == (
        '<svg class="i" viewBox="0 0 24 24" aria-hidden="true"><path d="M4 12h15M13 6l6 6-6 6"/></svg>'
    )


def test_an_icon_nobody_drew_stops_the_page_instead_of_missing_silently() -> None:
    with pytest.raises(KeyError, match="arrow"):
        drawn('{% icon "arrow" %}')


@pytest.mark.parametrize("name", sorted(svg.ICONS))
def test_every_icon_is_one_path_without_styles(name: str) -> None:
    assert re.fullmatch(r"[MmLlHhVvCcSsQqTtAaZz0-9 .,-]+", svg.ICONS[name])


@pytest.mark.parametrize(
    ("done", "target", "waiting", "expected"),
    [
        (28, 60, 4.5, svg.Bar(46.7, 7.5, False)),
        (8, 8, 0, svg.Bar(100, 0, True)),
        (0, 4, 0, svg.Bar(0, 0, False)),
        (9, 8, 3, svg.Bar(100, 0, True)),
        (7, 8, 4, svg.Bar(87.5, 12.5, False)),
        (-1, 8, -1, svg.Bar(0, 0, False)),
        (0, 0, 0, svg.Bar(100, 0, True)),
    ],
)
def test_a_bar_never_leaves_its_frame(done: float, target: float, waiting: float, expected: svg.Bar) -> None:
    assert svg.bar(done, target, waiting) == expected


@pytest.mark.parametrize(
    ("value", "total", "share"), [(3, 6, 50), (0, 5, 0), (6, 5, 100), (1, 3, 33.3), (1, 0, 0), (-1, 4, 0)]
)
def test_a_ring_closes_at_the_most(value: float, total: float, share: float) -> None:
    assert svg.ring_share(value, total) == share


def test_a_bar_says_in_words_what_it_shows_and_writes_no_decimal_comma_into_the_drawing() -> None:
    html = drawn('{% bar "Jam" done=1680 target=3600 unit="hours" waiting=270 %}')
    assert "<span>Jam</span><b>28 / 60 jam</b>" in html
    assert '<rect class="t1" width="46.7%" height="14"/><rect class="t2" x="46.7%" width="7.5%" height="14"/>' in html


def test_a_full_bar_has_a_tick_beside_its_colour() -> None:
    html = drawn('{% bar "Modul" 2 2 %}')
    assert svg.ICONS["tick"] in html
    assert "<b><svg" in html
    assert 'class="td"' in html


def test_a_ring_with_a_label_is_a_picture_and_without_one_is_silent() -> None:
    assert 'role="img" aria-label="4 dari 9"' in drawn('{% ring 4 9 label="4 dari 9" big=True %}')
    silent = drawn("{% ring 4 9 %}")
    assert 'aria-hidden="true"' in silent
    assert '<text x="24" y="29">4/9</text>' in silent


@pytest.mark.parametrize(("state", "figure"), [("done", "M15 25l6 6 12-14"), ("shut", "M18 24h12v8H18z")])
def test_a_ring_done_or_shut_shows_a_sign_and_no_number(state: str, figure: str) -> None:
    html = drawn("{% ring 1 2 state=state %}", state=state)
    assert figure in html
    assert f'class="ring {state}"' in html
    assert "<text" not in html


def test_steps_show_what_is_done_and_where_she_is() -> None:
    html = drawn("{% steps 3 4 done %}", done={1, 2, 3})
    assert re.findall(r'<li(?: class="(\w+)")?></li>', html) == ["done", "done", "now", ""]
    assert 'aria-hidden="true"' in html


@pytest.mark.parametrize(
    ("minutes", "indonesian", "english"),
    [
        (0, "0 jam", "0 hours"),
        (30, "30 menit", "30 minutes"),
        (60, "1 jam", "1 hour"),
        (90, "1½ jam", "1½ hours"),
        (165, "2¾ jam", "2¾ hours"),
        (195, "3¼ jam", "3¼ hours"),
        (80, "1 jam 20 menit", "1 hour 20 minutes"),
        (664, "11 jam 4 menit", "11 hours 4 minutes"),
    ],
)
def test_hours_are_written_as_people_say_them(minutes: int, indonesian: str, english: str) -> None:
    with translation.override("id"):
        assert drawn("{{ minutes|hours }}", minutes=minutes) == indonesian
    with translation.override("en"):
        assert drawn("{{ minutes|hours }}", minutes=minutes) == english


@pytest.mark.parametrize(("size", "text"), [(14_300, "14 kB"), (10, "1 kB"), (0, "1 kB"), (None, "1 kB")])
def test_sizes_are_whole_kilobytes(size: int | None, text: str) -> None:
    assert drawn("{{ size|kb }}", size=size) == text


def test_a_misspelt_tag_stops_the_page() -> None:
    with pytest.raises(TemplateSyntaxError):
        drawn("{% icone %}")
