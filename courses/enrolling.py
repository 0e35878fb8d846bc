"""A person begins a course. Actions."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from django.utils.translation import gettext as _

from courses import outline
from courses.models import CohortMember, Enrolment
from courses.rules import admission
from courses.rules.plans import CoursePlan
from lms.kit.refusing import Refused
from lms.kit.writing import writing
from lms.people import scoping, trailing
from lms.people.models import Person


def enrol(*, person: Person, course_key: UUID, by: Person | None, now: datetime, today: date) -> Enrolment:
    """Enrol her; an enrolment that exists is returned as it is. `by` None: a command.

    Raises Refused when the course is not published, or when `by` coordinates another region.
    """
    if by is not None and not scoping.covers(by, "coordinator", person.village_id or ""):
        raise Refused(_("This person is not in your region."))
    _published(course_key)
    return _enrolled(person, course_key, by, now, today)


def join(*, person: Person, course_key: UUID, now: datetime, today: date) -> Enrolment:
    """She begins by herself. Raises Refused when the course is not published, or when she may not."""
    plan = _published(course_key)
    if not outline.is_enrolled(plan, person) and plan not in open_to(person):
        raise Refused(admission.why_not(plan).render(_), code="not_admitted")
    return _enrolled(person, course_key, person, now, today)


def open_to(person: Person, plans: Sequence[CoursePlan] | None = None) -> list[CoursePlan]:
    """Which published courses she may begin by herself. Reads the database only when one is for cohorts."""
    plans = outline.course_plans() if plans is None else plans
    by_cohort = {admission.Admission.COHORT, admission.Admission.INVITATION}
    hers: set[UUID] = set()
    if any(plan.admission in by_cohort for plan in plans):
        hers = set(CohortMember.objects.filter(person=person).order_by().values_list("cohort__course_key", flat=True))
    return [plan for plan in plans if admission.may_begin(plan, group=person.group_id, is_member=plan.key in hers)]


def _published(course_key: UUID) -> CoursePlan:
    plan = outline.outline().find_course_key(course_key)
    if plan is None:
        raise Refused(_("This course is not published. Publish it first."))
    return plan


def _enrolled(person: Person, course_key: UUID, by: Person | None, now: datetime, today: date) -> Enrolment:
    with writing():
        enrolment, is_new = Enrolment.objects.get_or_create(
            person=person, course_key=course_key, defaults={"enrolled_on": today, "by": by}
        )
        if is_new:
            trailing.record(
                actor=by, verb="courses.enrolled", subject=enrolment, now=now, detail={"course": str(course_key)}
            )
    return enrolment
