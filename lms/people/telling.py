"""A person tells of herself what she likes, changes it or takes it back. Action."""

from datetime import date, datetime

from django.utils.translation import gettext as _

from lms.kit.refusing import Refused
from lms.kit.writing import writing
from lms.people import trailing
from lms.people.models import Person, Profile

# Raise it when the purpose on the page is worded anew.
TEXT_VERSION = 1
OLDEST, YOUNGEST = 100, 12


def tell(
    *,
    person: Person,
    birth_year: int | None,
    disability: str,
    languages: str,
    now: datetime,
    today: date,
) -> Profile | None:
    """Keep what she says in place of what she said before; nothing said takes everything back.

    The trail says that she told something, never what. Raises Refused for a year that cannot be.
    """
    if birth_year is not None and not today.year - OLDEST <= birth_year <= today.year - YOUNGEST:
        raise Refused(_("This year cannot be. Write four digits, such as 1990."), field="birth_year")
    said = {"birth_year": birth_year, "disability": disability, "languages": languages}
    with writing():
        Person.objects.select_for_update().filter(pk=person.pk).values_list("pk").first()
        held = Profile.objects.filter(person=person).first()
        if held is None and not any(said.values()):
            return None
        if held is not None and said == {name: getattr(held, name) for name in said}:
            return held
        if not any(said.values()):
            Profile.objects.filter(person=person).delete()
            trailing.record(actor=person, verb="people.untold", subject=person, person=person, now=now)
            return None
        kept = {**said, "text_version": TEXT_VERSION, "told_at": now}
        profile, _created = Profile.objects.update_or_create(person=person, defaults=kept)
        trailing.record(actor=person, verb="people.told", subject=profile, now=now)
    return profile
