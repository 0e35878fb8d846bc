"""A trainer notes the days on which her class met, and who was there. Actions."""

from collections.abc import Collection
from datetime import date, datetime

from django.utils.translation import gettext as _

from courses.models import Attendance, Cohort, TrainingDay
from lms.kit import identifiers
from lms.kit.refusing import Refused
from lms.kit.writing import writing
from lms.people import trailing
from lms.people.models import Person

STEP_MINUTES = 15
LONGEST_MINUTES = 10 * 60


def add_day(
    *, cohort: Cohort, held_on: date, minutes: int, topic: str, by: Person, now: datetime, today: date
) -> TrainingDay:
    """Note that the class met; the same again changes nothing.

    Raises Refused for another trainer's class, a day to come or before the class began, a wrong length, a topic with
    somebody's data, and a second meeting on one day.
    """
    _check_teaches(cohort, by)
    _check_day(cohort, held_on, minutes, topic, today)
    with writing():
        held = cohort.days.filter(held_on=held_on).first()
        if held is not None and (held.minutes, held.topic) == (minutes, topic.strip()):
            return held
        if held is not None:
            raise _taken()
        day = TrainingDay.objects.create(
            cohort=cohort, held_on=held_on, minutes=minutes, topic=topic.strip(), by=by, noted_at=now
        )
        detail = {"cohort": cohort.pk, "day": held_on.isoformat(), "minutes": minutes}
        trailing.record(actor=by, verb="courses.day_added", subject=day, now=now, detail=detail)
    return day


def change_day(
    *, day: TrainingDay, held_on: date, minutes: int, topic: str, by: Person, now: datetime, today: date
) -> TrainingDay:
    """Correct a day; the trail keeps what it said before. Raises Refused as for a new one."""
    _check_teaches(day.cohort, by)
    _check_day(day.cohort, held_on, minutes, topic, today)
    with writing():
        row = TrainingDay.objects.select_for_update().get(pk=day.pk)
        if (row.held_on, row.minutes, row.topic) == (held_on, minutes, topic.strip()):
            return row
        if day.cohort.days.filter(held_on=held_on).exclude(pk=row.pk).exists():
            raise _taken()
        detail = {"before": [row.held_on.isoformat(), row.minutes], "after": [held_on.isoformat(), minutes]}
        row.held_on, row.minutes, row.topic = held_on, minutes, topic.strip()
        row.save(update_fields=["held_on", "minutes", "topic"])
        trailing.record(actor=by, verb="courses.day_changed", subject=row, now=now, detail=detail)
    return row


def note_attendance(
    *, day: TrainingDay, present: Collection[int], absent: Collection[int], way: str, by: Person, now: datetime
) -> int:
    """Write down who was there and who was not, by the numbers of persons; returns how many changed.

    Whoever is in neither stays as she was noted. What is said again changes nothing; a correction leaves who and when
    in the trail. Raises Refused for another trainer's class, for who is not of the class, and for herself.
    """
    _check_teaches(day.cohort, by)
    said = {**dict.fromkeys(absent, False), **dict.fromkeys(present, True)}
    if by.pk in said:
        raise Refused(_("Nobody notes herself. Ask the other trainer of the class."), code="own")
    with writing():
        TrainingDay.objects.select_for_update().get(pk=day.pk)
        held = {one.person_id: one for one in day.list.all()}
        if set(said) - set(held) - set(day.cohort.members.values_list("person", flat=True)):
            raise Refused(_("One of these people is not in this class. Open the list again."), code="not_of_the_class")
        fresh = [
            Attendance(day=day, person_id=one, is_present=is_present, way=way, by=by, noted_at=now)
            for one, is_present in said.items()
            if one not in held
        ]
        changed = [held[one] for one in said if one in held and held[one].is_present != said[one]]
        for row in changed:
            row.is_present, row.way, row.by, row.noted_at = said[row.person_id], way, by, now
        Attendance.objects.bulk_create(fresh)
        Attendance.objects.bulk_update(changed, ["is_present", "way", "by", "noted_at"])
        if fresh:
            _record("courses.attendance_noted", day, fresh, way, by, now)
        if changed:
            _record("courses.attendance_corrected", day, changed, way, by, now)
    return len(fresh) + len(changed)


def _record(verb: str, day: TrainingDay, rows: list[Attendance], way: str, by: Person, now: datetime) -> None:
    detail = {
        "present": [row.person_id for row in rows if row.is_present],
        "absent": [row.person_id for row in rows if not row.is_present],
        "way": way,
    }
    trailing.record(actor=by, verb=verb, subject=day, now=now, detail=detail)


def _check_teaches(cohort: Cohort, by: Person) -> None:
    if not cohort.trainers.filter(pk=by.pk).exists():
        raise Refused(_("You do not teach this class."), code="not_hers")


def _check_day(cohort: Cohort, held_on: date, minutes: int, topic: str, today: date) -> None:
    if held_on > today:
        raise Refused(_("This date has not come yet. Choose today or earlier."), field="held_on", code="future")
    if held_on < cohort.starts_on:
        raise Refused(_("The class had not begun on that day. Choose a later one."), field="held_on", code="before")
    if not STEP_MINUTES <= minutes <= LONGEST_MINUTES or minutes % STEP_MINUTES:
        raise Refused(_("Choose a length in steps of 15 minutes."), field="minutes", code="step")
    found = identifiers.kinds(topic)
    if found:
        raise Refused(identifiers.sentence_for(found).render(_), field="topic", code="identifier")


def _taken() -> Refused:
    return Refused(_("There is a meeting on that day already. Open it and correct it."), field="held_on", code="taken")
