"""What a curriculum folder holds, as plain values that can be compared: the same from files and from the database."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, fields, is_dataclass, replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any, ClassVar
from uuid import UUID


@dataclass(frozen=True, slots=True)
class PictureFile:
    """A picture: equal when its content is, whatever its name."""

    folder: ClassVar[str] = "pictures"

    digest: str
    name: str = field(compare=False)
    path: Path | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class MediaRef(PictureFile):
    """A sound, film, captions or document; known by what first came in, whatever was made of it since."""

    folder: ClassVar[str] = "media"

    kind: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class BlockFile:
    """One block of a lesson. Texts with marks are canonical Markdown; a picture is a `PictureFile`."""

    name: str
    data: dict[str, Any]


def files_in(value: Any) -> Iterator[PictureFile]:
    """Every file that a block's or part's data names, however deep, in its order."""
    if isinstance(value, PictureFile):
        yield value
    elif isinstance(value, dict | list | tuple):
        for one in value.values() if isinstance(value, dict) else value:
            yield from files_in(one)
    elif is_dataclass(value):
        for one in fields(value):
            yield from files_in(getattr(value, one.name))


def with_files(value: Any, change: Callable[[PictureFile], Any]) -> Any:
    """The same data with something else in the place of each file."""
    if isinstance(value, PictureFile):
        return change(value)
    if isinstance(value, dict):
        return {name: with_files(one, change) for name, one in value.items()}
    if is_dataclass(value) and not isinstance(value, type):
        return replace(value, **{one.name: with_files(getattr(value, one.name), change) for one in fields(value)})
    return type(value)(with_files(one, change) for one in value) if isinstance(value, list | tuple) else value


@dataclass(frozen=True, slots=True)
class StepFile:
    """One page of a module. `rest` is what its kind adds: for a lesson a `LessonRest`."""

    key: UUID
    kind: str
    code: str
    title: str
    outer_title: str
    minutes: int
    rest: Any


@dataclass(frozen=True, slots=True)
class LessonRest:
    checked_on: date | None
    checked_by: str
    laws: tuple[str, ...]
    sources: tuple[str, ...]
    blocks: tuple[BlockFile, ...]


@dataclass(frozen=True, slots=True)
class ModuleHead:
    """module.yaml without the list of steps."""

    key: UUID
    code: str
    title: str
    outer_title: str
    hours: Decimal
    needs: tuple[str, ...]
    outcomes: tuple[str, ...]
    note: str
    sources: tuple[tuple[str, str], ...]


@dataclass(slots=True)
class ModuleFile:
    """A module folder. `parts` holds what other apps read from files of their own, by file name."""

    folder: str
    head: ModuleHead
    steps: list[StepFile] = field(default_factory=list)
    parts: dict[str, Any] = field(default_factory=dict)

    def step_codes(self) -> set[str]:
        return {step.code for step in self.steps}

    def source_codes(self) -> set[str]:
        return {code for code, _text in self.head.sources}


@dataclass(frozen=True, slots=True)
class ProgrammeFile:
    """What the course belongs to; `number` says which course of it this is."""

    key: UUID
    title: str
    outer_title: str
    intro: str
    number: int = 0


@dataclass(frozen=True, slots=True)
class CourseSettings:
    """How a course is taken: what is usual stands in no file."""

    order: str = "in order"
    needs: tuple[UUID, ...] = ()
    admission: str = "coordinator"
    programme: ProgrammeFile | None = None


@dataclass(frozen=True, slots=True)
class CourseHead:
    key: UUID
    slug: str
    title: str
    outer_title: str
    intro: str
    settings: CourseSettings = CourseSettings()


@dataclass(slots=True)
class CourseFile:
    head: CourseHead
    modules: list[ModuleFile] = field(default_factory=list)
