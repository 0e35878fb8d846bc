"""What an exam asks, out of which bank, and what the bank cannot meet. Only reads."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from django.db.models import F, Sum

from assessments.models import Attempt, ExamPage, ExtraTime, Question
from assessments.rules import drawing, meeting
from assessments.rules.attempts import GRACE, Extra
from assessments.rules.competencies import COMPETENCIES
from assessments.rules.drawing import Candidate, Topic, Wanted
from assessments.rules.items import Item, Paper
from courses import outline
from courses.rules import CoursePlan, ModulePlan
from lms.kit.words import Sentence
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


def extras(people: Sequence[Person], exam_key: UUID) -> dict[int, Extra]:
    """By person, for those who were given something. One query."""
    given = ExtraTime.objects.filter(person__in=people, exam_key=exam_key).order_by().values_list("person")
    sums = given.annotate(more_minutes=Sum("minutes"), more_attempts=Sum("attempts"))
    return {person_id: Extra(minutes, attempts) for person_id, minutes, attempts in sums}


def extra_of(person: Person, exam_key: UUID) -> Extra:
    return extras([person], exam_key).get(person.pk, Extra())


def names_in(modules: Sequence[ModulePlan]) -> dict[Topic, set[str]]:
    """What a row may name there. A lesson's code is only clear within one module."""
    lessons = {step.code for step in modules[0].lessons} if len(modules) == 1 else set()
    return {
        Topic.LESSON: lessons,
        Topic.MODULE: {module.code for module in modules},
        Topic.COMPETENCY: set(COMPETENCIES),
    }


def points(draft: ExamPage) -> tuple[Sentence, ...]:
    """How long a paper is with the bank as it is, and what the settings ask in vain. None without a place."""
    found = outline.read(("draft",), draft).find_key(draft.translation_key)
    if found is None:
        return ()
    course, spot = found
    modules = modules_of(draft, course, spot.module)
    wanted = wanted_by(draft, course, spot.module)
    size = drawing.size(candidates(modules), wanted)
    said = meeting.points(wanted, size, names_in(modules))
    if not draft.is_test:
        return said
    pair = pair_of(draft, course, spot.module)
    has_partner = pair.after if draft.part == ExamPage.Part.BEFORE else pair.before
    return said if has_partner else (*said, meeting.ALONE)


def modules_asked(but: UUID, now: datetime) -> set[UUID]:
    """The modules out of whose banks published exams other than `but` still ask. One query."""
    places = {
        step.key: (course, one) for course in outline.course_plans() for one in course.modules for step in one.steps
    }
    pages = ExamPage.objects.live().filter(translation_key__in=list(places)).exclude(translation_key=but)
    still = pages.exclude(closes_at__lt=now - GRACE)
    return {module.key for page in still for module in modules_of(page, *places[page.translation_key])}
