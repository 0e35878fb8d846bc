"""A learner's hours, one month at a time. Reads only."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from certificates.models import HoursEntry
from certificates.rules import hours
from lms.people.models import Person


@dataclass(frozen=True)
class Row:
    """An entry and how it stands: waiting, coordinator, returned, mended, verified, corrected or reversal.

    `is_young`: a mentor may still judge it.
    """

    entry: HoursEntry
    title: str
    state: str
    is_young: bool = True

    @property
    def size(self) -> int:
        """Minutes without a sign: a reversal counts backwards."""
        return abs(self.entry.minutes)


@dataclass(frozen=True)
class Month:
    """The rows of a month, newest first, and the first days of the months before and after that hold rows."""

    first: date
    rows: tuple[Row, ...]
    earlier: date | None
    later: date | None


def month_of(learner: Person, wanted: str, *, titles: Mapping[str, str], today: date) -> Month:
    """The month `wanted` (2026-11), else the latest one with hours. `titles` of activities by code.

    Four queries, however many rows.
    """
    hers = HoursEntry.objects.filter(learner=learner).order_by("-day", "-starts_at", "-logged_at")
    first = _first(wanted) or _month(hers.values_list("day", flat=True).first() or today)
    after = (first + timedelta(days=32)).replace(day=1)
    rows = hers.filter(day__gte=first, day__lt=after).select_related("judged_by", "mended_by", "reversed_by")
    earlier = hers.filter(day__lt=first).values_list("day", flat=True).first()
    later = hers.filter(day__gte=after).values_list("day", flat=True).last()
    return Month(
        first=first,
        rows=tuple(
            Row(
                entry=row,
                title=titles.get(row.activity, row.activity),
                state=state_of(row, today),
                is_young=not hours.needs_coordinator(row.day, today),
            )
            for row in rows
        ),
        earlier=_month(earlier) if earlier else None,
        later=_month(later) if later else None,
    )


def to_mend(learner: Person, *, titles: Mapping[str, str]) -> list[Row]:
    """Every returned entry that is not mended yet, newest first, of whatever month. One query."""
    rows = HoursEntry.objects.to_mend().filter(learner=learner).select_related("judged_by")
    return [Row(row, titles.get(row.activity, row.activity), "returned") for row in rows]


def state_of(entry: HoursEntry, today: date) -> str:
    if entry.reverses_id is not None:
        return "reversal"
    if entry.state == HoursEntry.State.RETURNED:
        return "mended" if hasattr(entry, "mended_by") else "returned"
    if entry.state == HoursEntry.State.VERIFIED:
        return "verified" if entry.is_live else "corrected"
    return "coordinator" if hours.needs_coordinator(entry.day, today) else "waiting"


def uuid_or_none(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _first(text: str) -> date | None:
    try:
        return date.fromisoformat(f"{text}-01")
    except ValueError:
        return None


def _month(day: date) -> date:
    return day.replace(day=1)
