"""Renewal: the table of cases in tests/cases/renewal.json, and what holds for every history."""

import json
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from certificates.rules import renewal as rules
from certificates.rules.hours import Period
from certificates.rules.renewal import Held, Kept, Phase
from certificates.rules.standards import RenewalRule

CASES = json.loads((Path(__file__).parents[1] / "cases" / "renewal.json").read_text())
RULE = RenewalRule(**CASES["rule"])
HELD = Held(**{name: date.fromisoformat(day) for name, day in CASES["held"].items()})


def plainly(text: str) -> str:
    return text


def kept_of(case: dict) -> Kept:
    kept = case.get("kept", {})
    each_year = kept.get("talks_each_year", 0)
    talks = [year.starts_on + timedelta(days=30 * n) for year in rules.years_of(HELD) for n in range(each_year)]
    return Kept(
        reflected=frozenset(kept.get("reflected", [])),
        refreshers=tuple((date.fromisoformat(day), minutes) for day, minutes in kept.get("refreshers", [])),
        legal=tuple(
            date.fromisoformat(day) for day in kept.get("legal", [day for day, _ in kept.get("refreshers", [])])
        ),
        talks=tuple(talks),
        exams=tuple((code, date.fromisoformat(day)) for code, day in kept.get("exams", [])),
        pauses=tuple(Period(*(date.fromisoformat(day) for day in pause)) for pause in case.get("pauses", [])),
        is_pledged=kept.get("pledged", False),
        is_safeguarded=kept.get("safeguarded", False),
    )


def cases(name: str) -> list:
    return [pytest.param(case, id=case["name"]) for case in CASES[name]]


@pytest.mark.parametrize("case", cases("phases"))
def test_a_certificate_is_in_one_phase_with_a_last_day(case):
    found = rules.renewal(RULE, HELD, kept_of(case), date.fromisoformat(case["today"]))
    assert found.phase == case["phase"]
    assert (found.closes_on.isoformat() if found.closes_on else None) == case["closes"]
    assert found.sentence.render(plainly) == case["sentence"]


@pytest.mark.parametrize("case", cases("requirements"))
def test_each_year_asks_for_its_own(case):
    found = rules.renewal(RULE, HELD, kept_of(case), date.fromisoformat(case["today"]))
    by_code = {one.code: one for one in found.requirements}
    assert {code: by_code[code].state.name.lower() for code in case["states"]} == case["states"]
    assert {code: by_code[code].sentence.render(plainly) for code in case["says"]} == case["says"]
    assert found.is_open == case["open"]


@pytest.mark.parametrize("case", cases("periods"))
def test_a_renewal_adds_a_period(case):
    found = rules.next_period(RULE, HELD, Kept(), date.fromisoformat(case["today"]), 3)
    assert (found.starts_on.isoformat(), found.ends_on.isoformat()) == (case["begins"], case["ends"])


def test_a_year_belongs_to_a_certificate_once_also_on_a_leap_day():
    held = Held(date(2028, 2, 29), date(2031, 2, 27))
    years = rules.years_of(held)
    assert [year.name for year in years] == [2029, 2030, 2031]
    assert years[0].starts_on == held.issued_on
    assert years[-1].ends_on == held.expires_on


some_day = st.dates(date(2026, 11, 21), date(2032, 12, 31))
pauses = st.lists(
    st.tuples(some_day, st.none() | st.integers(0, 400)).map(
        lambda pair: Period(pair[0], None if pair[1] is None else pair[0] + timedelta(days=pair[1]))
    ),
    max_size=3,
).map(tuple)
kepts = st.builds(
    Kept,
    reflected=st.frozensets(st.integers(2026, 2032)),
    refreshers=st.lists(st.tuples(some_day, st.integers(1, 40).map(lambda n: n * 15)), max_size=6).map(tuple),
    legal=st.lists(some_day, max_size=5).map(tuple),
    talks=st.lists(some_day, max_size=16).map(tuple),
    exams=st.lists(st.tuples(st.sampled_from(["m1", "m3", "m4", "m7"]), some_day), max_size=6).map(tuple),
    pauses=pauses,
    is_pledged=st.booleans(),
    is_safeguarded=st.booleans(),
)


@given(kepts, kepts, some_day)
def test_more_kept_never_lowers_a_requirement(one, other, today):
    more = replace(
        one,
        reflected=one.reflected | other.reflected,
        refreshers=one.refreshers + other.refreshers,
        legal=one.legal + other.legal,
        talks=one.talks + other.talks,
        exams=one.exams + other.exams,
        is_pledged=one.is_pledged or other.is_pledged,
        is_safeguarded=one.is_safeguarded or other.is_safeguarded,
    )
    before = rules.renewal(RULE, HELD, one, today).requirements
    after = rules.renewal(RULE, HELD, more, today).requirements
    for earlier, later in zip(before, after, strict=True):
        assert later.state >= earlier.state
        assert later.have >= earlier.have


@given(kepts, some_day, pauses)
def test_a_pause_never_costs_anything(kept, today, more):
    order = list(Phase)
    without, with_more = replace(kept, pauses=()), replace(kept, pauses=more)
    before, after = (rules.renewal(RULE, HELD, one, today) for one in (without, with_more))
    assert order.index(after.phase) <= order.index(before.phase)
    assert sum(one.need - one.have for one in after.requirements) <= sum(
        one.need - one.have for one in before.requirements
    )


@given(some_day, pauses, st.integers(1, 5))
def test_a_renewal_leaves_the_earlier_period_as_it_was(today, pause, years):
    period = rules.next_period(RULE, HELD, Kept(pauses=pause), max(today, HELD.issued_on), years)
    assert period.starts_on > HELD.expires_on or period.starts_on == today > HELD.expires_on
    assert period.ends_on is not None
    assert period.ends_on > period.starts_on
