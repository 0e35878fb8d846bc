"""The rules of the checklist: each point is said when it is due, and not when all is well."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from courses.rules import checklist
from courses.rules.checklist import PageView, Part

TODAY = date(2026, 4, 1)
SHORT = "Ibu itu datang ke balai desa pagi ini. "
PLAIN = Part("b1", "text", (SHORT * 50,), is_core=True)
CHECK = Part("b2", "self_check", ("Apa yang Anda lakukan?",))
GOOD = PageView(
    kind="lesson",
    parts=(PLAIN, CHECK),
    bytes=20_000,
    laws=("uu-tpks-10",),
    checked_on=date(2026, 3, 1),
    checked_by="bantuan hukum",
    sources=("S1",),
    known_sources=("S1",),
    outcomes=2,
)
STORY = Part("b3", "story", ("Suaminya memukul dia lagi.",), takes_note=True, note="Ada pukulan.", neutral="Tulis.")


def codes(view: PageView) -> list[str]:
    return [point.code for point in checklist.open_points(view, TODAY)]


def test_a_lesson_that_has_everything_has_no_open_point() -> None:
    assert codes(GOOD) == []
    assert codes(replace(GOOD, parts=(*GOOD.parts, STORY))) == []


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"parts": (PLAIN,)}, "self-check"),
        ({"parts": (*GOOD.parts, Part("b4", "picture", pictures=("Dua ibu.", " ")))}, "picture"),
        ({"parts": (*GOOD.parts, replace(STORY, note="", neutral=""))}, "note"),
        ({"parts": (*GOOD.parts, replace(STORY, neutral=""))}, "neutral"),
        ({"parts": (*GOOD.parts, Part("b5", "text", ("Ia dipukul.",)))}, "note"),
        ({"parts": (*GOOD.parts, Part("b4", "video", aside=("Ia dipukul.",), takes_note=True))}, "note"),
        ({"parts": (*GOOD.parts, Part("b4", "gallery", pictures=("Ia diancam.",), takes_note=True))}, "note"),
        ({"parts": (CHECK,)}, "length"),
        ({"parts": (Part("b1", "text", (SHORT * 88,)), CHECK)}, "length"),
        ({"outcomes": 0}, "outcome"),
        ({"sources": ()}, "source"),
        ({"sources": ("S1", "S9")}, "source"),
        ({"checked_on": None}, "checked"),
        ({"checked_on": TODAY - timedelta(days=366)}, "checked"),
        ({"checked_by": ""}, "checked"),
        ({"bytes": 75_001}, "weight"),
        ({"is_reachable": False}, "above"),
        ({"laws": (), "parts": (*GOOD.parts, Part("b6", "callout", ("Lihat UU No. 12 Tahun 2022.",)))}, "law"),
    ],
)
def test_what_is_missing_is_said_once(changed: dict[str, object], code: str) -> None:
    assert codes(replace(GOOD, **changed)) == [code]  # type: ignore[arg-type]


def test_what_is_enough_is_not_said() -> None:
    year_ago = replace(GOOD, checked_on=TODAY - timedelta(days=365), bytes=75_000)
    hard_text = Part("b5", "text", ("Ia dipukul.",))
    noted = replace(GOOD, parts=(*GOOD.parts, hard_text), module_note="Modul ini menyebut pukulan.")
    lawless = replace(GOOD, laws=(), checked_on=None, checked_by="")
    assert [codes(view) for view in (year_ago, noted, lawless)] == [[], [], []]


def test_a_long_sentence_is_shown_with_its_words_and_its_block() -> None:
    long = "Satu dua tiga empat lima enam tujuh delapan sembilan sepuluh sebelas dua-belas tiga-belas."
    part = Part("b7", "text", (f"Pendek saja. {long} Pendek lagi.",), is_core=True)
    (point,) = checklist.open_points(replace(GOOD, parts=(*GOOD.parts, part)), TODAY)
    assert (point.code, point.block, point.more) == ("sentence", "b7", (f"13: {long}",))
    in_a_story = replace(GOOD, parts=(*GOOD.parts, replace(part, is_core=False)))
    assert codes(in_a_story) == []


@pytest.mark.parametrize(
    ("paragraph", "sentences"),
    [
        ("Ia datang. Ia duduk.", 2),
        ("“Di sini aman.” Ia duduk.", 2),
        ("UU No. 12 Tahun 2022 melindungi Anda.", 1),
        ("Temui dr. Melati di puskesmas.", 1),
        ("Benarkah? Benar!", 2),
        ("", 0),
    ],
)
def test_a_sentence_ends_where_a_reader_hears_its_end(paragraph: str, sentences: int) -> None:
    assert len(checklist.sentences_of(paragraph)) == sentences


def test_a_module_needs_outcomes_sources_lessons_and_a_note_for_hard_lessons() -> None:
    bare = PageView(kind="module", parts=(STORY,))
    assert codes(bare) == ["outcome", "lessons", "source", "note"]
    whole = replace(bare, outcomes=1, lessons=3, known_sources=("S1",), module_note="Ada kekerasan.")
    assert codes(whole) == []


def test_other_pages_have_no_list() -> None:
    assert codes(PageView(kind="exam")) == []


@pytest.mark.parametrize(("days", "due"), [(0, False), (365, False), (366, True)])
def test_a_check_holds_for_a_year(days: int, due: bool) -> None:
    assert checklist.is_due(TODAY - timedelta(days=days), TODAY) is due
    assert checklist.is_due(None, TODAY)
