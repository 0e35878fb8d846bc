"""The demo cast: people of an invented regency who learn, guide and certify. Everything goes through the actions.

Names, places and codes are invented (domain.md 3.0). Nothing here is needed by an organisation's own site.
"""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from certificates import lasting, living
from certificates.living import Diary
from certificates.models import Standard
from courses import outline
from lms.kit.writing import writing
from lms.people import joining, mapping
from lms.people.models import Person, Region, VillageGroup

PIN = "246810"
PASSWORD = "lopo-demo-2026"  # noqa: S105 - the demo's own, printed for everyone
LOGINS = (
    ("anggota", PIN, "learner, half-way through"),
    ("anggota2", PIN, "learner, everything done, ready to certify"),
    ("anggota3", PIN, "learner, just invited"),
    ("pembimbing", PIN, "mentor"),
    ("pelatih", PASSWORD, "trainer (editor at /admin/)"),
    ("koordinator", PASSWORD, "coordinator of Kabupaten Lontar Raya"),
    ("koordinator2", PASSWORD, "coordinator of Kabupaten Kusambi Gewang"),
    ("pemilik", PASSWORD, "site owner"),
)
REGIONS = (
    ("99", "Nusa Lontar"),
    ("99.01", "Kabupaten Lontar Raya"),
    ("99.01.01", "Bukit Gewang"),
    ("99.01.01.2001", "Air Lontar"),
    ("99.01.01.2002", "Batu Asam"),
    ("99.01.02", "Padang Kusambi"),
    ("99.01.02.2001", "Lembah Gewang"),
    ("99.02", "Kabupaten Kusambi Gewang"),
    ("99.02.01", "Bukit Bidara"),
    ("99.02.01.2001", "Batu Kusambi"),
)
AIR_LONTAR, BATU_ASAM, LEMBAH_GEWANG, BATU_KUSAMBI = (
    "99.01.01.2001",
    "99.01.01.2002",
    "99.01.02.2001",
    "99.02.01.2001",
)
LONG = 1560


@dataclass(frozen=True)
class Someone:
    """One of the cast: `village` empty for office people; here since so many days."""

    username: str
    name: str
    role: str
    region: str
    village: str = ""
    called: str = ""
    sex: str = "f"
    since: int = 240


CAST = (
    Someone("anggota", "Seruni Lontar", "learner", AIR_LONTAR, AIR_LONTAR),
    Someone("anggota2", "Melati Kusambi", "learner", AIR_LONTAR, AIR_LONTAR),
    Someone("anggota3", "Kenari Gewang", "learner", BATU_ASAM, BATU_ASAM),
    Someone("cenderawasih", "Cenderawasih Bidara", "learner", BATU_ASAM, BATU_ASAM),
    Someone("pipit", "Pipit Kemiri", "learner", LEMBAH_GEWANG, LEMBAH_GEWANG),
    Someone("kemuning", "Kemuning Johar", "learner", AIR_LONTAR, AIR_LONTAR),
    Someone("nuri", "Nuri Ampupu", "learner", BATU_ASAM, BATU_ASAM),
    Someone("teratai", "Teratai Kapuk", "learner", BATU_KUSAMBI, BATU_KUSAMBI),
    Someone("bidara", "Bidara Kapuk", "learner", AIR_LONTAR, AIR_LONTAR, since=LONG),
    Someone("johar", "Johar Lontar", "learner", BATU_ASAM, BATU_ASAM, since=LONG),
    Someone("gewang", "Gewang Ampupu", "learner", LEMBAH_GEWANG, LEMBAH_GEWANG, since=LONG),
    Someone("murai", "Murai Kapuk", "mentor", "99.01", BATU_ASAM, since=LONG),
    Someone("pembimbing", "Dahlia Kemiri", "mentor", "99.01", AIR_LONTAR, called="Mama Dahlia"),
    Someone("pelatih", "Anggrek Bidara", "trainer", ""),
    Someone("koordinator", "Soka Ampupu", "coordinator", "99.01"),
    Someone("koordinator2", "Cendana Johar", "coordinator", "99.02"),
    Someone("pemilik", "Jati Kapuk", "owner", "", sex="m"),
)
# Who holds a certificate: certified so many days ago, and how many of its years she kept up.
HELD = {"bidara": (1071, 3), "johar": (1140, 2), "gewang": (1300, 1)}
GROUPS = {
    AIR_LONTAR: "Kelompok Perempuan Air Lontar",
    BATU_ASAM: "Kelompok Perempuan Batu Asam",
    LEMBAH_GEWANG: "Kelompok Perempuan Lembah Gewang",
    BATU_KUSAMBI: "Kelompok Perempuan Batu Kusambi",
}


def seed(*, now: datetime, today: date) -> None:
    """Make the cast in one transaction. The curriculum and the standard must be loaded before."""
    with writing():
        mapping.load_regions(rows=REGIONS)
        people = _people(now, today)
        diary = Diary(
            course=outline.course_plans()[0],
            standard=living.loaded(Standard.objects.current()),
            mentor=people["pembimbing"],
            trainer=people["pelatih"],
            coordinator=people["koordinator"],
            now=now,
            today=today,
        )
        living.half_way(people["anggota"], diary)
        living.begun(people["kemuning"], diary)
        living.learning(people["teratai"], diary, 3)
        ready = {"anggota2": 0, "cenderawasih": 1, "pipit": 1}
        for username, wrong in ready.items():
            living.ready(people[username], diary, wrong)
        living.train([people[username] for username in ready], diary, "Angkatan perintis")
        _last(people, replace(diary, mentor=people["murai"]))
        for username, ago in (("nuri", 30), ("anggota3", 0)):
            living.enrol(people[username], diary, ago)
        living.teach([people[username] for username in ("anggota", "anggota2", "kemuning", "nuri")], diary)
        for username, code, ago in (("kemuning", "m1", 4), ("nuri", "m1", 2), ("teratai", "m5", 1)):
            living.hand_in(people[username], diary, code, ago)
        diary.live()


def _last(people: dict[str, Person], diary: Diary) -> None:
    """Three who were certified years ago: one to be renewed now, one in the days of grace, one who came too late."""
    living.train(
        [people[username] for username in HELD],
        diary.before(max(ago for ago, _years in HELD.values())),
        "Angkatan lama",
    )
    for username, (ago, years) in HELD.items():
        held = lasting.certified(people[username], diary, ago)
        lasting.kept(people[username], diary, held, years)
    lasting.signed_again(people["bidara"], diary, 2)


def _people(now: datetime, today: date) -> dict[str, Person]:
    groups = {code: VillageGroup.objects.get_or_create(name=name, village_id=code)[0] for code, name in GROUPS.items()}
    people = {}
    for one in CAST:
        person = joining.add_person(
            username=one.username,
            name=one.name,
            called=one.called,
            sex=one.sex,
            secret=PIN if one.role in {"learner", "mentor"} else PASSWORD,
            village=Region.objects.get(code=one.village) if one.village else None,
            group=groups.get(one.village),
            now=now - timedelta(days=one.since),
        )
        region = Region.objects.get(code=one.region) if one.region else None
        joining.give_role(
            person=person, kind=one.role, region=region, starts_on=today - timedelta(days=one.since), now=now
        )
        people[one.username] = person
    return people
