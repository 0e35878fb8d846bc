"""Plain values written as a curriculum folder, always the same way: what was read comes back byte by byte."""

import shutil
from pathlib import Path
from typing import Any

from courses.curriculum import course_settings
from courses.curriculum.files import CourseFile, CourseHead, ModuleFile, ModuleHead, StepFile, files_in, with_files
from courses.curriculum.kinds import module_parts, step_kind
from courses.curriculum.lessons import write_lesson
from courses.curriculum.yaml_text import to_yaml


def write_course(course: CourseFile, folder: Path) -> list[Path]:
    """Write the folder; returns what was written. Files in it that are not of the course stay."""
    written = [_put(folder / "course.yaml", to_yaml(course_fields(course.head)))]
    for module in course.modules:
        written.extend(_write_module(module, folder / module.folder))
    return written


def _write_module(module: ModuleFile, folder: Path) -> list[Path]:
    fields = {**module_fields(module.head), "steps": [step.code for step in module.steps]}
    written = [_put(folder / "module.yaml", to_yaml(fields))]
    for part in module_parts():
        if module.parts.get(part.file):
            rows = with_files(part.write(module.parts[part.file]), lambda file: file.name)
            written.append(_put(folder / part.file, to_yaml(rows)))
            written.extend(_write_files(module.parts[part.file], folder))
    for step in module.steps:
        is_lesson = step.kind == "lesson"
        written.append(_put(folder / f"{step.code}.{'md' if is_lesson else 'yaml'}", step_text(step)))
        written.extend(_write_files([block.data for block in step.rest.blocks] if is_lesson else step.rest, folder))
    return written


def course_fields(head: CourseHead) -> dict[str, Any]:
    return {
        "key": head.key,
        "slug": head.slug,
        "title": head.title,
        "outer_title": head.outer_title,
        "intro": head.intro,
        **course_settings.write(head.settings),
    }


def module_fields(head: ModuleHead) -> dict[str, Any]:
    return {
        "key": head.key,
        "code": head.code,
        "title": head.title,
        "outer_title": head.outer_title,
        "hours": head.hours,
        "needs": head.needs,
        "outcomes": head.outcomes,
        "note": head.note,
        "sources": [{"id": code, "text": text} for code, text in head.sources],
    }


def step_text(step: StepFile, *, named_pictures: bool = True) -> str:
    """The text of a step's file; without the names of its pictures for comparing what the pictures hold."""
    if step.kind == "lesson":
        return write_lesson(step, named_pictures=named_pictures)
    kind = step_kind(step.kind)
    assert kind is not None
    fields: dict[str, Any] = {"kind": step.kind, "key": step.key, "title": step.title}
    if step.outer_title:
        fields["outer_title"] = step.outer_title
    rest = with_files(kind.write(step.rest), lambda file: file.name if named_pictures else file.digest)
    return to_yaml({**fields, "minutes": step.minutes, **rest})


def _write_files(named_in: Any, module: Path) -> list[Path]:
    """The pictures and sounds that a lesson's blocks or a part name, beside it."""
    written = []
    for file in files_in(named_in):
        if file.path is not None:
            target = module / file.folder / file.name
            target.parent.mkdir(parents=True, exist_ok=True)
            if file.path != target:
                shutil.copyfile(file.path, target)
            written.append(target)
    return written


def _put(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="\n")
    return path
