"""A person begins a course. Action."""

from datetime import date, datetime
from uuid import UUID

from django.utils.translation import gettext as _

from courses import outline
from courses.models import Enrolment
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
    if course_key not in {course.key for course in outline.course_plans()}:
        raise Refused(_("This course is not published. Publish it first."))
    with writing():
        enrolment, is_new = Enrolment.objects.get_or_create(
            person=person, course_key=course_key, defaults={"enrolled_on": today, "by": by}
        )
        if is_new:
            trailing.record(
                actor=by, verb="courses.enrolled", subject=enrolment, now=now, detail={"course": str(course_key)}
            )
    return enrolment
