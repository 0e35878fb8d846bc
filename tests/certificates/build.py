"""Small makers for tests of certificates: a loaded standard, placements, hours."""

import uuid
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import yaml

from assessments.models import Attempt
from certificates import issuing, loading, mentoring, placing, pledging, reflecting
from certificates.models import Certificate, HoursEntry, Placement, Standard
from certificates.rules import days
from certificates.rules.hours import Period
from lms.kit.writing import writing
from lms.people.models import Person

CONTENT = Path(loading.__file__).parent / "content"
TODAY = date(2026, 11, 21)
NOW = datetime(2026, 11, 21, 2, 0, tzinfo=UTC)
SINCE = date(2026, 3, 2)


def load_starter() -> Standard:
    """The starter standard with the texts to sign."""
    data = yaml.safe_load((CONTENT / "pendamping-2026.yaml").read_text(encoding="utf-8"))
    named = {"ethics": data.pop("pledge_text"), "safeguarding": data.pop("safeguarding_text")}
    texts = {kind: yaml.safe_load((CONTENT / name).read_text(encoding="utf-8")) for kind, name in named.items()}
    return loading.load_standard(data=data, texts=texts, now=NOW).standard


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


SMALL = {
    "code": "kecil-2026",
    "title": "Pendamping 2026",
    "modules": [],
    "activities": [
        {"code": "home_visit", "title": "Kunjungan rumah", "hours": 2},
        {"code": "court", "title": "Pengadilan", "hours": 1, "simulated_share": 1},
    ],
    "reflection": True,
    "pledge": True,
    "two_persons": True,
    "valid_years": 3,
}
TWO_MODULES = [
    {"code": "m1", "title": "Gender dan kuasa", "outer_title": "Peran", "hours": 5, "exam": True},
    {"code": "m2", "title": "Kekerasan", "outer_title": "Bentuk dan tanda", "hours": 6, "exam": False},
]


def load_small(**changes) -> Standard:
    """A standard of three hours without modules, quick to fulfil."""
    ethics = {"title": "Kode etik", "points": ["Korban yang memutuskan.", "Saya menjaga rahasia."]}
    return loading.load_standard(data={**SMALL, **changes}, texts={"ethics": ethics}, now=NOW).standard


def make_ready(learner: Person, mentor: Person) -> None:
    """All hours of the small standard verified, reflection written, code of ethics signed."""
    place(learner, mentor)
    entries = [log(learner, minutes=120), log(learner, starts_at="13:00", activity="court")]
    mentoring.verify_hours(entries=entries, judge=mentor, now=NOW, today=TODAY)
    reflecting.write_reflection(person=learner, answers={"2": "Baik."}, willing="yes", now=NOW, today=TODAY)
    pledging.sign(person=learner, version=1, now=NOW)


def certify(person: Person, certifier: Person) -> Certificate:
    return issuing.certify(person=person, certifier=certifier, now=NOW, today=TODAY)


def renewed(held: Certificate, now: datetime = NOW) -> Certificate:
    """The next certificate of its holder, which begins when this one ends."""
    first = held.expires_on + timedelta(days=1)
    with writing():
        return issuing.issue(
            standard=held.standard,
            person=held.person,
            certifier=held.certified_by,
            cycle=held.cycle + 1,
            period=Period(first, days.day_before(days.years_later(first, 3))),
            evidence={},
            now=now,
            today=held.issued_on,
        )


def passed_exam(person: Person, module: str) -> Attempt:
    """A passed sitting, as the exam leaves it."""
    return Attempt.objects.create(
        pk=uuid.uuid4(),
        person=person,
        exam_key=uuid.uuid4(),
        module_code=module,
        number=1,
        seed="1",
        paper=[],
        started_at=NOW,
        handed_in_at=NOW,
        right=8,
        total=8,
        percent=100,
        passed=True,
    )
