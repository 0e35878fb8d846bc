"""Standing: the table of cases in tests/cases/standing.json, and what holds for all evidence."""

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from certificates.rules.hours import Total
from certificates.rules.requirements import Evidence, ModuleProgress, State
from certificates.rules.standards import ActivityRule, CompetencyRule, ModuleRule, StandardRules, TaskRule
from certificates.rules.standing import standing

CASES = json.loads((Path(__file__).parents[1] / "cases" / "standing.json").read_text())
TODAY = date.fromisoformat(CASES["today"])
STANDARD = StandardRules(
    **CASES["standard"]
    | {
        "modules": tuple(ModuleRule(**row) for row in CASES["standard"]["modules"]),
        "activities": tuple(ActivityRule(**row) for row in CASES["standard"]["activities"]),
        "tasks": tuple(TaskRule(**row) for row in CASES["standard"]["tasks"]),
        "competencies": tuple(CompetencyRule(**row) for row in CASES["standard"]["competencies"]),
    }
)
EVERYTHING = Evidence(
    modules={code: ModuleProgress(6, 6, True) for code in ("m1", "m2", "m3")},
    passed={"m1": 88, "m2": 100},
    walked=frozenset({"m1", "m2"}),
    tasks={"m2": 70, "m3": 80},
    days=8,
    signed={"k1": 2, "k2": 3},
    talks=3,
    talk_minutes=180,
    safeguarded=1,
    is_of_age=True,
    totals={"home": Total(120), "police": Total(60), "court": Total(60)},
    mentor="Mama Dahlia",
    reflected=frozenset({2026}),
    pledged=1,
)
EVERYTHING_ASKED = [
    "modules",
    "exams",
    "stories",
    "tasks",
    "days",
    "hours",
    "competencies",
    "supervision",
    "reflection",
    "pledge",
    "safeguarding",
    "age",
]
TABLE = [pytest.param(code, case, id=f"{code}: {case['name']}") for code in EVERYTHING_ASKED for case in CASES[code]]


def plainly(text: str) -> str:
    return text


def evidence_of(case: dict) -> Evidence:
    return Evidence(
        modules={code: ModuleProgress(*row) for code, row in case.get("modules", {}).items()},
        passed=case.get("passed", {}),
        walked=frozenset(case.get("walked", [])),
        tasks=case.get("tasks", {}),
        handed_in=frozenset(case.get("handed_in", [])),
        recognised=frozenset(case.get("recognised", [])),
        days=case.get("days", 0),
        signed=case.get("signed", {}),
        talks=case.get("talks", 0),
        talk_minutes=case.get("talk_minutes", 0),
        safeguarded=case.get("safeguarded", 0),
        is_of_age=case.get("of_age", False),
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
    assert [requirement.code for requirement in found.done] == EVERYTHING_ASKED
    assert found.requirement("hours").need == STANDARD.minutes == 240


def test_one_thing_missing_is_the_next_step():
    found = standing(STANDARD, replace(EVERYTHING, reflected=frozenset()), TODAY)
    assert not found.is_complete
    assert [requirement.code for requirement in found.remaining] == ["reflection"]
    assert found.next.address == "reflection"


def test_a_standard_asks_only_for_what_it_names():
    small = StandardRules("small", "Small", modules=STANDARD.modules[2:], reflection=False, pledge=False)
    found = standing(small, Evidence(), TODAY)
    assert [requirement.code for requirement in found.requirements] == ["modules"]
    assert found.requirement("pledge") is None
    assert standing(replace(small, modules=()), Evidence(), TODAY).is_complete


def test_a_new_year_asks_for_a_new_reflection():
    assert not standing(STANDARD, EVERYTHING, date(2027, 1, 1)).is_complete


minutes = st.integers(0, 40).map(lambda quarter: quarter * 15)
totals = st.builds(Total, minutes, minutes, minutes, minutes)
codes = st.sampled_from(["m1", "m2", "m3"])
progress = st.builds(ModuleProgress, st.integers(0, 6), st.just(6), st.booleans())
evidences = st.builds(
    Evidence,
    modules=st.dictionaries(st.sampled_from(["m1", "m2", "m3"]), progress),
    passed=st.dictionaries(st.sampled_from(["m1", "m2"]), st.integers(75, 100)),
    walked=st.frozensets(codes),
    tasks=st.dictionaries(codes, st.integers(0, 100)),
    handed_in=st.frozensets(codes),
    recognised=st.frozensets(codes),
    days=st.integers(0, 12),
    signed=st.dictionaries(st.sampled_from(["k1", "k2"]), st.integers(0, 3)),
    talks=st.integers(0, 5),
    talk_minutes=st.integers(0, 400),
    safeguarded=st.integers(0, 1),
    is_of_age=st.booleans(),
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
        walked=one.walked | other.walked,
        tasks=_best(one.tasks, other.tasks),
        handed_in=one.handed_in | other.handed_in,
        recognised=one.recognised | other.recognised,
        days=one.days + other.days,
        signed=_best(one.signed, other.signed),
        talks=one.talks + other.talks,
        talk_minutes=one.talk_minutes + other.talk_minutes,
        safeguarded=max(one.safeguarded, other.safeguarded),
        is_of_age=one.is_of_age or other.is_of_age,
        totals={code: _sum(one.totals.get(code), other.totals.get(code)) for code in {*one.totals, *other.totals}},
        mentor=one.mentor or other.mentor,
        reflected=one.reflected | other.reflected,
        pledged=max(one.pledged, other.pledged),
    )


def _best(one: dict, other: dict) -> dict:
    return {key: max(one.get(key, 0), other.get(key, 0)) for key in {*one, *other}}


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
