"""What comes through the inbox or a page: the same form, then one action."""

from typing import Any

from certificates import mentoring, pledging, reflecting
from certificates.forms.entries import HoursForm, PledgeForm, ReflectionForm, VerdictForm
from certificates.models import HoursEntry
from lms.kit import clock
from lms.people.models import Person
from lms.sync import registry
from lms.sync.registry import Stamp


def register_entries() -> None:
    registry.register(HoursForm, log_hours)
    registry.register(VerdictForm, judge_hours)
    registry.register(ReflectionForm, write_reflection)
    registry.register(PledgeForm, sign_pledge)


def log_hours(*, person: Person, stamp: Stamp, cleaned: dict[str, Any]) -> object:
    return mentoring.log_hours(learner=person, entry_id=stamp.id, now=stamp.received_at, today=clock.today(), **cleaned)


def judge_hours(*, person: Person, stamp: Stamp, cleaned: dict[str, Any]) -> object:
    entries = _seen(person, cleaned["hours"])
    if cleaned["verdict"] == "return":
        return mentoring.return_hours(
            entry=entries[0], judge=person, reason=cleaned["reason"], now=stamp.received_at, today=clock.today()
        )
    return mentoring.verify_hours(entries=entries, judge=person, now=stamp.received_at, today=clock.today())


def write_reflection(*, person: Person, stamp: Stamp, cleaned: dict[str, Any]) -> object:
    return reflecting.write_reflection(
        person=person,
        answers=ReflectionForm.answers(cleaned),
        willing=cleaned["willing"],
        year=cleaned["year"],
        now=stamp.received_at,
        today=clock.today(),
    )


def sign_pledge(*, person: Person, stamp: Stamp, cleaned: dict[str, Any]) -> object:
    return pledging.sign(person=person, kind=cleaned["about"], version=cleaned["version"], now=stamp.received_at)


def _seen(person: Person, ids: list[Any]) -> list[HoursEntry]:
    """The entries through the filter of sight; one she may not see is as good as none."""
    rows = {row.pk: row for row in HoursEntry.objects.visible_to(person).filter(pk__in=ids)}
    if set(ids) - set(rows):
        raise mentoring.not_found()
    return [rows[one] for one in ids]
