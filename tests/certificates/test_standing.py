"""Standing: the table of cases in tests/cases/standing.json, and what holds for all evidence."""

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from certificates.rules.hours import Total
from certificates.rules.standing import (
    ActivityRule,
    Evidence,
    ModuleProgress,
    ModuleRule,
    StandardRules,
    State,
    standing,
)

CASES = json.loads((Path(__file__).parents[1] / "cases" / "standing.json").read_text())
TODAY = date.fromisoformat(CASES["today"])
STANDARD = StandardRules(
    code=CASES["standard"]["code"],
    title=CASES["standard"]["title"],
    modules=tuple(ModuleRule(**row) for row in CASES["standard"]["modules"]),
    activities=tuple(ActivityRule(**row) for row in CASES["standard"]["activities"]),
)
EVERYTHING = Evidence(
    modules={code: ModuleProgress(6, 6, True) for code in ("m1", "m2", "m3")},
    passed={"m1": 88, "m2": 100},
    totals={"home": Total(120), "police": Total(60), "court": Total(60)},
    mentor="Mama Dahlia",
    reflected=frozenset({2026}),
    pledged=1,
)
TABLE = [
    pytest.param(code, case, id=f"{code}: {case['name']}")
    for code in ("modules", "exams", "hours", "reflection", "pledge")
    for case in CASES[code]
]


def plainly(text: str) -> str:
    return text


def evidence_of(case: dict) -> Evidence:
    return Evidence(
        modules={code: ModuleProgress(*row) for code, row in case.get("modules", {}).items()},
        passed=case.get("passed", {}),
        totals={code: Total(*row) for code, row in case.get("totals", {}).items()},
        mentor=case.get("mentor", ""),
        reflected=frozenset(case.get("reflected", [])),
        pledged=case.get("pledged", 0),
        pledge_version=case.get("version", 1),
    )


@pytest.mark.parametrize(("code", "case"), TABLE)
def test_a_requirement_says_what_the_table_says(code, case):
    found = standing(STANDARD, evidence_of(case), TODAY).requirement(code)
    assert found.state.name.lower() == case["state"]
    assert found.have == case["have"]
    assert found.waiting == case.get("waiting", 0)
    assert found.sentence.render(plainly) == case["sentence"]
    assert (found.next.sentence.render(plainly) if found.next else None) == case["next"]
    assert [part.state.name.lower() for part in found.parts] == case.get("parts", [])


def test_nothing_remains_when_every_requirement_is_met():
    found = standing(STANDARD, EVERYTHING, TODAY)
    assert found.is_complete
    assert found.next is None
    assert [requirement.code for requirement in found.done] == ["modules", "exams", "hours", "reflection", "pledge"]
    assert found.requirement("hours").need == STANDARD.minutes == 240


def test_one_thing_missing_is_the_next_step():
    found = standing(STANDARD, replace(EVERYTHING, reflected=frozenset()), TODAY)
    assert not found.is_complete
    assert [requirement.code for requirement in found.remaining] == ["reflection"]
    assert found.next.address == "reflection"


def test_a_standard_asks_only_for_what_it_names():
    small = replace(STANDARD, modules=STANDARD.modules[2:], activities=(), reflection=False, pledge=False)
    found = standing(small, Evidence(), TODAY)
    assert [requirement.code for requirement in found.requirements] == ["modules"]
    assert found.requirement("pledge") is None
    assert standing(replace(small, modules=()), Evidence(), TODAY).is_complete


def test_a_new_year_asks_for_a_new_reflection():
    assert not standing(STANDARD, EVERYTHING, date(2027, 1, 1)).is_complete


minutes = st.integers(0, 40).map(lambda quarter: quarter * 15)
totals = st.builds(Total, minutes, minutes, minutes, minutes)
progress = st.builds(ModuleProgress, st.integers(0, 6), st.just(6), st.booleans())
evidences = st.builds(
    Evidence,
    modules=st.dictionaries(st.sampled_from(["m1", "m2", "m3"]), progress),
    passed=st.dictionaries(st.sampled_from(["m1", "m2"]), st.integers(75, 100)),
    totals=st.dictionaries(st.sampled_from(["home", "police", "court"]), totals),
    mentor=st.sampled_from(["", "Mama Dahlia"]),
    reflected=st.frozensets(st.sampled_from([2025, 2026])),
    pledged=st.integers(0, 2),
    pledge_version=st.just(2),
)


def with_more(one: Evidence, other: Evidence) -> Evidence:
    """All of the first and all of the second."""
    return replace(
        one,
        modules={
            code: ModuleProgress(
                max(one.modules.get(code, ModuleProgress()).done, other.modules.get(code, ModuleProgress()).done),
                6,
                one.modules.get(code, ModuleProgress()).finished or other.modules.get(code, ModuleProgress()).finished,
            )
            for code in {*one.modules, *other.modules}
        },
        passed={**other.passed, **one.passed},
        totals={code: _sum(one.totals.get(code), other.totals.get(code)) for code in {*one.totals, *other.totals}},
        mentor=one.mentor or other.mentor,
        reflected=one.reflected | other.reflected,
        pledged=max(one.pledged, other.pledged),
    )


def _sum(one: Total | None, other: Total | None) -> Total:
    one, other = one or Total(), other or Total()
    return Total(
        one.verified + other.verified,
        one.simulated + other.simulated,
        one.waiting + other.waiting,
        one.waiting_simulated + other.waiting_simulated,
    )


@given(evidences, evidences)
def test_standing_never_falls_by_adding_evidence(one, other):
    before = standing(STANDARD, one, TODAY).requirements
    after = standing(STANDARD, with_more(one, other), TODAY).requirements
    for earlier, later in zip(before, after, strict=True):
        assert later.state >= earlier.state
        assert later.have >= earlier.have
        assert later.have + later.waiting >= earlier.have + earlier.waiting
        for part, grown in zip(earlier.parts, later.parts, strict=True):
            assert grown.state >= part.state


@given(evidences)
def test_verifying_what_waits_never_lowers_standing(evidence):
    verified = {
        code: Total(total.verified + total.waiting, total.simulated + total.waiting_simulated)
        for code, total in evidence.totals.items()
    }
    before = standing(STANDARD, evidence, TODAY).requirement("hours")
    after = standing(STANDARD, replace(evidence, totals=verified), TODAY).requirement("hours")
    assert after.state >= before.state
    assert after.have == before.have + before.waiting


@given(evidences)
def test_figures_and_states_agree(evidence):
    for requirement in standing(STANDARD, evidence, TODAY).requirements:
        assert 0 <= requirement.have <= requirement.need
        assert requirement.is_done == (requirement.have == requirement.need)
        assert (requirement.next is None) or requirement.state is not State.DONE
