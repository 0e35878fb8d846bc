"""The demo cast: people of an invented regency who learn, guide and certify. Everything goes through the actions.

Names, places and codes are invented (domain.md 3.0). Nothing here is needed by an organisation's own site.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TypeVar
from uuid import uuid4

from assessments import attempting
from assessments.rules.items import Kind
from certificates import mentoring, placing, pledging, reflecting
from certificates.models import HoursEntry, PledgeText, Standard
from courses import enrolling, outline, progressing
from courses.rules import CoursePlan, ModulePlan
from lms.kit.writing import writing
from lms.people import joining, mapping
from lms.people.models import Person, Region, VillageGroup

T = TypeVar("T")

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
NOTES = {
    "counselling": "Saya belajar diam dan memberi waktu.",
    "home_visit": "Saya belajar menunggu sampai diajak masuk.",
    "records": "Saya belajar memisahkan fakta dan pendapat.",
    "health": "Saya belajar menyerahkan surat tertutup di loket.",
    "police": "Saya belajar bertanya: boleh saya menemani?",
    "court": "Saya belajar duduk tenang dan tidak menyela.",
    "outreach": "Saya belajar memakai contoh yang dekat dengan warga.",
    "supervision": "Saya belajar meminta tolong saat ragu.",
}
REFLECTION = {
    "2": "Saya lebih sabar mendengar. Teman kelompok membantu saya berlatih.",
    "8": "Saya kadang lelah. Berkebun dan doa menolong saya.",
    "12": "Saya ingin belajar lagi tentang rujukan kesehatan.",
}


@dataclass(frozen=True)
class Someone:
    """One of the cast: `village` empty for office people."""

    username: str
    name: str
    role: str
    region: str
    village: str = ""
    called: str = ""
    sex: str = "f"


CAST = (
    Someone("anggota", "Seruni Lontar", "learner", AIR_LONTAR, AIR_LONTAR),
    Someone("anggota2", "Melati Kusambi", "learner", AIR_LONTAR, AIR_LONTAR),
    Someone("anggota3", "Kenari Gewang", "learner", BATU_ASAM, BATU_ASAM),
    Someone("cenderawasih", "Cenderawasih Bidara", "learner", BATU_ASAM, BATU_ASAM),
    Someone("pipit", "Pipit Kemiri", "learner", LEMBAH_GEWANG, LEMBAH_GEWANG),
    Someone("kemuning", "Kemuning Johar", "learner", AIR_LONTAR, AIR_LONTAR),
    Someone("nuri", "Nuri Ampupu", "learner", BATU_ASAM, BATU_ASAM),
    Someone("teratai", "Teratai Kapuk", "learner", BATU_KUSAMBI, BATU_KUSAMBI),
    Someone("pembimbing", "Dahlia Kemiri", "mentor", "99.01", AIR_LONTAR, called="Mama Dahlia"),
    Someone("pelatih", "Anggrek Bidara", "trainer", ""),
    Someone("koordinator", "Soka Ampupu", "coordinator", "99.01"),
    Someone("koordinator2", "Cendana Johar", "coordinator", "99.02"),
    Someone("pemilik", "Jati Kapuk", "owner", "", sex="m"),
)
GROUPS = {
    AIR_LONTAR: "Kelompok Perempuan Air Lontar",
    BATU_ASAM: "Kelompok Perempuan Batu Asam",
    LEMBAH_GEWANG: "Kelompok Perempuan Lembah Gewang",
    BATU_KUSAMBI: "Kelompok Perempuan Batu Kusambi",
}


@dataclass(frozen=True)
class Scene:
    """Where and when the cast is made."""

    course: CoursePlan
    standard: Standard
    mentor: Person
    now: datetime
    today: date

    def ago(self, days: int) -> datetime:
        return self.now - timedelta(days=days)


def seed(*, now: datetime, today: date) -> None:
    """Make the cast in one transaction. The curriculum and the standard must be loaded before."""
    with writing():
        mapping.load_regions(rows=REGIONS)
        people = _people(now, today)
        scene = Scene(
            course=outline.course_plans()[0],
            standard=_loaded(Standard.objects.current(), "load_standard"),
            mentor=people["pembimbing"],
            now=now,
            today=today,
        )
        _half_way(people["anggota"], scene)
        _begun(people["kemuning"], scene)
        _enrolled(people["nuri"], scene, 30)
        _enrolled(people["teratai"], scene, 20)
        for username, score_shift in (("anggota2", 0), ("cenderawasih", 1), ("pipit", 1)):
            _ready(people[username], scene, score_shift)
        _enrolled(people["anggota3"], scene, 0)


def _loaded(found: T | None, command: str) -> T:
    if found is None:
        raise LookupError(f"Run {command} before the demo is made.")
    return found


def _people(now: datetime, today: date) -> dict[str, Person]:
    groups = {code: VillageGroup.objects.get_or_create(name=name, village_id=code)[0] for code, name in GROUPS.items()}
    people = {}
    since = today - timedelta(days=240)
    for one in CAST:
        person = joining.add_person(
            username=one.username,
            name=one.name,
            called=one.called,
            sex=one.sex,
            secret=PIN if one.role in {"learner", "mentor"} else PASSWORD,
            village=Region.objects.get(code=one.village) if one.village else None,
            group=groups.get(one.village),
            now=now - timedelta(days=240),
        )
        region = Region.objects.get(code=one.region) if one.region else None
        joining.give_role(person=person, kind=one.role, region=region, starts_on=since, now=now)
        people[one.username] = person
    return people


def _enrolled(person: Person, scene: Scene, days: int) -> None:
    day = scene.today - timedelta(days=days)
    enrolling.enrol(person=person, course_key=scene.course.key, by=None, now=scene.ago(days), today=day)


def _ready(person: Person, scene: Scene, wrong: int) -> None:
    """Everything the standard asks for is there."""
    _enrolled(person, scene, 200)
    for number, module in enumerate(scene.course.modules):
        _finish_lessons(person, module, scene.ago(190 - 30 * number))
        _pass_exam(person, module, scene.ago(185 - 30 * number), wrong=wrong)
    _place(person, scene, 150)
    for activity, minutes in _targets(scene).items():
        _log(person, scene, activity, minutes, verified=True)
    _sign_and_reflect(person, scene)


def _half_way(person: Person, scene: Scene) -> None:
    """One module passed, the next begun; hours verified, waiting and returned."""
    _enrolled(person, scene, 120)
    first, second = scene.course.modules[:2]
    _finish_lessons(person, first, scene.ago(110))
    _pass_exam(person, first, scene.ago(100), wrong=1)
    _finish_lessons(person, second, scene.ago(60), most=2)
    _place(person, scene, 90)
    for activity, minutes in {"records": 480, "counselling": 480, "home_visit": 180, "health": 240}.items():
        _log(person, scene, activity, minutes, verified=True)
    _log(person, scene, "police", 120, verified=False)
    returned = _log(person, scene, "outreach", 90, verified=False)[0]
    mentoring.return_hours(
        entry=returned,
        judge=scene.mentor,
        reason="Jam mulai belum cocok.",
        now=scene.ago(1),
        today=scene.today,
    )


def _begun(person: Person, scene: Scene) -> None:
    _enrolled(person, scene, 60)
    _finish_lessons(person, scene.course.modules[0], scene.ago(40), most=2)
    _place(person, scene, 60)
    _log(person, scene, "records", 240, verified=True)
    _log(person, scene, "supervision", 150, verified=False)


def _finish_lessons(person: Person, module: ModulePlan, now: datetime, *, most: int = 99) -> None:
    lessons = [step for step in module.steps if step.kind == "lesson"]
    for step in lessons[:most]:
        progressing.finish_lesson(person=person, step_key=step.key, entry_id=uuid4(), now=now)


def _pass_exam(person: Person, module: ModulePlan, now: datetime, *, wrong: int) -> None:
    """Sit the module's exam; `wrong` answers that are no safety questions are wrong."""
    step = next(step for step in module.steps if step.kind == "exam")
    attempt = attempting.begin(person=person, exam_key=step.key, attempt_id=uuid4(), now=now)
    for number, item in enumerate(attempt.questions.items, start=1):
        is_wrong = wrong > 0 and not item.is_critical and item.kind == Kind.SINGLE
        wrong -= is_wrong
        keys = [next(key for key in item.keys if key not in item.right)] if is_wrong else list(item.right)
        attempting.answer(person=person, attempt_id=attempt.pk, question=number, answer=keys, now=now)
    attempting.hand_in(person=person, attempt_id=attempt.pk, now=now)


