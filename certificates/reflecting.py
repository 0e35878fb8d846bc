"""A companion writes her yearly reflection. Action."""

from collections.abc import Mapping
from datetime import date, datetime

from django.utils.translation import gettext as _

from certificates.models import Reflection
from lms.kit import identifiers
from lms.kit.refusing import Refused
from lms.kit.writing import writing
from lms.people import trailing
from lms.people.models import Person

MOST_LETTERS = 1500


def write_reflection(
    *, person: Person, answers: Mapping[str, str], willing: str, now: datetime, today: date
) -> Reflection:
    """Keep the reflection of this year; writing again replaces her own words. Raises Refused (domain.md 4.5, 5.4).

    `answers` maps the number of a question to its text; `willing` is yes, pause or stop.
    """
    kept = {number: text.strip() for number, text in answers.items() if text.strip()}
    if not kept:
        raise Refused(_("Answer at least one question."))
    if willing not in {"yes", "pause", "stop"}:
        raise Refused(_("Say whether you want to go on."), field="willing")
    for number, text in kept.items():
        _check(number, text)
    with writing():
        reflection, is_new = Reflection.objects.update_or_create(
            person=person, year=today.year, defaults={"answers": kept, "willing": willing, "written_at": now}
        )
        detail = {"year": today.year, "answers": len(kept), "again": not is_new}
        trailing.record(actor=person, verb="certificates.reflected", subject=reflection, detail=detail, now=now)
    return reflection


def _check(number: str, text: str) -> None:
    field = f"answer_{number}"
    if len(text) > MOST_LETTERS:
        raise Refused(_("This answer is too long. Keep the most important part."), field=field)
    found = identifiers.kinds(text)
    if found:
        raise Refused(identifiers.sentence_for(found).render(_), field=field, code="identifier")
