"""Pages gathered into the plain values that files hold: to write them out, and to see what a file would change."""

from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import UUID

from wagtail import blocks
from wagtail.models import Page
from wagtail.rich_text import RichText

from courses.curriculum import course_settings
from courses.curriculum.files import (
    BlockFile,
    CourseFile,
    CourseHead,
    LessonRest,
    MediaRef,
    ModuleFile,
    ModuleHead,
    PictureFile,
    StepFile,
    with_files,
)
from courses.curriculum.kinds import module_parts, step_kind_of
from courses.models import CoursePage, LessonPage, MediaFile, ModulePage, Picture, StepPage
from courses.outline import step_types
from lms.kit import richtext

# What a field of a block is called in files, where it is called otherwise there.
FILE_NAMES = {"code": "id", "image": "file"}


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
    settings = course_settings.gather(page)
    return CourseHead(page.translation_key, page.slug, page.title, page.outer_title, tidy(page.intro), settings)


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
    files: list[BlockFile] = []
    for block in page.body:
        gathered = _block(block.block_type, block.block, block.value)
        if gathered.name == "text" and not gathered.data["text"]:
            continue
        if gathered.name == "text" and files and files[-1].name == "text":
            # In a file nothing stands between two texts: they are one.
            files[-1] = BlockFile("text", {"text": files[-1].data["text"] + "\n\n" + gathered.data["text"]})
        else:
            files.append(gathered)
    return LessonRest(page.checked_on, page.checked_by, tuple(page.laws), tuple(page.sources), tuple(files))


def _block(name: str, block: blocks.Block, value: Any) -> BlockFile:
    data = plain(block, value)
    return BlockFile(name, data if isinstance(data, dict) else {"text": data})


def plain(block: blocks.Block, value: Any) -> Any:
    """A block's value as a file holds it. A block whose value differs there says so itself (`plain`)."""
    if hasattr(block, "plain"):
        return tidy(block.plain(value))
    if isinstance(block, blocks.ListBlock):
        return [plain(block.child_block, one) for one in value]
    if isinstance(block, blocks.StructBlock):
        return {FILE_NAMES.get(name, name): plain(child, value[name]) for name, child in block.child_blocks.items()}
    if isinstance(block, blocks.BooleanBlock):
        return bool(value)
    if isinstance(value, Picture):
        return picture_file(value)
    if isinstance(value, MediaFile):
        return media_ref(value)
    return to_markdown(value) if isinstance(value, RichText) else tidy(value)


def tidy(value: Any) -> Any:
    """A text as a file would hold it: no white space at the ends of its lines. So in a list of texts."""
    if isinstance(value, list):
        return [tidy(one) for one in value]
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


def media_ref(file: MediaFile) -> MediaRef:
    return MediaRef(file.digest, file.file_name, file.path, file.kind)


def _part_names(module: ModuleFile) -> None:
    """Two different files of one module never share a name."""
    taken: dict[tuple[str, str], str] = {}

    def parted(file: PictureFile) -> PictureFile:
        if taken.setdefault((file.folder, file.name), file.digest) == file.digest:
            return file
        stem, _dot, suffix = file.name.rpartition(".")
        return replace(file, name=f"{stem}-{file.digest[:6]}.{suffix}")

    for step in module.steps:
        for block in step.rest.blocks if step.kind == "lesson" else ():
            block.data.update(with_files(block.data, parted))
    module.parts.update(with_files(module.parts, parted))
