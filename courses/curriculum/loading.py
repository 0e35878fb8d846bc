"""A curriculum folder comes into the site, or a newer one over it: only what differs is published anew. Action."""

from datetime import datetime
from typing import Any

from django.core.files.images import ImageFile
from django.utils.translation import gettext as _
from wagtail.models import Page
from wagtail.rich_text import RichText

from courses import setting_up
from courses.curriculum import gathering
from courses.curriculum.files import BlockFile, CourseFile, LessonRest, ModuleFile, PictureFile, StepFile
from courses.curriculum.kinds import module_parts, step_kind
from courses.models import CoursePage, IndexPage, LessonPage, ModulePage, Picture
from lms.kit.refusing import Refused
from lms.kit.writing import writing
from lms.people import trailing
from lms.people.models import Person


def load_course(*, course: CourseFile, now: datetime, by: Person | None = None) -> list[str]:
    """Make pages like the files; returns one line for each change, nothing when all was so already.

    A page is known by its key, so progress stays. Pages that no file names are left as they are. Raises Refused when
    another page stands at the address of a new one; nothing is changed then.
    """
    with writing():
        loader = _Loader(by, now)
        page = loader.load(course, setting_up.set_up())
        if loader.changes:
            trailing.record(
                actor=by, verb="courses.loaded", subject=page, now=now, detail={"changes": len(loader.changes)}
            )
    return loader.changes


class _Loader:
    """One run: first every page gets its place, then its content, so that pages may link to each other."""

    def __init__(self, by: Person | None, now: datetime) -> None:
        self.by = by
        self.now = now
        self.changes: list[str] = []
        self.new: set[int] = set()

    def load(self, course: CourseFile, index: IndexPage) -> CoursePage:
        page = self.placed(CoursePage, course.head, index, course.head.slug)
        places: list[tuple[ModuleFile, ModulePage, list[tuple[StepFile, Any]]]] = []
        for module in course.modules:
            module_page = self.placed(ModulePage, module.head, page, module.head.code)
            steps = [(step, self.placed(_page_type(step), step, module_page, step.code)) for step in module.steps]
            self.order([one for _step, one in steps])
            self.free_codes([(one, step.code) for step, one in steps])
            places.append((module, module_page, steps))
        self.order([module_page for _module, module_page, _steps in places])
        self.free_codes([(module_page, module.head.code) for module, module_page, _steps in places])
        self.fill_course(course, _fresh(page))
        for module, module_page, steps in places:
            self.fill_module(module, _fresh(module_page))
            for step, one in steps:
                self.fill_step(step, _fresh(one))
        return page

    def placed(self, kind: type[Any], file: Any, parent: Page, code: str) -> Any:
        """The page of that key under its parent; made (not yet published) or moved there when needed.

        It takes its own address when it is filled: until then another page of the files may hold it.
        """
        parent.refresh_from_db()
        page = kind.objects.filter(translation_key=file.key).first()
        if page is None:
            if Page.objects.filter(translation_key=file.key).exists():
                raise Refused(_("“%(title)s” exists as another kind of page.") % {"title": file.title})
            slug = f"x{file.key.hex[:12]}" if parent.get_children().filter(slug=code).exists() else code
            page = kind(title=file.title, slug=slug, translation_key=file.key, live=False, locale=parent.locale)
            if isinstance(page, ModulePage):
                page.code = code
            parent.add_child(instance=page)
            self.new.add(page.pk)
        elif not page.is_child_of(parent):
            self.set_aside(page)
            page.move(parent, "last-child", user=self.by)
            self.changes.append(_("Moved: %(title)s") % {"title": page.title})
        return kind.objects.get(pk=page.pk)

    def set_aside(self, page: Any) -> None:
        """Give a page an address that nobody wants, until its own one is free."""
        page.slug = f"x{page.pk}"
        page.save()

    def free_codes(self, wanted: list[tuple[Any, str]]) -> None:
        """Pages of the files that change codes among themselves first step aside."""
        codes = {code for _page, code in wanted}
        for page, code in wanted:
            if page.slug != code and page.slug in codes:
                self.set_aside(page)

    def refuse_taken(self, parent: Page, code: str, own: int) -> None:
        other = parent.get_children().filter(slug=code).exclude(pk=own).first()
        if other:
            params = {"title": other.title, "address": other.url_path}
            raise Refused(_("“%(title)s” stands at %(address)s already. Change its code or its key.") % params)

    def order(self, pages: list[Any]) -> None:
        """Bring pages of one parent into the order of the files; strangers stay where they are."""
        before = None
        for page in pages:
            page.refresh_from_db()
            if before is not None and page.path < before.path:
                page.move(before, "right", user=self.by)
                page.refresh_from_db()
                if page.pk not in self.new:
                    self.changes.append(_("Moved: %(title)s") % {"title": page.title})
            before = page

    def publish(self, page: Any) -> None:
        is_new = page.pk in self.new
        page.save_revision(user=self.by, log_action=True).publish(user=self.by)
        word = _("New: %(title)s") if is_new else _("Changed: %(title)s")
        self.changes.append(word % {"title": page.title})

    def fill_course(self, course: CourseFile, page: CoursePage) -> None:
        head = course.head
        if page.pk not in self.new and gathering.course_head(page) == head:
            return
        page.title, page.outer_title, page.intro = head.title, head.outer_title, head.intro
        self.set_slug(page, head.slug)
        self.publish(page)

    def fill_module(self, module: ModuleFile, page: ModulePage) -> None:
        head = module.head
        if page.pk in self.new or page.slug != head.code or gathering.module_head(page) != head:
            self.set_slug(page, head.code)
            page.title, page.outer_title, page.note = head.title, head.outer_title, head.note
            page.code, page.hours, page.needs = head.code, head.hours, list(head.needs)
            page.outcomes = _stream(page.outcomes, [("outcome", outcome) for outcome in head.outcomes])
            page.sources = _stream(
                page.sources, [("source", {"code": code, "text": text}) for code, text in head.sources]
            )
            self.publish(page)
        for part in module_parts():
            value = module.parts.get(part.file)
            if value and part.gather(page) != value:
                self.changes.extend(part.apply(page, value, self.now))

    def fill_step(self, step: StepFile, page: Any) -> None:
        if page.pk not in self.new and gathering.gather_step(page) == step:
            return
        page.title, page.outer_title, page.minutes = step.title, step.outer_title, step.minutes
        self.set_slug(page, step.code)
        if isinstance(page, LessonPage):
            _fill_lesson(page, step.rest)
        else:
            kind = step_kind(step.kind)
            assert kind is not None
            kind.fill(page, step.rest)
        self.publish(page)

    def set_slug(self, page: Any, code: str) -> None:
        if page.slug != code:
            self.refuse_taken(page.get_parent(), code, page.pk)
            page.slug = code


