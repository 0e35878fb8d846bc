"""Practice and exam as files: `latihan.yaml`, `ujian.yaml`."""

from dataclasses import MISSING, dataclass, fields
from datetime import datetime
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from django.utils import timezone

from assessments.models import ExamPage, PracticePage
from assessments.rules.drawing import Row, Topic
from courses.curriculum.block_files import Finder
from courses.curriculum.files import ModuleFile
from courses.curriculum.gathering import tidy
from courses.curriculum.kinds import StepKind, register_step_kind
from courses.curriculum.nodes import Fields
from lms.kit.words import Sentence, gettext_noop


@dataclass(frozen=True, slots=True)
class PracticeFile:
    """The codes of the questions, in the order asked."""

    questions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ExamFile:
    """`pass_percent` 1-100; `attempts` 0: as many as she likes; `limit_minutes` 0: no limit."""

    draw: int
    pass_percent: int
    attempts: int
    wait_hours: int
    intro: str
    part: str = ExamPage.Part.EXAM.value
    bank: str = ExamPage.Bank.MODULE.value
    topics: tuple[Row, ...] = ()
    wait_days: int = 0
    limit_minutes: int = 0
    opens_at: datetime | None = None
    closes_at: datetime | None = None
    shuffle_questions: bool = True
    shuffle_choices: bool = True
    one_page: bool = False
    feedback: str = ExamPage.Feedback.AT_ONCE.value


# What a file leaves out when it is as usual; the order in which a file is written.
USUAL = {one.name: one.default for one in fields(ExamFile) if one.default is not MISSING}
ORDER = (
    "part",
    "bank",
    "draw",
    "pass_percent",
    "attempts",
    "wait_hours",
    *(name for name in USUAL if name not in ("part", "bank")),
)
MOMENT = "%Y-%m-%d %H:%M"


def register() -> None:
    register_step_kind(
        StepKind(
            kind=PracticePage.kind,
            page=PracticePage,
            read=read_practice,
            gather=lambda page: PracticeFile(tuple(page.questions)),
            fill=fill_practice,
            write=lambda data: {"questions": data.questions},
        )
    )
    register_step_kind(
        StepKind(
            kind=ExamPage.kind, page=ExamPage, read=read_exam, gather=gather_exam, fill=fill_exam, write=write_exam
        )
    )


def read_practice(fields: Fields, module: ModuleFile, _find: Finder) -> PracticeFile:
    return PracticeFile(fields.words("questions", required=True))


def fill_practice(page: PracticePage, data: PracticeFile) -> None:
    page.questions = list(data.questions)


def read_exam(row: Fields, module: ModuleFile, _find: Finder) -> ExamFile:
    exam = ExamFile(
        draw=row.whole("draw", 1, 100),
        pass_percent=row.whole("pass_percent", 1, 100),
        attempts=row.whole("attempts", 0, 100),
        wait_hours=row.whole("wait_hours", 0, 2400),
        intro=row.text("intro", required=False),
        part=row.choice("part", ExamPage.Part.values, ExamPage.Part.EXAM.value),
        bank=row.choice("bank", ExamPage.Bank.values, ExamPage.Bank.MODULE.value),
        topics=tuple(read_topic(one) for one in row.rows("topics", required=False)),
        wait_days=row.whole("wait_days", 0, 100, 0),
        limit_minutes=row.whole("limit_minutes", 0, 600, 0),
        opens_at=read_moment(row, "opens_at"),
        closes_at=read_moment(row, "closes_at"),
        shuffle_questions=row.flag("shuffle_questions", default=True),
        shuffle_choices=row.flag("shuffle_choices", default=True),
        one_page=row.flag("one_page", default=False),
        feedback=row.choice("feedback", ExamPage.Feedback.values, ExamPage.Feedback.AT_ONCE.value),
    )
    if exam.opens_at and exam.closes_at and exam.closes_at <= exam.opens_at:
        row.problem(Sentence(gettext_noop("It closes before it opens. Choose a later time.")), "closes_at")
    if exam.feedback == ExamPage.Feedback.AFTER_CLOSING and exam.closes_at is None:
        text = gettext_noop("Say when it closes: what to look at again is shown then.")
        row.problem(Sentence(text), "feedback")
    return exam


def read_topic(row: Fields) -> Row:
    """One row: at most one of lesson, module, competency and tag; perhaps a difficulty; how many."""
    named = [topic for topic in Topic if topic and row.has(topic)]
    names = {topic: row.text(topic, required=False, most=40) for topic in Topic if topic}
    topic = named[0] if named else Topic.ANY
    if len(named) > 1:
        row.problem(Sentence(gettext_noop("Name one topic in each row: lesson, module, competency or tag.")), named[1])
    read = Row(topic, names.get(topic, ""), row.whole("difficulty", 0, 3, 0), row.whole("count", 1, 50))
    row.close()
    return read


def read_moment(row: Fields, name: str) -> datetime | None:
    """Day and time by the clock of the site, such as 2026-12-01 08:00; None when it is not there."""
    text = row.text(name, required=False)
    try:
        return timezone.make_aware(datetime.strptime(text, MOMENT)) if text else None
    except ValueError:
        params = {"name": name}
        row.problem(Sentence(gettext_noop("“%(name)s” takes day and time, such as 2026-12-01 08:00."), params), name)
        return None


def gather_exam(page: ExamPage) -> ExamFile:
    return ExamFile(
        draw=page.draw,
        pass_percent=page.pass_percent,
        attempts=page.attempts,
        wait_hours=page.wait_hours,
        intro=tidy(page.intro),
        part=page.part,
        bank=page.bank,
        topics=page.wanted.rows,
        wait_days=page.wait_days,
        limit_minutes=page.limit_minutes,
        opens_at=page.opens_at,
        closes_at=page.closes_at,
        shuffle_questions=page.shuffle_questions,
        shuffle_choices=page.shuffle_choices,
        one_page=page.one_page,
        feedback=page.feedback,
    )


def fill_exam(page: ExamPage, data: ExamFile) -> None:
    for one in fields(ExamFile):
        if one.name != "topics":
            setattr(page, one.name, getattr(data, one.name))
    page.topics = page.topics.stream_block.to_python(
        [
            {
                "type": "topic",
                "value": {
                    "topic": row.topic.value,
                    "name": row.name,
                    "difficulty": str(row.difficulty or ""),
                    "count": row.count,
                },
                "id": str(uuid5(NAMESPACE_URL, f"{page.translation_key}/{number}")),
            }
            for number, row in enumerate(data.topics)
        ]
    )


def write_exam(data: ExamFile) -> dict[str, Any]:
    """Settings that are as usual are left out, so that a plain exam stays a short file."""
    written = {name: write_value(getattr(data, name)) for name in ORDER if getattr(data, name) != USUAL.get(name)}
    return {**written, "intro": data.intro}


def write_value(value: Any) -> Any:
    if isinstance(value, datetime):
        return timezone.localtime(value).strftime(MOMENT)
    return [write_topic(row) for row in value] if isinstance(value, tuple) else value


def write_topic(row: Row) -> dict[str, Any]:
    named = {row.topic.value: row.name} if row.topic else {}
    return {**named, **({"difficulty": row.difficulty} if row.difficulty else {}), "count": row.count}
