"""The demo cast: people of an invented regency who learn, guide and certify. Everything goes through the actions.

Names, places and codes are invented (domain.md 3.0). Nothing here is needed by an organisation's own site.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import partial
from pathlib import Path
from typing import Any, TypeVar
from uuid import UUID, uuid4

import yaml

from assessments import attempting, submitting
from assessments.rules.items import Kind
from certificates import mentoring, placing, pledging, reflecting
from certificates.models import PledgeText, Standard
from courses import cohorting, enrolling, outline, progressing
from courses.rules import CoursePlan, ModulePlan
from lms.kit.writing import writing
from lms.people import joining, mapping
from lms.people.models import Person, Region, VillageGroup

T = TypeVar("T")

CONTENT = Path(__file__).parent / "content"

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


@dataclass
class Diary:
    """What the cast did, day by day: written down in any order, done in the order of the days."""

    course: CoursePlan
    standard: Standard
    mentor: Person
    now: datetime
    today: date
    events: list[tuple[datetime, Callable[[datetime], object]]] = field(default_factory=list)

    def day(self, ago: int) -> date:
        return self.today - timedelta(days=ago)

    def at(self, ago: int, act: Callable[[datetime], object]) -> None:
        """Note that `act(now)` happened so many days ago."""
        self.events.append((self.now - timedelta(days=ago), act))

    def live(self) -> None:
        for moment, act in sorted(self.events, key=lambda event: event[0]):
            act(moment)


def seed(*, now: datetime, today: date) -> None:
    """Make the cast in one transaction. The curriculum and the standard must be loaded before."""
    with writing():
        mapping.load_regions(rows=REGIONS)
        people = _people(now, today)
        diary = Diary(
            course=outline.course_plans()[0],
            standard=_loaded(Standard.objects.current(), "load_standard"),
            mentor=people["pembimbing"],
            now=now,
            today=today,
        )
        _half_way(people["anggota"], diary)
        _begun(people["kemuning"], diary)
        for username, wrong in (("anggota2", 0), ("cenderawasih", 1), ("pipit", 1)):
            _ready(people[username], diary, wrong)
        for username, ago in (("nuri", 30), ("teratai", 20), ("anggota3", 0)):
            _enrol(people[username], diary, ago)
        _teach(people, diary)
        for username, code, ago in (("kemuning", "m1", 4), ("nuri", "m1", 2), ("anggota2", "m5", 1)):
            _hand_in(people[username], diary, code, ago)
        diary.live()


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


def _ready(person: Person, diary: Diary, wrong: int) -> None:
    """Everything the standard asks for is there."""
    _enrol(person, diary, 200)
    for number, module in enumerate(diary.course.modules):
        _finish_lessons(person, diary, module, 190 - 20 * number)
        _pass_exam(person, diary, module, 180 - 20 * number, wrong=wrong)
    _place(person, diary, 120)
    for activity in diary.standard.rules.activities:
        _log(person, diary, activity.code, activity.minutes)
    text = _loaded(PledgeText.objects.current(), "load_standard")
    diary.at(20, lambda now: pledging.sign(person=person, version=text.version, now=now))
    diary.at(
        10,
        lambda now: reflecting.write_reflection(
            person=person, answers=REFLECTION, willing="yes", now=now, today=diary.today
        ),
    )


def _half_way(person: Person, diary: Diary) -> None:
    """One module passed, the next begun; hours verified, waiting and returned."""
    _enrol(person, diary, 120)
    first, second = diary.course.modules[:2]
    _finish_lessons(person, diary, first, 110)
    _pass_exam(person, diary, first, 100, wrong=1)
    _finish_lessons(person, diary, second, 60, most=2)
    _place(person, diary, 90)
    for activity, minutes in {"records": 480, "counselling": 480, "home_visit": 180, "health": 240}.items():
        _log(person, diary, activity, minutes)
    _log(person, diary, "police", 120, verified=False)
    _log(person, diary, "outreach", 90, verified=False, returned="Jam mulai belum cocok.")


def _begun(person: Person, diary: Diary) -> None:
    _enrol(person, diary, 60)
    _finish_lessons(person, diary, diary.course.modules[0], 40, most=2)
    _place(person, diary, 60)
    _log(person, diary, "records", 240)
    _log(person, diary, "supervision", 150, verified=False)


def _enrol(person: Person, diary: Diary, ago: int) -> None:
    course, day = diary.course.key, diary.day(ago)
    diary.at(ago, lambda now: enrolling.enrol(person=person, course_key=course, by=None, now=now, today=day))


def _finish_lessons(person: Person, diary: Diary, module: ModulePlan, ago: int, *, most: int = 99) -> None:
    """A lesson a day, from so many days ago."""
    for number, step in enumerate(module.lessons[:most]):
        diary.at(ago - number, partial(_finish, person, step.key))


def _finish(person: Person, step_key: UUID, now: datetime) -> None:
    progressing.finish_lesson(person=person, step_key=step_key, entry_id=uuid4(), now=now)


def _pass_exam(person: Person, diary: Diary, module: ModulePlan, ago: int, *, wrong: int) -> None:
    step = next(step for step in module.steps if step.kind == "exam")
    diary.at(ago, lambda now: _sit(person, step.key, now, wrong))


def _sit(person: Person, exam_key: UUID, now: datetime, wrong: int) -> None:
    """Sit an exam; `wrong` answers that are no safety questions are wrong."""
    attempt = attempting.begin(person=person, exam_key=exam_key, attempt_id=uuid4(), now=now)
    for number, item in enumerate(attempt.questions.items, start=1):
        is_wrong = wrong > 0 and not item.is_critical and item.kind == Kind.SINGLE
        wrong -= is_wrong
        keys = [next(key for key in item.keys if key not in item.right)] if is_wrong else list(item.right)
        attempting.answer(person=person, attempt_id=attempt.pk, question=number, answer=keys, now=now)
    attempting.hand_in(person=person, attempt_id=attempt.pk, now=now)


def _teach(people: dict[str, Person], diary: Diary) -> None:
    """A class of the trainer's, with those whose tasks wait for her."""

    def begin(now: datetime) -> None:
        trainer, region = people["pelatih"], Region.objects.get(code="99.01")
        cohort = cohorting.make_cohort(
            name="Angkatan satu",
            course_key=diary.course.key,
            region=region,
            starts_on=diary.day(30),
            ends_on=diary.day(-60),
            trainers=(),
            by=trainer,
            now=now,
        )
        for username in ("anggota", "anggota2", "kemuning", "nuri"):
            cohorting.add_member(cohort=cohort, person=people[username], by=trainer, now=now, today=diary.day(30))

    diary.at(30, begin)