def _place(person: Person, scene: Scene, days: int) -> None:
    placing.place(
        learner=person,
        mentor=scene.mentor,
        starts_on=scene.today - timedelta(days=days),
        now=scene.ago(days),
    )


def _targets(scene: Scene) -> dict[str, int]:
    """Minutes the standard asks for, by activity."""
    return {activity.code: activity.minutes for activity in scene.standard.rules.activities}


def _log(person: Person, scene: Scene, activity: str, minutes: int, *, verified: bool) -> list[HoursEntry]:
    """Log minutes of an activity in stretches of at most four hours, a day each, the newest last week."""
    entries = []
    back = 3 + 5 * list(NOTES).index(activity)
    while minutes > 0:
        part = min(minutes, 240)
        day = scene.today - timedelta(days=back)
        entry = mentoring.log_hours(
            learner=person,
            entry_id=uuid4(),
            activity=activity,
            day=day,
            starts_at=time(8, 0),
            minutes=part,
            role="observing",
            note=NOTES[activity],
            now=scene.ago(back),
            today=day,
        )
        entries.append(entry)
        minutes -= part
        back += 1
    if verified:
        mentoring.verify_hours(entries=entries, judge=scene.mentor, now=scene.ago(1), today=scene.today)
    return entries


def _sign_and_reflect(person: Person, scene: Scene) -> None:
    text = _loaded(PledgeText.objects.current(), "load_standard")
    pledging.sign(person=person, version=text.version, now=scene.ago(20))
    reflecting.write_reflection(person=person, answers=REFLECTION, willing="yes", now=scene.ago(10), today=scene.today)
