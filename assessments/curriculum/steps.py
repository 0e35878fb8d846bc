"""Practice and exam as files: `latihan.yaml`, `ujian.yaml`."""

from dataclasses import dataclass
from typing import Any

from assessments.models import ExamPage, PracticePage
from courses.curriculum.files import ModuleFile
from courses.curriculum.gathering import tidy
from courses.curriculum.kinds import StepKind, register_step_kind
from courses.curriculum.nodes import Fields


@dataclass(frozen=True, slots=True)
class PracticeFile:
    """The codes of the questions, in the order asked."""

    questions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ExamFile:
    """`pass_percent` 1-100; `attempts` 0: as many as she likes."""

    draw: int
    pass_percent: int
    attempts: int
    wait_hours: int
    intro: str


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


def read_practice(fields: Fields, module: ModuleFile) -> PracticeFile:
    return PracticeFile(fields.words("questions", required=True))


def fill_practice(page: PracticePage, data: PracticeFile) -> None:
    page.questions = list(data.questions)


def read_exam(fields: Fields, module: ModuleFile) -> ExamFile:
    return ExamFile(
        draw=fields.whole("draw", 1, 100),
        pass_percent=fields.whole("pass_percent", 1, 100),
        attempts=fields.whole("attempts", 0, 100),
        wait_hours=fields.whole("wait_hours", 0, 2400),
        intro=fields.text("intro", required=False),
    )


def gather_exam(page: ExamPage) -> ExamFile:
    return ExamFile(page.draw, page.pass_percent, page.attempts, page.wait_hours, tidy(page.intro))


def fill_exam(page: ExamPage, data: ExamFile) -> None:
    page.draw, page.pass_percent = data.draw, data.pass_percent
    page.attempts, page.wait_hours, page.intro = data.attempts, data.wait_hours, data.intro


def write_exam(data: ExamFile) -> dict[str, Any]:
    return {
        "draw": data.draw,
        "pass_percent": data.pass_percent,
        "attempts": data.attempts,
        "wait_hours": data.wait_hours,
        "intro": data.intro,
    }