def _hand_in(person: Person, diary: Diary, code: str, ago: int) -> None:
    """The practical task of a module, written and handed in."""
    texts = yaml.safe_load((CONTENT / "demo-tugas.yaml").read_text(encoding="utf-8"))[code]
    module = next(module for module in diary.course.modules if module.code == code)
    step = next(step for step in module.steps if step.kind == "practical")

    def write(now: datetime) -> None:
        begun = submitting.begin(person=person, task_key=step.key, submission_id=uuid4(), now=now)
        answers = {
            field["code"]: texts.get(field["code"], _first_answer(field))
            for field in begun.task["fields"]
            if field["kind"] != "section"
        }
        submitting.hand_in(person=person, submission_id=begun.pk, now=now, answers=answers, is_confirmed=True)

    diary.at(ago, write)


def _first_answer(field: dict[str, Any]) -> Any:
    if field["kind"] == "table":
        return [["–"] * len(field["columns"])]
    if not field["options"]:
        return "" if field["kind"] == "date" else "Sesuai kasus rekaan."
    return field["options"][:2] if field["kind"] == "checklist" else field["options"][0]


def _place(person: Person, diary: Diary, ago: int) -> None:
    day = diary.day(ago)
    diary.at(ago, lambda now: placing.place(learner=person, mentor=diary.mentor, starts_on=day, now=now))


def _log(
    person: Person, diary: Diary, activity: str, minutes: int, *, verified: bool = True, returned: str = ""
) -> None:
    """Log minutes of an activity in stretches of at most four hours, a day each; her mentor looks a day later."""
    first = 5 + 5 * list(NOTES).index(activity)
    parts = [min(240, minutes - done) for done in range(0, minutes, 240)]
    for number, part in enumerate(parts):
        hours = (activity, part, first + number)
        diary.at(first + number, partial(_log_and_judge, person, diary, hours, verified, returned))


def _log_and_judge(
    person: Person, diary: Diary, hours: tuple[str, int, int], verified: bool, returned: str, now: datetime
) -> None:
    activity, minutes, ago = hours
    entry = mentoring.log_hours(
        learner=person,
        entry_id=uuid4(),
        activity=activity,
        day=diary.day(ago),
        starts_at=time(8, 0),
        minutes=minutes,
        role="observing",
        note=NOTES[activity],
        now=now,
        today=diary.day(ago),
    )
    later, on = now + timedelta(hours=20), diary.day(ago - 1)
    if returned:
        mentoring.return_hours(entry=entry, judge=diary.mentor, reason=returned, now=later, today=on)
    elif verified:
        mentoring.verify_hours(entries=[entry], judge=diary.mentor, now=later, today=on)
