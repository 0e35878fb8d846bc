"""What the demo cast does, day by day, through the same actions as everybody."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from functools import partial
from pathlib import Path
from typing import Any, TypeVar
from uuid import UUID, uuid4

import yaml

from assessments import attempting, grading, marks, playing, submitting, watching
from assessments.grading import Marks
from assessments.models import Submission
from assessments.rules.items import Kind
from assessments.rules.paths import Story
from assessments.rules.walking import OPEN, SAFE
from certificates import mentoring, placing, pledging, reflecting, supervising
from certificates.models import PledgeText, Standard
from certificates.rules.standards import CompetencyRule
from courses import cohorting, enrolling, progressing, teaching
from courses.models import Attendance, Cohort
from courses.rules import CoursePlan, ModulePlan
from lms.people.models import Person, Region

T = TypeVar("T")

CONTENT = Path(__file__).parent / "content"
CLASS_REGION = "99.01"
TOPICS = (
    "Saling mengenal dan aturan kelas",
    "Mendengar dan menemani",
    "Jalan bantuan bersama",
    "Merawat diri",
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
# Tasks for which the cast has written texts; the others are shown to the trainer.
WRITTEN = ("m1", "m5")


@dataclass
class Diary:
    """What the cast did, day by day: written down in any order, done in the order of the days."""

    course: CoursePlan
    standard: Standard
    mentor: Person
    trainer: Person
    coordinator: Person
    now: datetime
    today: date
    events: list[tuple[datetime, Callable[[datetime], object]]] = field(default_factory=list)

    def day(self, ago: int) -> date:
        return self.today - timedelta(days=ago)

    def at(self, ago: int, act: Callable[[datetime], object]) -> None:
        """Note that `act(now)` happened so many days ago."""
        self.events.append((self.now - timedelta(days=ago), act))

    def before(self, ago: int) -> "Diary":
        """The same diary, written as if today were so many days ago."""
        return replace(self, now=self.now - timedelta(days=ago), today=self.day(ago))

    def live(self) -> None:
        for moment, act in sorted(self.events, key=lambda event: event[0]):
            act(moment)


def loaded(found: T | None) -> T:
    if found is None:
        raise LookupError("Run load_standard before the demo is made.")
    return found


def ready(person: Person, diary: Diary, wrong: int) -> None:
    """Everything the standard asks for is there; `wrong` answers in each exam are not right."""
    enrol(person, diary, 200)
    _sit_test(person, diary, diary.course.modules[0], 199, wrong=9)
    for number, module in enumerate(diary.course.modules):
        ago = 180 - 20 * number
        _pass_module(person, diary, module, ago, wrong=wrong)
        _walk(person, diary, module, ago - 1)
        if module.code in WRITTEN:
            hand_in(person, diary, module.code, ago - 1, graded=True)
        else:
            _show(person, diary, module, ago - 1)
    _sit_test(person, diary, diary.course.modules[-1], 35, wrong=wrong)
    practise(person, diary)


def practise(person: Person, diary: Diary) -> None:
    """The whole internship: hours, talks, what her mentor saw; then she signs and reflects."""
    _place(person, diary, 120)
    for activity in diary.standard.rules.activities:
        _log(person, diary, activity.code, activity.minutes)
    _guide(person, diary)
    for kind, ago in ((PledgeText.Kind.ETHICS, 20), (PledgeText.Kind.SAFEGUARDING, 19)):
        diary.at(ago, partial(sign, person, kind))
    diary.at(
        10,
        lambda now: reflecting.write_reflection(
            person=person, answers=REFLECTION, willing="yes", now=now, today=diary.today
        ),
    )


def learning(person: Person, diary: Diary, modules: int) -> None:
    """So many modules are passed; no mentor yet."""
    enrol(person, diary, 120)
    for number, module in enumerate(diary.course.modules[:modules]):
        _pass_module(person, diary, module, 100 - 20 * number, wrong=1)


def _pass_module(person: Person, diary: Diary, module: ModulePlan, ago: int, *, wrong: int) -> None:
    _finish_lessons(person, diary, module, ago + 10)
    _pass_exam(person, diary, module, ago, wrong=wrong)


def _guide(person: Person, diary: Diary) -> None:
    """Her mentor talks with her, and signs what she saw."""
    rules = diary.standard.rules
    for number in range(rules.talks):
        diary.at(100 - 25 * number, partial(_talk, person, diary, rules.talk_minutes // rules.talks, 100 - 25 * number))
    for number, competency in enumerate(rules.competencies):
        diary.at(60 - 5 * number, partial(_sign_off, person, diary, competency, 60 - 5 * number))


def _talk(person: Person, diary: Diary, minutes: int, ago: int, now: datetime) -> None:
    day = diary.day(ago)
    supervising.note_talk(
        people=[person], mentor=diary.mentor, talk_id=uuid4(), held_on=day, minutes=minutes, now=now, today=day
    )


def _sign_off(person: Person, diary: Diary, rule: CompetencyRule, ago: int, now: datetime) -> None:
    day = diary.day(ago)
    supervising.sign_off(
        person=person, mentor=diary.mentor, competency=rule.code, level=rule.level, seen_on=day, now=now, today=day
    )


def sign(person: Person, kind: str, now: datetime) -> None:
    text = loaded(PledgeText.objects.current(kind))
    pledging.sign(person=person, kind=kind, version=text.version, now=now)


def half_way(person: Person, diary: Diary) -> None:
    """One module passed, the next begun; hours verified, waiting and returned."""
    enrol(person, diary, 120)
    first, second = diary.course.modules[:2]
    _pass_module(person, diary, first, 100, wrong=1)
    _walk(person, diary, first, 99)
    _finish_lessons(person, diary, second, 60, most=2)
    _place(person, diary, 90)
    for activity, minutes in {"records": 480, "counselling": 480, "home_visit": 180, "health": 240}.items():
        _log(person, diary, activity, minutes)
    _log(person, diary, "police", 120, verified=False)
    _log(person, diary, "outreach", 90, verified=False, returned="Jam mulai belum cocok.")


def begun(person: Person, diary: Diary) -> None:
    enrol(person, diary, 60)
    _finish_lessons(person, diary, diary.course.modules[0], 40, most=2)
    _place(person, diary, 60)
    _log(person, diary, "records", 240)
    _log(person, diary, "supervision", 150, verified=False)


def enrol(person: Person, diary: Diary, ago: int) -> None:
    course, day = diary.course.key, diary.day(ago)
    diary.at(ago, lambda now: enrolling.enrol(person=person, course_key=course, by=None, now=now, today=day))


def _finish_lessons(person: Person, diary: Diary, module: ModulePlan, ago: int, *, most: int = 99) -> None:
    """A lesson a day, from so many days ago."""
    for number, step in enumerate(module.lessons[:most]):
        diary.at(ago - number, partial(_finish, person, step.key))


def _finish(person: Person, step_key: UUID, now: datetime) -> None:
    progressing.finish_lesson(person=person, step_key=step_key, entry_id=uuid4(), now=now)


def _pass_exam(person: Person, diary: Diary, module: ModulePlan, ago: int, *, wrong: int) -> None:
    step = next(step for step in module.required if step.kind == "exam")
    diary.at(ago, partial(_sit, person, step.key, wrong=wrong))


def _sit_test(person: Person, diary: Diary, module: ModulePlan, ago: int, *, wrong: int) -> None:
    """The test before or after the training, where the course has one in this module."""
    for step in module.steps:
        if step.kind == "exam" and step.is_optional:
            diary.at(ago, partial(_sit, person, step.key, wrong=wrong))


def _sit(person: Person, exam_key: UUID, now: datetime, *, wrong: int) -> None:
    """Sit an exam; `wrong` answers that are no safety questions are wrong."""
    attempt = attempting.begin(person=person, exam_key=exam_key, attempt_id=uuid4(), now=now)
    for number, item in enumerate(attempt.questions.items, start=1):
        is_wrong = wrong > 0 and not item.is_critical and item.kind == Kind.SINGLE
        wrong -= is_wrong
        keys = [next(key for key in item.keys if key not in item.right)] if is_wrong else list(item.right)
        attempting.answer(person=person, attempt_id=attempt.pk, question=number, answer=keys, now=now)
    attempting.hand_in(person=person, attempt_id=attempt.pk, now=now)


def _walk(person: Person, diary: Diary, module: ModulePlan, ago: int) -> None:
    """The story of a module, the shortest way to an ending that counts."""
    step = next(step for step in module.steps if step.kind == "scenario")
    diary.at(ago, lambda now: _play(person, step.key, now))


def _play(person: Person, scenario_key: UUID, now: datetime) -> None:
    walk = playing.begin(person=person, scenario_key=scenario_key, walk_id=uuid4(), now=now)
    for place, way in enumerate(_way_out(walk.told)):
        playing.decide(person=person, walk_id=walk.pk, place=place, way=way, now=now)


def _way_out(story: Story) -> tuple[int, ...]:
    """The choices, from the start, that lead to an ending that counts; the fewest."""
    ways: dict[str, tuple[int, ...]] = {story.start: ()}
    queue = [story.start]
    for code in queue:
        stage = story.stages[code]
        if stage.ending in (SAFE, OPEN):
            return ways[code]
        for number, way in enumerate(stage.ways):
            if way.to not in ways:
                ways[way.to] = (*ways[code], number)
                queue.append(way.to)
    raise LookupError(f"{story.title} has no good ending.")


def teach(people: Sequence[Person], diary: Diary) -> None:
    """The trainer's class of now, with those whose tasks wait for her."""
    diary.at(30, lambda now: _begin_class("Angkatan satu", people, diary, 30, now))


