"""Trainers make cohorts, put people in and take them out, and invite. Actions."""

import secrets
from collections.abc import Collection
from datetime import date, datetime
from uuid import UUID

from django.core.cache import cache
from django.utils.translation import gettext as _

from courses import enrolling, outline
from courses.models import Cohort, CohortMember, Enrolment, Invitation
from courses.rules import admission
from lms.kit.refusing import Refused
from lms.kit.writing import writing
from lms.people import scoping, trailing
from lms.people.models import Person, Region

MISSES = 10
MISSES_SECONDS = 24 * 60 * 60


def make_cohort(
    *,
    name: str,
    course_key: UUID,
    region: Region,
    starts_on: date,
    ends_on: date | None,
    trainers: Collection[Person],
    by: Person,
    now: datetime,
) -> Cohort:
    """A trainer makes a cohort in her region; she teaches it, and those she names do.

    Raises Refused when the region is not hers, the course is not published, or the name is taken there.
    """
    if not scoping.covers(by, "trainer", region.code):
        raise Refused(_("You make classes in your own region only."), field="region")
    if outline.outline().find_course_key(course_key) is None:
        raise Refused(_("This course is not published. Publish it first."), field="course")
    if any(not scoping.covers(one, "trainer", region.code) for one in trainers):
        raise Refused(_("One of these people is no trainer in this region."), field="trainers")
    if Cohort.objects.filter(region=region, name=name).exists():
        raise Refused(_("A class in this region has this name. Choose another one."), field="name")
    with writing():
        cohort = Cohort(name=name, course_key=course_key, region=region, starts_on=starts_on, ends_on=ends_on)
        cohort.save()
        cohort.trainers.set({by, *trainers})
        trailing.record(
            actor=by,
            verb="courses.cohort_made",
            subject=cohort,
            now=now,
            detail={"region": region.code, "course": str(course_key)},
        )
    return cohort


def add_member(*, cohort: Cohort, person: Person, by: Person, now: datetime, today: date) -> CohortMember:
    """Put a learner of the trainer's region into a cohort; once is enough. Raises Refused for anybody else."""
    _check_trainer(cohort, by)
    if not scoping.visible_persons(by, as_role="trainer").filter(pk=person.pk).exists():
        raise Refused(_("This person is not a learner of your region."))
    return _added(cohort, person, by, now, today)


def remove_member(*, cohort: Cohort, person: Person, by: Person, now: datetime) -> None:
    """Take somebody out; what she has learned stays. Doing it again changes nothing."""
    _check_trainer(cohort, by)
    with writing():
        if CohortMember.objects.filter(cohort=cohort, person=person).delete()[0]:
            _note("courses.member_removed", cohort, person, by, now)


def invite(*, cohort: Cohort, ends_on: date, by: Person, now: datetime, today: date) -> Invitation:
    """A new code for the cohort, good until that day; the old one is void.

    Raises Refused when the day has passed, or when the course lets nobody in by a code.
    """
    _check_trainer(cohort, by)
    plan = outline.outline().find_course_key(cohort.course_key)
    if plan is None or plan.admission != admission.Admission.INVITATION:
        raise Refused(_("This course takes no codes. Change who may begin it in the editor."))
    if ends_on < today:
        raise Refused(_("This day has passed. Choose a later one."), field="ends_on")
    with writing():
        invitation, _is_new = Invitation.objects.update_or_create(
            cohort=cohort, defaults={"code": _new_code(), "ends_on": ends_on, "by": by}
        )
        trailing.record(actor=by, verb="courses.invited", subject=cohort, now=now, detail={"until": str(ends_on)})
    return invitation


def accept(*, person: Person, code: str, now: datetime, today: date) -> Enrolment:
    """She types a code: she joins the cohort and begins its course.

    Raises Refused for a wrong or old code, and (code `too_often`) after ten wrong ones in a day.
    """
    counter = f"invitation-misses:{person.pk}"
    if cache.get(counter, 0) >= MISSES:
        raise Refused(_("Too many wrong codes today. Ask your trainer, and try tomorrow."), code="too_often")
    found = (
        Invitation.objects.filter(code=admission.normal_code(code) or None, ends_on__gte=today)
        .select_related("cohort")
        .first()
    )
    plan = outline.outline().find_course_key(found.cohort.course_key) if found else None
    if found is None or plan is None or plan.admission != admission.Admission.INVITATION:
        cache.set(counter, cache.get(counter, 0) + 1, MISSES_SECONDS)
        raise Refused(_("This code is not right, or it is over. Ask your trainer."), field="code")
    with writing():
        _added(found.cohort, person, found.by, now, today)
        return enrolling.join(person=person, course_key=plan.key, now=now, today=today)


def _check_trainer(cohort: Cohort, by: Person) -> None:
    if not scoping.covers(by, "trainer", cohort.region_id):
        raise Refused(_("This class is not in your region."))


def _added(cohort: Cohort, person: Person, by: Person | None, now: datetime, today: date) -> CohortMember:
    with writing():
        member, is_new = CohortMember.objects.get_or_create(
            cohort=cohort, person=person, defaults={"added_on": today, "by": by}
        )
        if is_new:
            _note("courses.member_added", cohort, person, by, now)
    return member


def _note(verb: str, cohort: Cohort, person: Person, by: Person | None, now: datetime) -> None:
    trailing.record(actor=by, verb=verb, subject=cohort, person=person, now=now, detail={"cohort": cohort.pk})


def _new_code() -> str:
    while True:
        code = "".join(secrets.choice(admission.CODE_LETTERS) for _letter in range(admission.CODE_LENGTH))
        if not Invitation.objects.filter(code=code).exists():
            return code
