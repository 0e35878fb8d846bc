"""The demo's companions of before: one to be renewed now, one in the days of grace, one who came too late."""

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest

from certificates import lasting, living, renewals
from certificates.living import Diary
from certificates.models import Certificate
from certificates.rules.renewal import Stage, stage_of
from certificates.seeding import HELD
from courses import outline
from lms.kit import clock
from tests.assessments.school import open_school
from tests.certificates.build import load_starter

# A usual day, and days on which a year of a certificate ends near the turn of a year.
USUAL = date(2026, 11, 22)
DAYS = (USUAL, date(2027, 1, 2), date(2027, 12, 10), date(2028, 2, 29))
STAGES = {"bidara": Stage.DAYS_30, "johar": Stage.GRACE, "gewang": Stage.LAPSED}


@pytest.fixture
def diary_of(cast, monkeypatch) -> Callable[[date], Diary]:
    open_school()
    standard = load_starter()

    def begin(day: date) -> Diary:
        monkeypatch.setattr(clock, "today", lambda: day)
        now = datetime(day.year, day.month, day.day, 2, 0, tzinfo=UTC)
        course = outline.course_plans()[0]
        return Diary(course, standard, cast.dahlia, cast.anggrek, cast.soka, now, day)

    return begin


@pytest.mark.parametrize("day", DAYS)
@pytest.mark.parametrize("who", list(HELD))
def test_who_was_certified_years_ago_stands_where_the_demo_says(cast, diary_of, who, day):
    diary, (ago, years) = diary_of(day), HELD[who]
    living.train([cast.kenari], diary.before(ago), "Angkatan lama")
    held = lasting.certified(cast.kenari, diary, ago)
    lasting.kept(cast.kenari, diary, held, years)
    if who == "bidara":
        lasting.signed_again(cast.kenari, diary, 2)
    diary.live()
    certificate = Certificate.objects.get(person=cast.kenari)
    assert (certificate.issued_on, certificate.expires_on) == (held.issued_on, held.expires_on)
    current = renewals.of_person(cast.kenari, today=day)
    assert stage_of(current.renewal.phase, current.held, day) is STAGES[who]
    if day == USUAL:
        assert current.renewal.is_open is (who == "bidara")
