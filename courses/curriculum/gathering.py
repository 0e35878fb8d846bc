"""Pages gathered into the plain values that files hold: to write them out, and to see what a file would change."""

from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import UUID

from wagtail.models import Page

from courses.curriculum.files import (
    BlockFile,
    CourseFile,
    CourseHead,
    LessonRest,
    ModuleFile,
    ModuleHead,
    PictureFile,
    StepFile,
)
from courses.curriculum.kinds import module_parts, step_kind_of
from courses.models import CoursePage, LessonPage, ModulePage, Picture, StepPage
from courses.outline import step_types
from lms.kit import richtext

# The fields of blocks whose texts have marks, by block name.
MARKED = {"key_point": ["text"], "callout": ["text"], "story": ["text"]}


def gather_course(page: CoursePage) -> CourseFile:
    """The published course with its published modules and steps."""
    course = CourseFile(course_head(page))
    for number, module in enumerate(ModulePage.objects.child_of(page).live().order_by("path"), 1):
        course.modules.append(gather_module(module, f"modul-{number:02d}"))
    return course


def gather_module(page: ModulePage, folder: str) -> ModuleFile:
    module = ModuleFile(folder, module_head(page))
    for part in module_parts():
        value = part.gather(page)
        if value:
            module.parts[part.file] = value
    module.steps.extend(gather_step(step) for step in steps_of(page))
    _part_names(module)
    return module


def steps_of(module: ModulePage) -> list[StepPage]:
    """The published steps of every kind, in their order."""
    pages = [page for kind in step_types() for page in kind.objects.child_of(module).live()]
    return sorted(pages, key=lambda page: page.path)


def course_head(page: CoursePage) -> CourseHead:
    return CourseHead(page.translation_key, page.slug, page.title, page.outer_title, tidy(page.intro))


def module_head(page: ModulePage) -> ModuleHead:
    return ModuleHead(
        key=page.translation_key,
        code=page.code,
        title=page.title,
        outer_title=page.outer_title,
        hours=Decimal(page.hours).normalize(),
        needs=tuple(page.needs),
        outcomes=tuple(outcome.value for outcome in page.outcomes),
        note=tidy(page.note),
        sources=tuple((source.value["code"], tidy(source.value["text"])) for source in page.sources),
    )


def gathered(page: Any) -> CourseHead | ModuleHead | StepFile:
    """What the file of this page would say now."""
    if isinstance(page, CoursePage):
        return course_head(page)
    return module_head(page) if isinstance(page, ModulePage) else gather_step(page)


def gather_step(page: StepPage) -> StepFile:
    return StepFile(
        key=page.translation_key,
        kind=page.kind,
        code=page.slug,
        title=page.title,
        outer_title=page.outer_title,
        minutes=page.minutes,
        rest=gather_lesson(page) if isinstance(page, LessonPage) else step_kind_of(page).gather(page),
    )


def gather_lesson(page: LessonPage) -> LessonRest:
    blocks: list[BlockFile] = []
    for block in page.body:
        gathered = _block(block.block_type, block.value)
        if gathered.name == "text" and not gathered.data["text"]:
            continue
        if gathered.name == "text" and blocks and blocks[-1].name == "text":
            # In a file nothing stands between two texts: they are one.
            blocks[-1] = BlockFile("text", {"text": blocks[-1].data["text"] + "\n\n" + gathered.data["text"]})
        else:
            blocks.append(gathered)
    return LessonRest(page.checked_on, page.checked_by, tuple(page.laws), tuple(page.sources), tuple(blocks))


def _block(name: str, value: Any) -> BlockFile:
    if name == "text":
        return BlockFile(name, {"text": to_markdown(value)})
    if name == "picture":
        data = {"file": picture_file(value["image"]), "alt": value["alt"].strip(), "caption": value["caption"].strip()}
        return BlockFile(name, data)
    if name == "self_check":
        choices = [
            {"text": one["text"].strip(), "right": bool(one["right"]), "feedback": tidy(one["feedback"])}
            for one in value["choices"]
        ]
        return BlockFile(name, {"id": value["code"], "question": tidy(value["question"]), "choices": choices})
    data = {
        "id" if field == "code" else field: to_markdown(one) if field in MARKED.get(name, []) else tidy(one)
        for field, one in value.items()
    }
    return BlockFile(name, data)


def tidy(value: Any) -> Any:
    """A text as a file would hold it: no white space at the ends of its lines."""
    if not isinstance(value, str):
        return value
    return "\n".join(line.rstrip() for line in value.replace("\r\n", "\n").strip().split("\n"))


def to_markdown(value: Any) -> str:
    """The editor's text as Markdown; a link to a page goes by the page's key."""
    return richtext.to_markdown(richtext.relinked(richtext.from_html(value.source), _to_key))


def _to_key(link: str) -> str:
    if not link.startswith("page:"):
        return link
    key = Page.objects.filter(pk=link[5:]).values_list("translation_key", flat=True).first()
    return f"page:{key}" if key else ""


def to_html(markdown: str) -> str:
    """Markdown as the editor keeps it; a link to a page goes by the page's number in this database."""
    return richtext.to_html(richtext.relinked(richtext.from_markdown(markdown), _to_number))


def _to_number(link: str) -> str:
    if not link.startswith("page:"):
        return link
    number = Page.objects.filter(translation_key=UUID(link[5:])).values_list("pk", flat=True).first()
    return f"page:{number}" if number else ""


def picture_file(picture: Picture) -> PictureFile:
    return PictureFile(picture.get_file_hash(), picture.title, Path(picture.file.path))


def _part_names(module: ModuleFile) -> None:
    """Two different pictures of one module never share a file name."""
    taken: dict[str, str] = {}
    for step in module.steps:
        if step.kind != "lesson":
            continue
        for block in step.rest.blocks:
            picture = block.data.get("file")
            if isinstance(picture, PictureFile) and taken.setdefault(picture.name, picture.digest) != picture.digest:
                stem, _dot, suffix = picture.name.rpartition(".")
                block.data["file"] = PictureFile(picture.digest, f"{stem}-{picture.digest[:6]}.{suffix}", picture.path)
