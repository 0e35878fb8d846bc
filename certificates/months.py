"""A learner's hours, one month at a time. Reads only."""

from calendar import Calendar
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
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
class Day:
    """A day of the calendar and the minutes that count or wait on it; None: the day is of another month."""

    day: date
    minutes: int | None
    waits: bool

    @property
    def figure(self) -> str:
        """Empty when nothing counts on it."""
        return hours.figure(self.minutes) if self.minutes else ""


@dataclass(frozen=True)
class Month:
    """The rows of a month, newest first, and the first days of the months before and after that hold rows."""

    first: date
    rows: tuple[Row, ...]
    earlier: date | None
    later: date | None

    @property
    def waits(self) -> bool:
        """Whether a mentor may judge something of it."""
        return any(row.state == "waiting" for row in self.rows)

    @property
    def weeks(self) -> list[list[Day]]:
        """Whole weeks from Monday."""
        sums: Counter[date] = Counter()
        waiting = set()
        for row in self.rows:
            if row.entry.state != HoursEntry.State.RETURNED:
                sums[row.entry.day] += row.entry.minutes
            if row.entry.state == HoursEntry.State.CLAIMED:
                waiting.add(row.entry.day)
        weeks = Calendar().monthdatescalendar(self.first.year, self.first.month)
        return [
            [Day(day, sums[day] if day.month == self.first.month else None, day in waiting) for day in week]
            for week in weeks
        ]


@dataclass(frozen=True)
class Sheet:
    """A month of hours to agree to at once, the oldest first: `sums` by activity, `minutes` in all, `left` out."""

    first: date
    rows: tuple[Row, ...]
    sums: tuple[tuple[str, int], ...]
    minutes: int
    left: int = 0


def month_of(learner: Person, wanted: str, *, titles: Mapping[str, str], today: date) -> Month:
    """The month `wanted` (2026-11), else the latest one with hours. `titles` of activities by code.

    Four queries, however many rows.
    """
    hers = HoursEntry.objects.filter(learner=learner).order_by("-day", "-starts_at", "-logged_at")
    first = _first(wanted) or _month(hers.values_list("day", flat=True).first() or today)
    after = _next(first)
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


def waiting_in(
    learner: Person, wanted: str, *, titles: Mapping[str, str], today: date, mentor: Person | None = None
) -> Sheet:
    """What waits of the month `wanted` (2026-11), else of the oldest month in which something waits.

    With a `mentor`, what she may judge: `left` is how much of that month she may not. A sheet is of one mentor: without
    her name it is the one of the oldest entry. Three queries.
    """
    waits = HoursEntry.objects.waiting().filter(learner=learner).order_by("day", "starts_at")
    mine = waits.filter(placement__mentor=mentor).within_mentors_days(today) if mentor else waits
    oldest = None if _first(wanted) else mine.values_list("day", flat=True).first()
    first = _first(wanted) or _month(oldest or today)
    everything = waits.filter(day__gte=first, day__lt=_next(first))
    rows = list(mine.filter(pk__in=everything.order_by().values("pk")).select_related("placement__mentor"))
    rows = [row for row in rows if row.placement.mentor_id == rows[0].placement.mentor_id]
    return sheet_of(first, rows, titles=titles, today=today, left=everything.count() - len(rows))


def sheet_of(
    first: date, entries: Iterable[HoursEntry], *, titles: Mapping[str, str], today: date, left: int = 0
) -> Sheet:
    rows = tuple(
        Row(
            entry=entry,
            title=titles.get(entry.activity, entry.activity),
            state=state_of(entry, today),
            is_young=not hours.needs_coordinator(entry.day, today),
        )
        for entry in entries
    )
    sums: Counter[str] = Counter()
    for row in rows:
        sums[row.title] += row.entry.minutes
    return Sheet(first, rows, tuple(sums.most_common()), sums.total(), left)


def last_said(learner: Person, *, today: date) -> dict[str, Any]:
    """What the form begins with: as her last entry said, after its end when that was today. One query."""
    rows = HoursEntry.objects.filter(learner=learner, reverses=None).exclude(state=HoursEntry.State.RETURNED)
    last = rows.order_by("-logged_at").first()
    if last is None:
        return {}
    begin = last.starts_at
    if last.day == today:
        begin = (datetime.combine(today, begin) + timedelta(minutes=last.minutes)).time()
    return {"activity": last.activity, "role": last.role, "starts_at": begin, "minutes": last.minutes}


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


def _next(first: date) -> date:
    return (first + timedelta(days=32)).replace(day=1)


def _month(day: date) -> date:
    return day.replace(day=1)
