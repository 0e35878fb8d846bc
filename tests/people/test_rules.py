"""Regions, roles and secrets, without a database."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.people import rules
from lms.people.rules import HeldRole

DAY = date(2026, 11, 22)


@pytest.mark.parametrize("code", ["53", "53.02", "53.02.01", "53.02.01.2001"])
def test_an_official_code_is_a_region_code(code: str) -> None:
    assert rules.is_region_code(code)


@pytest.mark.parametrize("code", ["", "5", "53.", "53.2", "53.02.01.201", "53.02.01.2001.1", "a3", "53-02", "53.02\n"])
def test_anything_else_is_not(code: str) -> None:
    assert not rules.is_region_code(code)


@pytest.mark.parametrize(
    ("code", "region", "lies"),
    [
        ("53.02", "53.02", True),
        ("53.02.01.2001", "53.02", True),
        ("53.02.01.2001", "", True),
        ("53.021", "53.02", False),
        ("53.03", "53.02", False),
        ("53", "53.02", False),
        ("", "53", False),
    ],
)
def test_a_region_holds_codes_on_whole_segments(code: str, region: str, lies: bool) -> None:
    assert rules.lies_in(code, region) is lies


segments = st.from_regex(rules.REGION_CODE, fullmatch=True)


@given(code=segments, region=segments)
def test_the_range_of_an_index_and_the_rule_agree(code: str, region: str) -> None:
    low, high = rules.code_range(region)
    assert (low <= code < high) is rules.lies_in(code, region)


def test_levels_and_parents_come_from_the_segments() -> None:
    assert rules.LEVELS[rules.level_of("53.02.01.2001")] == "village"
    assert rules.parent_of("53.02.01.2001") == "53.02.01"
    assert rules.parent_of("53") == ""


def test_a_role_holds_from_its_first_to_its_last_day() -> None:
    role = HeldRole("mentor", "53.02", date(2026, 1, 1), date(2026, 11, 22))
    assert role.holds_on(date(2026, 1, 1))
    assert role.holds_on(DAY)
    assert not role.holds_on(date(2025, 12, 31))
    assert not role.holds_on(date(2026, 11, 23))
    assert HeldRole("mentor", "", date(2026, 1, 1)).holds_on(date(2036, 1, 1))


def test_a_role_covers_its_own_region_and_kind_only() -> None:
    roles = [HeldRole("coordinator", "53.02", DAY)]
    assert rules.covers(roles, "coordinator", "53.02.01.2001")
    assert not rules.covers(roles, "coordinator", "53.03.01.2001")
    assert not rules.covers(roles, "mentor", "53.02.01.2001")


@pytest.mark.parametrize(
    ("secret", "is_staff", "good"),
    [
        ("246810", False, True),
        ("24681", False, False),
        ("111111", False, False),
        ("123456", False, False),
        ("654321", False, False),
        ("a-long-password", False, True),
        ("short", False, False),
        ("246810", True, False),
        ("lopo-demo-2026", True, True),
    ],
)
def test_learners_have_pins_and_staff_have_long_passwords(secret: str, is_staff: bool, good: bool) -> None:
    assert rules.is_good_secret(secret, is_staff=is_staff) is good
