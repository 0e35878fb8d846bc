"""What an exam asks, out of which bank, and what the bank cannot meet. Only reads."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from django.db.models import F, Sum

from assessments.models import Attempt, ExamPage, ExtraTime, Question
from assessments.rules import drawing
from assessments.rules.drawing import Candidate, Row, Topic, Wanted
from assessments.rules.items import Item, Paper
from courses import outline
from courses.rules import CoursePlan, ModulePlan
from lms.people.models import Person


@dataclass(frozen=True, slots=True)
class Pair:
    """The tests before and after one training; either may be missing."""

    before: ExamPage | None
    after: ExamPage | None


def modules_of(exam: ExamPage, course: CoursePlan, module: ModulePlan) -> tuple[ModulePlan, ...]:
    """The modules whose banks it asks from."""
    return course.modules if exam.bank == ExamPage.Bank.COURSE else (module,)


def pair_of(exam: ExamPage, course: CoursePlan, module: ModulePlan) -> Pair:
    """This test and its partner: they ask from the same bank, of the module or of the whole course. One query."""
    keys = [step.key for one in modules_of(exam, course, module) for step in one.steps if step.kind == "exam"]
    pages = ExamPage.objects.live().filter(translation_key__in=keys, bank=exam.bank).exclude(part="exam")
    parts: dict[str, ExamPage] = {}
    for page in pages.order_by("path"):
        parts.setdefault(page.part, page)
    return Pair(parts.get(ExamPage.Part.BEFORE), parts.get(ExamPage.Part.AFTER))


def wanted_by(exam: ExamPage, course: CoursePlan, module: ModulePlan) -> Wanted:
    """What its papers hold; the test after asks by the settings of the test before."""
    if exam.part == ExamPage.Part.AFTER:
        before = pair_of(exam, course, module).before
        return before.wanted if before else exam.wanted
    return exam.wanted


def candidates(modules: Sequence[ModulePlan]) -> list[Candidate]:
    """The exam questions of these modules, in their order. One query."""
    codes = {module.key: module.code for module in modules}
    bank = Question.objects.for_exam().filter(module__translation_key__in=list(codes))
    rows = bank.annotate(module_key=F("module__translation_key")).values_list(
        "code", "family", "is_critical", "module_key", "lesson", "difficulty", "competency", "tags"
    )
    return [
        Candidate(code, family or code, is_critical, codes[key], lesson, difficulty, competency, tuple(tags))
        for code, family, is_critical, key, lesson, difficulty, competency, tags in rows
    ]


def size(exam: ExamPage, course: CoursePlan, module: ModulePlan) -> drawing.Size:
    """What a paper comes to with the bank as it is. One query; two for a test after."""
    return drawing.size(candidates(modules_of(exam, course, module)), wanted_by(exam, course, module))


def paper(exam: ExamPage, course: CoursePlan, module: ModulePlan, *, seed: str, failed: Sequence[str] = ()) -> Paper:
    """A paper drawn now, each question with the key of the lesson to read about it; empty when the bank is."""
    modules = modules_of(exam, course, module)
    chosen = drawing.choose(candidates(modules), wanted_by(exam, course, module), seed, failed)
    asked = {one.code: one for one in Question.objects.filter(code__in=chosen.codes).select_related("module")}
    return drawing.lay_out(
        [_item(asked[code], modules) for code in chosen.codes],
        pass_percent=exam.pass_percent,
        seed=seed,
        questions=exam.shuffle_questions,
        choices=exam.shuffle_choices,
    )


def _item(question: Question, modules: Sequence[ModulePlan]) -> Item:
    key = question.module.translation_key if question.module else None
    lessons = {step.code: str(step.key) for one in modules if one.key == key for step in one.lessons}
    return replace(question.as_item(), lesson=lessons.get(question.lesson, ""))


def asked_before(exam: ExamPage, course: CoursePlan, module: ModulePlan, person_id: int) -> list[str]:
    """For a test after: the codes that she was asked before. Their siblings are asked now."""
    before = pair_of(exam, course, module).before if exam.part == ExamPage.Part.AFTER else None
    if before is None:
        return []
    first = Attempt.objects.filter(person=person_id).at(before.translation_key).order_by("number").first()
    return [item.code for item in first.questions.items] if first else []


def extra_minutes(person: Person, exam_key: UUID) -> int:
    """What trainers gave her beyond the others for this exam, together. One query."""
    given = ExtraTime.objects.filter(person=person, exam_key=exam_key).aggregate(total=Sum("minutes"))["total"]
    return int(given or 0)


def names_of(modules: Sequence[ModulePlan]) -> dict[Topic, set[str]]:
    """The codes that a row of topics may name there: lessons of one module, modules of a course."""
    lessons = {step.code for step in modules[0].lessons} if len(modules) == 1 else set()
    return {Topic.LESSON: lessons, Topic.MODULE: {module.code for module in modules}}


@dataclass(frozen=True, slots=True)
class Lack:
    """A row that the bank cannot fill: it has `found` of the wanted questions. `is_unknown`: its code names nothing."""

    row: Row
    found: int
    is_unknown: bool


def lacks(exam: ExamPage, course: CoursePlan, module: ModulePlan) -> tuple[drawing.Size, list[Lack]]:
    """The size of a paper, and the rows it lacks something of."""
    modules, wanted = modules_of(exam, course, module), wanted_by(exam, course, module)
    found, names = drawing.size(candidates(modules), wanted), names_of(modules)
    lacking = [
        Lack(row, row.count - missing, row.topic in names and row.name not in names[row.topic])
        for row, missing in zip(wanted.rows, found.lacking, strict=True)
        if missing
    ]
    return found, lacking


def is_asked_elsewhere(question_modules: Sequence[UUID], exam_key: UUID) -> bool:
    """True when another published exam asks from the bank of one of these modules."""
    for course in outline.course_plans():
        keys = [module.key for module in course.modules]
        if not set(keys) & set(question_modules):
            continue
        for page in ExamPage.objects.live().filter(
            translation_key__in=[step.key for one in course.modules for step in one.steps if step.kind == "exam"]
        ):
            if page.translation_key == exam_key:
                continue
            own = next(one for one in course.modules if any(s.key == page.translation_key for s in one.steps))
            if page.bank == ExamPage.Bank.COURSE or own.key in question_modules:
                return True
    return False
