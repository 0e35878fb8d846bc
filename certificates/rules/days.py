"""Days inside sentences, so that a rule can name a day before anybody has chosen a language."""

from datetime import date, timedelta

from lms.kit.words import Sentence, gettext_noop

# Django's own catalogues translate the months.
MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


def said(day: date) -> Sentence:
    """3 September 2026, in the reader's language."""
    month = Sentence(MONTHS[day.month - 1])
    return Sentence(gettext_noop("%(day)s %(month)s %(year)s"), {"day": day.day, "month": month, "year": day.year})


def years_later(day: date, years: int) -> date:
    """The same day some years on; 29 February becomes 28 where there is none."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)


def day_before(day: date) -> date:
    return day - timedelta(days=1)
