"""The cast: the people every test knows. Names, places and codes are invented (domain.md 3.0)."""

from dataclasses import dataclass
from datetime import UTC, date, datetime

from certificates.seeding import PASSWORD, PIN, REGIONS
from lms.people import joining, mapping
from lms.people.models import Person, Region, VillageGroup

LONG_AGO = date(2026, 1, 5)
THEN = datetime(2026, 1, 5, 1, 0, tzinfo=UTC)

__all__ = ["AIR_LONTAR", "BATU_ASAM", "BATU_KUSAMBI", "LONG_AGO", "PASSWORD", "PIN", "THEN", "Cast", "make_cast"]

AIR_LONTAR = "99.01.01.2001"
BATU_ASAM = "99.01.01.2002"
BATU_KUSAMBI = "99.02.01.2001"


@dataclass(frozen=True)
class Cast:
    """Everyone, with roles and mentor; nobody is enrolled yet."""

    seruni: Person  # learner, Air Lontar
    melati: Person  # learner, Air Lontar
    kenari: Person  # learner, Batu Asam
    teratai: Person  # learner of the other regency
    dahlia: Person  # mentor of Seruni and Melati
    murai: Person  # mentor of nobody
    anggrek: Person  # trainer, everywhere
    soka: Person  # coordinator of 99.01
    cendana: Person  # coordinator of 99.02
    jati: Person  # owner
    air_lontar: Region
    group: VillageGroup


def _person(username: str, name: str, village: str | None, secret: str, group: VillageGroup | None = None) -> Person:
    return joining.add_person(
        username=username,
        name=name,
        secret=secret,
        now=THEN,
        village=Region.objects.get(code=village) if village else None,
        group=group,
        sex="f",
    )


def _role(person: Person, kind: str, region: str | None) -> None:
    joining.give_role(
        person=person,
        kind=kind,
        region=Region.objects.get(code=region) if region else None,
        starts_on=LONG_AGO,
        now=THEN,
    )


def make_cast() -> Cast:
    """Put the cast into the database."""
    mapping.load_regions(rows=REGIONS)
    air_lontar = Region.objects.get(code=AIR_LONTAR)
    group = VillageGroup.objects.create(name="Kelompok Perempuan Air Lontar", village=air_lontar)
    learners = {
        "seruni": _person("seruni", "Seruni Lontar", AIR_LONTAR, PIN, group),
        "melati": _person("melati", "Melati Kusambi", AIR_LONTAR, PIN, group),
        "kenari": _person("kenari", "Kenari Gewang", BATU_ASAM, PIN),
        "teratai": _person("teratai", "Teratai Bidara", BATU_KUSAMBI, PIN),
    }
    for person in learners.values():
        _role(person, "learner", person.village_id)
    mentors = {
        "dahlia": _person("dahlia", "Dahlia Kemiri", AIR_LONTAR, PIN),
        "murai": _person("murai", "Murai Kapuk", BATU_ASAM, PIN),
    }
    for person in mentors.values():
        _role(person, "mentor", "99.01")
    staff = {
        "anggrek": ("Anggrek Bidara", "trainer", None),
        "soka": ("Soka Ampupu", "coordinator", "99.01"),
        "cendana": ("Cendana Johar", "coordinator", "99.02"),
        "jati": ("Jati Kapuk", "owner", None),
    }
    people = {}
    for username, (name, kind, region) in staff.items():
        people[username] = _person(username, name, None, PASSWORD)
        _role(people[username], kind, region)
    for learner in ("seruni", "melati"):
        joining.begin_mentorship(mentor=mentors["dahlia"], learner=learners[learner], starts_on=LONG_AGO, now=THEN)
    return Cast(**learners, **mentors, **people, air_lontar=air_lontar, group=group)
