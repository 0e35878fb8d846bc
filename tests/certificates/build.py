"""Small makers for tests of certificates: a loaded standard, placements, hours."""

import uuid
from datetime import UTC, date, datetime, time
from pathlib import Path

import yaml

from certificates import loading, mentoring, placing
from certificates.models import HoursEntry, Placement, Standard
from lms.people.models import Person

CONTENT = Path(loading.__file__).parent / "content"
TODAY = date(2026, 11, 21)
NOW = datetime(2026, 11, 21, 2, 0, tzinfo=UTC)
SINCE = date(2026, 3, 2)


def load_starter() -> Standard:
    """The starter standard with its code of ethics."""
    data = yaml.safe_load((CONTENT / "pendamping-2026.yaml").read_text(encoding="utf-8"))
    pledge = yaml.safe_load((CONTENT / "kode-etik.yaml").read_text(encoding="utf-8"))
    return loading.load_standard(data=data, pledge=pledge, now=NOW).standard


def place(learner: Person, mentor: Person, starts_on: date = SINCE, ends_on: date | None = None) -> Placement:
    return placing.place(learner=learner, mentor=mentor, starts_on=starts_on, ends_on=ends_on, now=NOW)


def log(
    learner: Person, day: date = date(2026, 11, 20), starts_at: str = "09:00", minutes: int = 60, **more
) -> HoursEntry:
    """Log hours as the learner does; home visits unless told otherwise."""
    return mentoring.log_hours(
        learner=learner,
        entry_id=more.pop("entry_id", None) or uuid.uuid4(),
        activity=more.pop("activity", "home_visit"),
        day=day,
        starts_at=time.fromisoformat(starts_at),
        minutes=minutes,
        role=more.pop("role", "observing"),
        now=more.pop("now", NOW),
        today=more.pop("today", TODAY),
        **more,
    )


def verified(learner: Person, mentor: Person, **more) -> HoursEntry:
    entry = log(learner, **more)
    mentoring.verify_hours(entries=[entry], judge=mentor, now=NOW, today=TODAY)
    entry.refresh_from_db()
    return entry
