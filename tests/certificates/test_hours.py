"""Hours: the table of cases in tests/cases/hours.json, and what holds for every history."""

import json
from datetime import date, time, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from certificates.rules import days, hours
from certificates.rules.hours import Period, Stretch, Total

CASES = json.loads((Path(__file__).parents[1] / "cases" / "hours.json").read_text())
PERIOD = Period(date.fromisoformat(CASES["placement"]["starts_on"]), date.fromisoformat(CASES["placement"]["ends_on"]))


def stretch_of(case: dict) -> Stretch:
    return Stretch(date.fromisoformat(case["day"]), time.fromisoformat(case["starts_at"]), case["minutes"])


def plainly(text: str) -> str:
    return text


LIVE = tuple(stretch_of(row) for row in CASES["live"])


@pytest.mark.parametrize("case", CASES["problems"], ids=lambda case: case["name"])
def test_hours_are_judged_as_the_table_says(case):
    period = Period(PERIOD.starts_on) if case.get("open") else PERIOD
    today = date.fromisoformat(case.get("today", CASES["today"]))
    found = hours.problems(stretch_of(case), period=period, others=LIVE, today=today)
    if not case["code"]:
        assert found == ()
        return
    assert (found[0].code, found[0].field) == (case["code"], case["field"])
    assert found[0].sentence.render(plainly) == case["sentence"]


def test_two_mistakes_are_both_named():
    found = hours.problems(Stretch(date(2026, 12, 1), time(9), 20), period=PERIOD, others=(), today=date(2026, 11, 21))
    assert [problem.code for problem in found] == ["step", "future"]


@pytest.mark.parametrize("case", CASES["coordinator"], ids=lambda case: case["name"])
def test_after_sixty_days_the_coordinator_verifies(case):
    today = date.fromisoformat(CASES["today"])
    assert hours.needs_coordinator(date.fromisoformat(case["day"]), today) is case["needs"]


@pytest.mark.parametrize("case", CASES["credited"], ids=lambda case: case["name"])
def test_minutes_count_as_the_table_says(case):
    total = Total(*case["total"])
    assert list(hours.credited(total, need=case["need"], simulated_share=case["share"])) == case["gives"]


@pytest.mark.parametrize(("minutes", "text"), CASES["figures"])
def test_a_figure_is_short(minutes, text):
    assert hours.figure(minutes) == text


def test_rows_add_up_by_activity_and_a_reversal_takes_away():
    rows = [
        ("home", 60, False, False),
        ("home", -60, False, False),
        ("home", 45, False, False),
        ("home", 30, True, True),
        ("police", 120, True, False),
        ("police", 15, False, True),
    ]
    assert hours.totals(rows) == {"home": Total(45, 0, 0, 30), "police": Total(0, 120, 15, 0)}


def test_a_day_is_said_in_words():
    assert days.said(date(2026, 9, 3)).render(plainly) == "3 September 2026"


def test_three_years_after_a_leap_day_is_the_twenty_eighth():
    assert days.years_later(date(2028, 2, 29), 3) == date(2031, 2, 28)
    assert days.years_later(date(2026, 11, 12), 3) == date(2029, 11, 12)


stretches = st.builds(
    Stretch,
    st.dates(PERIOD.starts_on, PERIOD.starts_on + timedelta(days=4)),
    st.builds(time, st.integers(0, 23), st.sampled_from([0, 15, 30, 45])),
    st.sampled_from(range(15, 615, 15)),
)


@given(st.lists(stretches, max_size=25))
def test_whatever_is_accepted_never_overlaps_nor_passes_ten_hours_a_day(tried):
    kept: list[Stretch] = []
    for stretch in tried:
        if not hours.problems(stretch, period=PERIOD, others=kept, today=date(2026, 11, 21)):
            kept.append(stretch)
    for stretch in kept:
        same = [other for other in kept if other.day == stretch.day]
        assert sum(other.minutes for other in same) <= hours.DAY_LIMIT_MINUTES
        assert not any(stretch.overlaps(other) for other in same if other is not stretch)


@given(stretches, stretches)
def test_overlap_is_mutual(one, other):
    assert one.overlaps(other) == other.overlaps(one)
