"""A companion writes her yearly reflection; her mentor ticks that they talked about it. Actions."""

from collections.abc import Mapping
from datetime import date, datetime

from django.utils.translation import gettext as _

from certificates import renewals, supervising
from certificates.models import Reflection
from lms.kit import identifiers
from lms.kit.refusing import Refused
from lms.kit.writing import writing
from lms.people import trailing
from lms.people.models import Person

MOST_LETTERS = 1500


def write_reflection(
    *,
    person: Person,
    answers: Mapping[str, str],
    willing: str,
    now: datetime,
    today: date,
    year: int | None = None,
) -> Reflection:
    """Keep the reflection of a year; writing again replaces her own words. Raises Refused (domain.md 4.5, 5.4).

    `answers` maps the number of a question to its text; `willing` is yes, pause or stop. `year`: this one unless told
    otherwise; an earlier one only when her certificate asks for it, and it is marked as late.
    """
    year = year or today.year
    if year not in renewals.years_to_write(person, today=today):
        raise Refused(_("No reflection is asked for that year."), field="year", code="year")
    kept = {number: text.strip() for number, text in answers.items() if text.strip()}
    if not kept:
        raise Refused(_("Answer at least one question."))
    if willing not in {"yes", "pause", "stop"}:
        raise Refused(_("Say whether you want to go on."), field="willing")
    for number, text in kept.items():
        _check(number, text)
    with writing():
        said = {"answers": kept, "willing": willing, "written_at": now}
        reflection, is_new = Reflection.objects.update_or_create(
            person=person, year=year, defaults=said, create_defaults={**said, "is_late": year < today.year}
        )
        detail = {"year": year, "answers": len(kept), "again": not is_new}
        trailing.record(actor=person, verb="certificates.reflected", subject=reflection, detail=detail, now=now)
    return reflection


def discuss(*, person: Person, year: int, mentor: Person, held_on: date, now: datetime, today: date) -> Reflection:
    """Keep the day on which a mentor and her mentee talked about a reflection; again changes nothing.

    Raises Refused for a day to come, outside the mentorship, or while it is not written.
    """
    supervising.check_mentor(person, mentor, held_on, today, field="held_on")
    with writing():
        row = Reflection.objects.select_for_update().filter(person=person, year=year).first()
        if row is None:
            raise Refused(_("She has not written this reflection yet."), field="year", code="not_written")
        if row.discussed_on is None:
            row.discussed_on, row.discussed_with = held_on, mentor
            row.save(update_fields=["discussed_on", "discussed_with"])
            trailing.record(actor=mentor, verb="certificates.discussed", subject=row, detail={"year": year}, now=now)
    return row


def _check(number: str, text: str) -> None:
    field = f"answer_{number}"
    if len(text) > MOST_LETTERS:
        raise Refused(_("This answer is too long. Keep the most important part."), field=field)
    found = identifiers.kinds(text)
    if found:
        raise Refused(identifiers.sentence_for(found).render(_), field=field, code="identifier")
