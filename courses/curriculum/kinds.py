"""Kinds of steps and files of a module that other apps bring. They register at start-up."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from courses.curriculum.files import ModuleFile
from courses.curriculum.problems import Problems


@dataclass(frozen=True, slots=True)
class StepKind:
    """A kind of step in `<code>.yaml`; what it adds is one comparable value.

    `read(fields, module, find)` gives the value from the file (`module.parts` is read already; `find`: a `Finder` of
    the files it names); `gather(page)` gives it from the database; `fill(page, value)` sets attributes;
    `write(value)` gives the mapping for the file, files in it as they are.
    """

    kind: str
    page: type[Any]
    read: Callable[..., Any]
    gather: Callable[[Any], Any]
    fill: Callable[[Any, Any], None]
    write: Callable[[Any], dict[str, Any]]


@dataclass(frozen=True, slots=True)
class ModulePart:
    """A file beside the steps, such as questions.yaml: a list of mappings.

    `read(rows, find)` (`find`: a `Finder` of the files it names) and `gather(module_page)` give one comparable value
    (falsy: no file). `apply(module_page, value, now, is_trial=)` stores it inside the loader's transaction, before the
    steps, and says what changed; a trial stores nothing. `write(value)` gives the rows for the file, files in them as
    they are. `check(module, problems)` looks across the whole module once it is read.
    """

    file: str
    read: Callable[..., Any]
    gather: Callable[[Any], Any]
    apply: Callable[..., list[str]]
    write: Callable[[Any], list[dict[str, Any]]]
    check: Callable[[ModuleFile, Problems], None] | None = None


_step_kinds: dict[str, StepKind] = {}
_parts: dict[str, ModulePart] = {}


def register_step_kind(kind: StepKind) -> None:
    _step_kinds[kind.kind] = kind


def register_module_part(part: ModulePart) -> None:
    _parts[part.file] = part


def step_kind(name: str) -> StepKind | None:
    return _step_kinds.get(name)


def step_kind_of(page: Any) -> StepKind:
    """The registered kind of a page; KeyError when nobody registered it."""
    return _step_kinds[page.kind]


def step_kind_names() -> tuple[str, ...]:
    return tuple(sorted(_step_kinds))


def module_parts() -> tuple[ModulePart, ...]:
    return tuple(_parts.values())
