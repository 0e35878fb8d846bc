"""Coverage of 278 villages in which 250,000 people live and 10,000 hold certificates: SQL, CPU and wall of one look.

`DATABASE_URL` says which database is filled. CPU is that of this process: all of it with SQLite.
"""

import statistics
import sys
import time
from datetime import date, datetime, timedelta
from typing import Any

import django
from django.db import connection
from django.test.utils import CaptureQueriesContext

REGENCY, SUBDISTRICTS, VILLAGES = "98.01", 32, 278
PEOPLE, HOLDERS, CHUNK = 250_000, 10_000, 5_000
ROUNDS = 30


def fill(today: date, now: datetime) -> None:
    """One regency: every person is a learner, every fourth holder renewed, every twentieth pauses."""
    from certificates.models import CoverageMonth
    from lms.people.models import Person, Region, Role

    subdistricts = [f"{REGENCY}.{1 + n:02}" for n in range(SUBDISTRICTS)]
    villages = [f"{subdistricts[n % SUBDISTRICTS]}.{2001 + n // SUBDISTRICTS}" for n in range(VILLAGES)]
    levels = {"98": 1, REGENCY: 2, **dict.fromkeys(subdistricts, 3), **dict.fromkeys(villages, 4)}
    Region.objects.bulk_create(Region(code=code, name=f"Wilayah {code}", level=level) for code, level in levels.items())
    certifier = Person.objects.create(username="ukur", name="Yang Mengukur", password="!")
    for start in range(0, PEOPLE, CHUNK):
        numbers = range(start, start + CHUNK)
        people = Person.objects.bulk_create(
            Person(username=f"ukur{n}", name=f"Orang {n}", password="!", village_id=villages[n % VILLAGES])
            for n in numbers
        )
        Role.objects.bulk_create(
            Role(person=one, kind="learner", region_id=one.village_id, starts_on=today) for one in people
        )
        certify(people[:: PEOPLE // HOLDERS], certifier, today, now)
    months = [date(today.year - 1 - n // 12, 1 + n % 12, 1) for n in range(24)]
    CoverageMonth.objects.bulk_create(
        CoverageMonth(month=month, subdistrict_id=code, one=3, more=4, people=300)
        for month in months
        for code in subdistricts
    )


def certify(people: list[Any], certifier: Any, today: date, now: datetime) -> None:
    from certificates.models import Certificate, Standard, StateChange

    standard = Standard.objects.latest("pk")
    topics = [{"title": f"Materi {number}", "hours": 5} for number in range(1, 9)]

    def certificate(person: Any, cycle: int, *, ago: int = 0) -> Certificate:
        begun = today - timedelta(days=person.pk % 1000 + ago)
        return Certificate(
            number=person.pk * 2 + cycle,
            person=person,
            standard=standard,
            standard_code=standard.code,
            cycle=cycle,
            name="Melati Kusambi",
            topics=topics,
            issued_on=begun,
            expires_on=begun + timedelta(days=1095),
            statement="A" * 280,
            certified_by=certifier,
            certified_at=now,
        )

    Certificate.objects.bulk_create(certificate(one, 1, ago=1000 * (n % 4 == 0)) for n, one in enumerate(people))
    Certificate.objects.bulk_create(certificate(one, 2) for one in people[::4])
    StateChange.objects.bulk_create(
        StateChange(person=one, move="pause", hold="paused", by=one, made_as="herself", at=now) for one in people[::20]
    )


def main() -> None:
    django.setup()
    from certificates import coverage
    from lms.kit import clock

    today, now = clock.today(), clock.now()
    fill(today, now)
    if connection.vendor == "postgresql":  # as autovacuum does within minutes
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
    cpu, wall = [], []
    for _ in range(ROUNDS):
        begun, spent = time.perf_counter(), time.process_time()
        found = coverage.look([REGENCY], today=today)
        wall.append(1000 * (time.perf_counter() - begun))
        cpu.append(1000 * (time.process_time() - spent))
    with CaptureQueriesContext(connection) as asked:
        coverage.look([REGENCY], today=today)
    assert found.coverage.villages == VILLAGES
    for what, value, budget in (
        (f"coverage, {connection.vendor}, SQL", str(len(asked)), "at most 5"),
        ("its CPU here", f"{statistics.median(cpu):.0f} ms", "100 ms"),
        ("its wall", f"{statistics.median(wall):.0f} ms", ""),
    ):
        sys.stdout.write(f"{what:<58}{value:>16}   {budget}\n")


if __name__ == "__main__":
    main()
