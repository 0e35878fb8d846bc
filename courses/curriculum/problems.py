"""What is wrong in a curriculum folder: every error at once, each with its file and line."""

from dataclasses import dataclass, field

from lms.kit.words import Sentence, Translate


@dataclass(frozen=True, slots=True)
class Problem:
    """One error; `line` counts from 1, 0 means the whole file; no file: all of it."""

    file: str
    line: int
    sentence: Sentence

    def render(self, translate: Translate) -> str:
        where = f"{self.file}:{self.line}" if self.line else self.file
        return f"{where}: {self.sentence.render(translate)}".removeprefix(": ")


@dataclass(slots=True)
class Problems:
    found: list[Problem] = field(default_factory=list)

    def add(self, file: str, line: int, sentence: Sentence) -> None:
        self.found.append(Problem(file, line, sentence))

    def __bool__(self) -> bool:
        return bool(self.found)


class CurriculumRefused(Exception):
    """The folder cannot be read; nothing was changed."""

    def __init__(self, problems: Problems) -> None:
        super().__init__("; ".join(problem.render(str) for problem in problems.found))
        self.problems = tuple(problems.found)