def train(people: Sequence[Person], diary: Diary, name: str) -> None:
    """A class that is over: it met as often as the standard asks, and everybody was there."""

    def meet(ago: int, topic: str, now: datetime) -> None:
        cohort = Cohort.objects.get(name=name, region=CLASS_REGION)
        day = teaching.add_day(
            cohort=cohort,
            held_on=diary.day(ago),
            minutes=360,
            topic=topic,
            by=diary.trainer,
            now=now,
            today=diary.today,
        )
        there = [person.pk for person in people]
        teaching.note_attendance(day=day, present=there, absent=(), way=Attendance.Way.PAPER, by=diary.trainer, now=now)

    diary.at(200, lambda now: _begin_class(name, people, diary, 200, now))
    for number in range(diary.standard.rules.training_days):
        topic = TOPICS[number % len(TOPICS)]
        diary.at(190 - 20 * number, partial(meet, 190 - 20 * number, topic))


def _begin_class(name: str, people: Sequence[Person], diary: Diary, ago: int, now: datetime) -> None:
    cohort = cohorting.make_cohort(
        name=name,
        course_key=diary.course.key,
        region=Region.objects.get(code=CLASS_REGION),
        starts_on=diary.day(ago),
        ends_on=diary.day(ago - 90),
        trainers=(),
        by=diary.trainer,
        now=now,
    )
    for person in people:
        cohorting.add_member(cohort=cohort, person=person, by=diary.trainer, now=now, today=diary.day(ago))


