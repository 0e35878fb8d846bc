"""Answers of a task's form are read by their questions; names and places that may be real are found."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.rules import invented, task_forms
from assessments.rules.task_forms import MOST_ROWS, TaskField

SHORT = TaskField("a", "A", "short")
LONG = TaskField("a", "A", "long")
CHOICE = TaskField("a", "A", "choice", options=("ya", "tidak"))
LIST = TaskField("a", "A", "checklist", options=("x", "y", "z"))
TABLE = TaskField("a", "A", "table", columns=("Jam", "Kerja"))
DATE = TaskField("a", "A", "date")


@pytest.mark.parametrize(
    ("field", "given", "kept"),
    [
        (SHORT, "  satu ", "satu"),
        (SHORT, "a" * 201, None),
        (SHORT, ["a"], None),
        (LONG, "satu\r\ndua\x00", "satu\ndua"),
        (LONG, "a" * 2501, None),
        (CHOICE, "ya", "ya"),
        (CHOICE, "", ""),
        (CHOICE, "mungkin", None),
        (LIST, ["z", "x"], ["x", "z"]),
        (LIST, [], []),
        (LIST, ["x", "w"], None),
        (LIST, "x", None),
        (TABLE, [["05.00", "masak"], ["", ""]], [["05.00", "masak"]]),
        (TABLE, [["05.00"]], [["05.00", ""]]),
        (TABLE, [["a", "b", "c"]], None),
        (TABLE, [["a" * 301, ""]], None),
        (TABLE, [["a", ""]] * (MOST_ROWS + 1), None),
        (DATE, "2026-03-31", "2026-03-31"),
        (DATE, "31 Maret", None),
    ],
)
def test_an_answer_is_kept_in_one_form_or_not_at_all(field: TaskField, given: Any, kept: Any) -> None:
    assert task_forms.sound(field, given) == kept


def test_an_empty_answer_is_missing_only_where_one_is_asked_for() -> None:
    heading = TaskField("h", "H", "section", required=True)
    free = TaskField("b", "B", "long", required=False)
    assert task_forms.missing([heading, SHORT, free], {}) == [SHORT]
    assert task_forms.missing([heading, SHORT, free], {"a": "x"}) == []


ANYTHING = st.recursive(st.text() | st.integers() | st.none(), lambda inner: st.lists(inner, max_size=4))


@given(ANYTHING)
def test_whatever_comes_is_refused_or_stays_as_it_is(value: Any) -> None:
    for field in (SHORT, LONG, CHOICE, LIST, TABLE, DATE):
        kept = task_forms.sound(field, value)
        assert kept is None or task_forms.sound(field, kept) == kept
        assert kept is None or isinstance(task_forms.words(kept), str)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Ibu Cempaka datang bersama Adik Kenari.", set()),
        ("Ibu Rambutan datang.", {"name"}),
        ("Nona RAMBUTAN", {"name"}),
        ("Ibu Guru, Bapak Kepala Desa, Ibu C.", set()),
        ("Ia tinggal di Desa Air Lontar, Kecamatan Bukit Gewang.", set()),
        ("Ia tinggal di Desa Durian Runtuh.", {"place"}),
        ("Lalu ia pergi ke Kupang.", {"place"}),
        ("Kupang itu jauh.", set()),
        ("Kata rambutan di pasar.", {"name"}),
        ("di kota ini, di desa itu", set()),
        ("", set()),
    ],
)
def test_a_name_or_place_that_may_be_real_is_found(text: str, found: set[str]) -> None:
    assert invented.doubts(text, names={"rambutan"}, places={"kupang"}) == found


@given(st.text())
def test_any_text_gets_an_answer(text: str) -> None:
    assert invented.doubts(text) <= {"name", "place"}


def test_the_sentence_names_kinds_and_never_the_name() -> None:
    assert invented.sentence_for({"name", "place"}).render(str) == (
        "Here may stand the name of a person, the name of a place. Is it invented?"
    )
