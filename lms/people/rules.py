"""Pure rules about regions, roles and secrets."""

import itertools
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

REGION_CODE = re.compile(r"\d\d(\.\d\d(\.\d\d(\.\d{4})?)?)?")
LEVELS = {1: "province", 2: "regency", 3: "subdistrict", 4: "village"}
STAFF_ROLES = frozenset({"trainer", "coordinator", "owner"})
PIN_DIGITS = 6
PASSWORD_LETTERS = 12
# The first age of each band after the first.
AGE_BANDS = (25, 35, 45, 55)


def is_region_code(code: str) -> bool:
    """True for `53`, `53.02`, `53.02.01` or `53.02.01.2001` (Kemendagri code, domain.md 8.2)."""
    return REGION_CODE.fullmatch(code) is not None


def level_of(code: str) -> int:
    """1 province, 2 regency, 3 subdistrict, 4 village."""
    return code.count(".") + 1


def parent_of(code: str) -> str:
    """The code one level up; empty for a province."""
    return code.rpartition(".")[0]


def lies_in(code: str, region: str) -> bool:
    """True when `code` is `region` or below it, on whole segments: 53.02 does not hold 53.021. Empty holds all."""
    return not region or code == region or code.startswith(region + ".")


def code_range(region: str) -> tuple[str, str]:
    """The half-open range of codes that a region holds: an index can walk it ('/' follows '.')."""
    return region, region + "/"


def age_band(birth_year: int, year: int) -> tuple[int | None, int | None]:
    """The first and last age of the band in which somebody turns her age in this year; None where it is open."""
    age = year - birth_year
    first = max((start for start in AGE_BANDS if start <= age), default=None)
    following = min((start for start in AGE_BANDS if start > age), default=None)
    return first, following - 1 if following else None


@dataclass(frozen=True)
class HeldRole:
    """A role that a person holds; an empty region code means everywhere."""

    kind: str
    region_code: str
    starts_on: date
    ends_on: date | None = None

    def holds_on(self, day: date) -> bool:
        """The last day counts."""
        return self.starts_on <= day and (self.ends_on is None or day <= self.ends_on)


def covers(roles: Iterable[HeldRole], kind: str, region_code: str) -> bool:
    """True when one of the roles is of this kind and its region holds the code."""
    return any(role.kind == kind and lies_in(region_code, role.region_code) for role in roles)


def is_good_secret(secret: str, *, is_staff: bool) -> bool:
    """Learners: a PIN of six digits or more, or a password. Staff: a password of twelve characters (promises.md)."""
    if is_staff:
        return len(secret) >= PASSWORD_LETTERS
    if secret.isdecimal():
        return len(secret) >= PIN_DIGITS and not is_weak_pin(secret)
    return len(secret) >= PASSWORD_LETTERS


def is_weak_pin(pin: str) -> bool:
    """One digit repeated, or digits that only count up or down by one."""
    steps = {int(b) - int(a) for a, b in itertools.pairwise(pin)}
    return len(steps) == 1 and steps <= {-1, 0, 1}