def hand_in(person: Person, diary: Diary, code: str, ago: int, *, graded: bool = False) -> None:
    """The practical task of a module, written and handed in; the trainer grades it at once, or has not yet."""
    texts = yaml.safe_load((CONTENT / "demo-tugas.yaml").read_text(encoding="utf-8"))[code]
    task_key = _task_of(diary, code)

    def write(now: datetime) -> None:
        begun = submitting.begin(person=person, task_key=task_key, submission_id=uuid4(), now=now)
        answers = {
            field["code"]: texts.get(field["code"], _first_answer(field))
            for field in begun.task["fields"]
            if field["kind"] != "section"
        }
        submitting.hand_in(person=person, submission_id=begun.pk, now=now, answers=answers, is_confirmed=True)
        if graded:
            grading.claim(submission_id=begun.pk, assessor=diary.trainer, now=now, today=diary.day(ago))
            _grade(begun.pk, diary.trainer, now, diary.day(ago))

    diary.at(ago, write)


def _show(person: Person, diary: Diary, module: ModulePlan, ago: int) -> None:
    """The practical task of a module, done while the trainer watches."""
    task_key, day = _task_of(diary, module.code), diary.day(ago)

    def watch(now: datetime) -> None:
        watched = watching.watch(
            submission_id=uuid4(), person=person, task_key=task_key, assessor=diary.trainer, now=now, today=day
        )
        _grade(watched.pk, diary.trainer, now, day)

    diary.at(ago, watch)


def _grade(submission_id: UUID, trainer: Person, now: datetime, today: date) -> None:
    """Every row of the rubric at its best."""
    rubric = marks.rubric_of(Submission.objects.get(pk=submission_id))
    put = Marks(levels={one.code: one.best for one in rubric}, remark="Sudah baik. Teruskan.")
    grading.decide(submission_id=submission_id, assessor=trainer, put=put, now=now, today=today)


def _task_of(diary: Diary, code: str) -> UUID:
    module = next(module for module in diary.course.modules if module.code == code)
    return next(step.key for step in module.steps if step.kind == "practical")


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
