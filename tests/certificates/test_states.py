"""States of a companion: the table of cases in tests/cases/states.json, and what holds for every history."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from certificates.rules import states
from certificates.rules.states import HOLDS, By, Facts, Move, Mover, State

CASES = json.loads((Path(__file__).parents[1] / "cases" / "states.json").read_text())


def facts_of(case: dict) -> Facts:
    return Facts(**{name: State(value) if name in ("hold", "grant") else value for name, value in case.items()})


@pytest.mark.parametrize("case", [pytest.param(case, id=case["name"]) for case in CASES["states"]])
def test_the_state_follows_from_the_facts(case):
    assert states.state_of(facts_of(case["facts"])) == case["state"]


@pytest.mark.parametrize("case", [pytest.param(case, id=case["name"]) for case in CASES["moves"]])
def test_a_move_is_open_or_refused_with_a_sentence(case):
    facts, move = facts_of(case["facts"]), Move(case["move"])
    mover = Mover(By(case["by"]), case.get("concerned", False))
    found = states.refusal(move, facts, mover, certified_years=case.get("years", 0))
    assert (found.render(str) if found else None) == case["refused"]
    if found is None:
        assert list(states.after(move, facts)) == case["after"]


facts = st.builds(
    Facts,
    hold=st.none() | st.sampled_from(sorted(HOLDS)),
    grant=st.none() | st.sampled_from([State.PROVISIONAL, State.SENIOR]),
    has_begun=st.booleans(),
    has_mentor=st.booleans(),
    certified=st.booleans(),
    lapsed=st.booleans(),
    done_percent=st.integers(0, 100),
)
steps = st.lists(st.tuples(st.sampled_from(Move), st.builds(Mover, st.sampled_from(By), st.booleans())), max_size=12)


def walk(start: Facts, path: list[tuple[Move, Mover]]) -> list[tuple[Facts, Move, Mover]]:
    """The moves of a path that were open, each with the facts before it."""
    made, now = [], start
    for move, mover in path:
        if states.refusal(move, now, mover) is None:
            made.append((now, move, mover))
            hold, grant = states.after(move, now)
            now = replace(now, hold=hold, grant=grant)
    return made


@given(facts, steps)
def test_no_path_gives_herself_more_than_evidence_does(start, path):
    alone = [(move, Mover(By.HERSELF)) for move, _mover in path]
    for before, move, _mover in walk(start, alone):
        assert move in (Move.PAUSE, Move.RESUME, Move.RETIRE)
        hold, grant = states.after(move, before)
        assert grant == before.grant
        assert states.state_of(replace(before, hold=hold, grant=grant)) in {
            State.PAUSED,
            State.RETIRED,
            states.state_of(replace(before, hold=None)),
        }


@given(facts, steps)
def test_only_the_panel_ends_a_suspension_and_nobody_ends_a_revocation(start, path):
    for before, move, mover in walk(start, path):
        if before.hold is State.SUSPENDED:
            assert mover.by is By.PANEL
        assert before.hold is not State.REVOKED
        assert move in states.open_moves(before, mover)


@given(facts, st.sampled_from(Move), st.sampled_from([By.COORDINATOR, By.PANEL]))
def test_who_is_concerned_moves_nobody(now, move, by):
    assert states.refusal(move, now, Mover(by, is_concerned=True)) is not None
