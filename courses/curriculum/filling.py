"""What a file says, put into a page that is not saved yet."""

from dataclasses import replace
from typing import Any

from django.core.files.images import ImageFile
from wagtail import blocks
from wagtail.rich_text import RichText

from courses import collecting
from courses.curriculum import course_settings, gathering
from courses.curriculum.files import (
    BlockFile,
    CourseFile,
    CourseHead,
    LessonRest,
    MediaRef,
    ModuleHead,
    PictureFile,
    StepFile,
    files_in,
    with_files,
)
from courses.curriculum.kinds import step_kind
from courses.models import CoursePage, LessonPage, MediaFile, ModulePage, Picture
from lms.kit import clock


def page_type(step: StepFile) -> type[Any]:
    if step.kind == "lesson":
        return LessonPage
    kind = step_kind(step.kind)
    assert kind is not None
    return kind.page


def fill(page: Any, file: CourseHead | ModuleHead | StepFile) -> None:
    """Set the page's fields from its file; only pictures are stored."""
    if isinstance(file, CourseHead):
        _fill_course(page, file)
    elif isinstance(file, ModuleHead):
        _fill_module(page, file)
    else:
        _fill_step(page, file)


def _fill_course(page: CoursePage, head: CourseHead) -> None:
    page.title, page.outer_title, page.intro = head.title, head.outer_title, head.intro
    course_settings.fill(page, head.settings)


def _fill_module(page: ModulePage, head: ModuleHead) -> None:
    page.title, page.outer_title, page.note = head.title, head.outer_title, head.note
    page.code, page.hours, page.needs = head.code, head.hours, list(head.needs)
    page.outcomes = _stream(page.outcomes, [("outcome", outcome) for outcome in head.outcomes])
    page.sources = _stream(page.sources, [("source", {"code": code, "text": text}) for code, text in head.sources])


def _fill_step(page: Any, step: StepFile) -> None:
    page.title, page.outer_title, page.minutes = step.title, step.outer_title, step.minutes
    if isinstance(page, LessonPage):
        _fill_lesson(page, step.rest)
        return
    kind = step_kind(step.kind)
    assert kind is not None
    kind.fill(page, step.rest)


def _fill_lesson(page: LessonPage, rest: LessonRest) -> None:
    page.checked_on, page.checked_by = rest.checked_on, rest.checked_by
    page.laws, page.sources = list(rest.laws), list(rest.sources)
    page.body = _stream(page.body, [_value(block, page.body.stream_block) for block in rest.blocks])


def _value(block: BlockFile, stream: blocks.StreamBlock) -> tuple[str, Any]:
    """A block as its stream value."""
    data = block.data["text"] if block.name == "text" else block.data
    return block.name, _streamed(stream.child_blocks[block.name], data)


def _streamed(block: blocks.Block, data: Any) -> Any:
    """What a file says, as the block's value: the way back of `gathering.plain`."""
    if hasattr(block, "streamed"):
        return block.streamed(data)
    if isinstance(block, blocks.ListBlock):
        return [_streamed(block.child_block, one) for one in data]
    if isinstance(block, blocks.StructBlock):
        names = {name: gathering.FILE_NAMES.get(name, name) for name in block.child_blocks}
        return {name: _streamed(child, data[names[name]]) for name, child in block.child_blocks.items()}
    if isinstance(block, blocks.RichTextBlock):
        return RichText(gathering.to_html(data))
    if isinstance(data, MediaRef):
        return stored_media(data)
    return stored_picture(data) if isinstance(data, PictureFile) else data


def _stream(old: Any, values: list[tuple[str, Any]]) -> Any:
    """New stream data in raw form. A block that stays keeps its id, so that comparing revisions stays readable."""
    block = old.stream_block
    fresh = block.get_prep_value(block.normalize(values))
    kept = block.get_prep_value(old)
    for place, row in enumerate(fresh):
        same = next((one for one in kept if (one["type"], one["value"]) == (row["type"], row["value"])), None)
        twin = kept[place] if place < len(kept) and kept[place]["type"] == row["type"] else None
        earlier = same or twin
        if earlier:
            row["id"] = earlier["id"]
    seen: set[str] = set()
    for row in fresh:
        if row["id"] in seen:
            row["id"] = None
        seen.add(row["id"])
    return block.to_python(fresh)


def stored_picture(file: PictureFile) -> Picture:
    """The picture with that content, whoever brought it; stored once."""
    known = Picture.objects.filter(file_hash=file.digest).first()
    if known:
        return known
    assert file.path is not None
    with file.path.open("rb") as content:
        picture = Picture(title=file.name, file=ImageFile(content, name=file.name))
        picture.save()
    return picture


def stored_media(file: MediaRef) -> MediaFile:
    """The sound, film, captions or document with that content; taken in once, made small by the worker."""
    assert file.path is not None
    known = MediaFile.objects.filter(digest=file.digest).first()
    if known and collecting.is_usable(known):
        return known
    with file.path.open("rb") as content:
        size = file.path.stat().st_size
        return collecting.take_in(file=content, name=file.name, size=size, by=None, now=clock.now(), kind=file.kind)


def settle_media(course: CourseFile) -> None:
    """A small file that this site made goes by what it was made of, so its own export comes in as what it is."""
    blocks_of = [
        block
        for module in course.modules
        for step in module.steps
        for block in (step.rest.blocks if step.kind == "lesson" else ())
    ]
    named = [*(block.data for block in blocks_of), *(module.parts for module in course.modules)]
    others = [step.rest for module in course.modules for step in module.steps if step.kind != "lesson"]
    digests = {file.digest for one in (*named, *others) for file in files_in(one) if isinstance(file, MediaRef)}
    known = dict(MediaFile.objects.filter(light_digest__in=digests).values_list("light_digest", "digest"))

    def settled(file: PictureFile) -> PictureFile:
        return replace(file, digest=known.get(file.digest, file.digest)) if isinstance(file, MediaRef) else file

    for one in named if known else ():
        one.update(with_files(one, settled))
    for module in course.modules if known else ():
        module.steps[:] = [
            step if step.kind == "lesson" else replace(step, rest=with_files(step.rest, settled))
            for step in module.steps
        ]