def _fresh(page: Any) -> Any:
    """As the database has it: a page that was moved has taken those below it to new paths."""
    return type(page).objects.get(pk=page.pk)


def _page_type(step: StepFile) -> type[Any]:
    if step.kind == "lesson":
        return LessonPage
    kind = step_kind(step.kind)
    assert kind is not None
    return kind.page


def _fill_lesson(page: LessonPage, rest: LessonRest) -> None:
    page.checked_on, page.checked_by = rest.checked_on, rest.checked_by
    page.laws, page.sources = list(rest.laws), list(rest.sources)
    page.body = _stream(page.body, [_value(block) for block in rest.blocks])


def _value(block: BlockFile) -> tuple[str, Any]:
    """A block as its stream value."""
    data = {("code" if name == "id" else name): value for name, value in block.data.items()}
    for name in gathering.MARKED.get(block.name, ["text"] if block.name == "text" else []):
        data[name] = RichText(gathering.to_html(data[name]))
    if block.name == "text":
        return "text", data["text"]
    if block.name == "picture":
        data["image"] = _picture(data.pop("file"))
    return block.name, data


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


def _picture(file: PictureFile) -> Picture:
    """The picture with that content, whoever brought it; stored once."""
    known = Picture.objects.filter(file_hash=file.digest).first()
    if known:
        return known
    assert file.path is not None
    with file.path.open("rb") as content:
        picture = Picture(title=file.name, file=ImageFile(content, name=file.name), file_hash=file.digest)
        picture.file_size = file.path.stat().st_size
        picture.save()
    return picture
