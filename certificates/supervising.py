"""A mentor signs off competencies and notes talks of supervision. Actions."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID, uuid5

from django.utils.translation import gettext as _

from certificates import versions
from certificates.models import SignOff, SupervisionTalk
from certificates.rules import hours
from lms.kit.refusing import Refused
from lms.kit.writing import writing
from lms.people import scoping, trailing
from lms.people.models import Mentorship, Person

LONGEST_MINUTES = 8 * 60


def sign_off(
    *, person: Person, mentor: Person, competency: str, level: int, seen_on: date, now: datetime, today: date
) -> SignOff:
    """Keep that her mentor saw a competency at a level (0-3) on a day; the same again changes nothing.

    Raises Refused when the standard does not know it, on a day to come, or outside the mentorship (domain.md 4.3).
    """
    if competency not in {one.code for one in versions.competencies_of(person.pk)}:
        raise Refused(_("The standard does not know this competency. Choose one of the list."), field="competency")
    if level not in SignOff.Level.values:
        raise Refused(_("Choose one of the levels."), field="level")
    check_mentor(person, mentor, seen_on, today, field="seen_on")
    with writing():
        row, is_new = SignOff.objects.get_or_create(
            person=person,
            competency=competency,
            seen_on=seen_on,
            level=level,
            defaults={"mentor": mentor, "signed_at": now},
        )
        if is_new:
            detail = {"competency": competency, "level": level}
            trailing.record(actor=mentor, verb="certificates.signed_off", subject=row, detail=detail, now=now)
    return row


def note_talk(
    *,
    people: Sequence[Person],
    mentor: Person,
    talk_id: UUID,
    held_on: date,
    minutes: int,
    now: datetime,
    today: date,
) -> list[SupervisionTalk]:
    """Keep a talk with one mentee or with several at once; the same `talk_id` again changes nothing.

    Raises Refused for a wrong length, a day to come, or somebody who is not her mentee on that day.
    """
    if not people:
        raise Refused(_("Tick who took part."), field="people")
    if not hours.STEP_MINUTES <= minutes <= LONGEST_MINUTES or minutes % hours.STEP_MINUTES:
        raise Refused(_("Choose a length in steps of 15 minutes."), field="minutes")
    for person in people:
        check_mentor(person, mentor, held_on, today, field="held_on")
    kind = SupervisionTalk.Kind.GROUP if len(people) > 1 else SupervisionTalk.Kind.ALONE
    rows = [
        SupervisionTalk(
            pk=uuid5(talk_id, str(person.pk)),
            person=person,
            mentor=mentor,
            held_on=held_on,
            minutes=minutes,
            kind=kind,
            noted_at=now,
        )
        for person in people
    ]
    with writing():
        held = set(SupervisionTalk.objects.filter(pk__in=[row.pk for row in rows]).values_list("pk", flat=True))
        fresh = [row for row in rows if row.pk not in held]
        for row in SupervisionTalk.objects.bulk_create(fresh):
            trailing.record(
                actor=mentor, verb="certificates.talk_noted", subject=row, detail={"minutes": minutes}, now=now
            )
    return rows


def check_mentor(person: Person, mentor: Person, day: date, today: date, *, field: str) -> None:
    """Refuse whoever was not her mentor on that day; `field` is the date of the form."""
    if person.pk == mentor.pk:
        raise Refused(_("Nobody signs for herself."), code="own")
    if day > today:
        raise Refused(_(hours.NOT_YET), field=field)
    if not scoping.has_role(mentor, "mentor"):
        raise Refused(_("Only her mentor signs this."), code="not_mentor")
    if not Mentorship.objects.on(day).filter(mentor=mentor, learner=person).exists():
        raise Refused(_("You were not her mentor on that day. Choose another day."), field=field, code="not_mentor")
