"""Who may begin a course."""

import re
from enum import StrEnum

from courses.rules.plans import CoursePlan
from lms.kit.words import Sentence, gettext_noop

# As in lms.kit.codes: no I, L, O and U, so that a code read aloud stays what it was.
CODE_LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
CODE_LENGTH = 6
_ALIKE = str.maketrans({"O": "0", "I": "1", "L": "1"})


class Admission(StrEnum):
    """By the coordinator only; anybody; members of some village groups; of a cohort; whoever has a code."""

    COORDINATOR = "coordinator"
    OPEN = "open"
    GROUP = "group"
    COHORT = "cohort"
    INVITATION = "invitation"


def may_begin(course: CoursePlan, *, group: int | None, is_member: bool) -> bool:
    """True when a learner of that village group may begin by herself. `is_member`: of a cohort of this course."""
    if course.admission == Admission.OPEN:
        return True
    if course.admission == Admission.GROUP:
        return group is not None and group in course.groups
    return course.admission in (Admission.COHORT, Admission.INVITATION) and is_member


def why_not(course: CoursePlan) -> Sentence:
    """What somebody reads who may not begin by herself."""
    if course.admission == Admission.INVITATION:
        return Sentence(gettext_noop("This course needs a code. Ask your trainer for it."))
    if course.admission == Admission.COHORT:
        return Sentence(gettext_noop("This course is for a class. Ask your trainer."))
    if course.admission == Admission.GROUP:
        return Sentence(gettext_noop("This course is for some groups. Ask your coordinator."))
    return Sentence(gettext_noop("You do not take this course yet. Ask your coordinator."))


def normal_code(text: str) -> str:
    """What somebody typed as a code, in its stored form; empty when it is none."""
    code = re.sub(r"[\s\-._]+", "", text[:40]).upper().translate(_ALIKE)
    return code if len(code) == CODE_LENGTH and all(letter in CODE_LETTERS for letter in code) else ""


def pretty_code(code: str) -> str:
    """As it is read aloud: in two groups of three."""
    return f"{code[:3]}-{code[3:]}"
