"""A curriculum folder comes into the site, or a newer one over it: only what differs is published anew. Action."""

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from wagtail.models import Page

from courses import setting_up, versioning
from courses.curriculum import filling, gathering
from courses.curriculum.files import CourseFile, ModuleFile, StepFile
from courses.curriculum.kinds import module_parts
from courses.curriculum.remembering import Memory, part_key, text_of
from courses.models import CoursePage, IndexPage, ModulePage
from lms.kit.refusing import Refused
from lms.kit.writing import writing
from lms.people import trailing
from lms.people.models import Person

Placed = list[tuple[StepFile, Any]]


def load_course(
    *,
    course: CourseFile,
    now: datetime,
    by: Person | None = None,
    overwrite: bool = False,
    report: Callable[[int, int], None] | None = None,
) -> list[str]:
    """Make pages like the files; returns one line for each change, nothing when all was so already.

    A page is known by its key, so progress stays. What trainers changed, moved or deleted since the last load stays as
    they left it, and a line says so; `overwrite` takes the files instead. Pages that no file names are left alone.
    `report(done, total)` is told how many pages are looked through. Raises Refused when another page stands at the
    address of a new one; nothing is changed then.
    """
    with writing(), versioning.one_version():
        loader = _Loader(by, now, overwrite, report=report)
        page = loader.load(course, setting_up.set_up())
        if page and loader.changes:
            trailing.record(
                actor=by, verb="courses.loaded", subject=page, now=now, detail={"changes": len(loader.changes)}
            )
    return loader.changes + loader.left


class _Undone(Exception):
    """Takes everything back."""


def foretell_course(*, course: CourseFile, now: datetime, overwrite: bool = False) -> list[str]:
    """The lines that `load_course` would return. Tried in a transaction that is taken back; no picture is stored."""
    loader = None
    with suppress(_Undone), writing():
        loader = _Loader(None, now, overwrite, is_trial=True)
        loader.load(course, setting_up.set_up())
        raise _Undone
    return loader.changes + loader.left if loader else []


class _Loader:
    """One run: first every page gets its place, then its content, so that pages may link to each other."""

    def __init__(
        self,
        by: Person | None,
        now: datetime,
        overwrite: bool,
        *,
        is_trial: bool = False,
        report: Callable[[int, int], None] | None = None,
    ) -> None:
        self.by = by
        self.report = report or (lambda _done, _total: None)
        self.now = now
        self.is_trial = is_trial
        self.memory = Memory(overwrite=overwrite)
        self.changes: list[str] = []
        self.left: list[str] = []
        self.new: set[int] = set()
        self.kept: set[int] = set()
        self.aside: set[int] = set()

    def load(self, course: CourseFile, index: IndexPage) -> CoursePage | None:
        filling.settle_media(course)
        page = self.placed(CoursePage, course.head, index, course.head.slug)
        if page is None:
            return None
        modules: list[tuple[ModuleFile, ModulePage, Placed]] = []
        for module in course.modules:
            module_page = self.placed(ModulePage, module.head, page, module.head.code)
            if module_page is not None:
                modules.append((module, module_page, self.placed_steps(module, module_page)))
        self.arrange(page, [(module_page, module.head.code) for module, module_page, _steps in modules])
        self.fill(_fresh(page), course.head, course.head.slug)
        total = sum(1 + len(steps) for _module, _page, steps in modules)
        done = 0
        for module, module_page, steps in modules:
            self.fill(_fresh(module_page), module.head, module.head.code)
            self.fill_parts(module, _fresh(module_page))
            for step, step_page in steps:
                self.fill(_fresh(step_page), step, step.code)
            done += 1 + len(steps)
            self.report(done, total)
        self.memory.store()
        return page

    def placed_steps(self, module: ModuleFile, parent: ModulePage) -> Placed:
        pairs = [(step, self.placed(filling.page_type(step), step, parent, step.code)) for step in module.steps]
        found = [(step, page) for step, page in pairs if page is not None]
        self.arrange(parent, [(page, step.code) for step, page in found])
        return found

    def placed(self, kind: type[Any], file: Any, parent: Page, code: str) -> Any:
        """The page of that key under its parent; made (not yet published) or moved there when needed.

        None: a trainer deleted it. It takes its own address when it is filled: until then another page of the files
        may hold it.
        """
        parent.refresh_from_db()
        page = kind.objects.filter(translation_key=file.key).first()
        if page is None:
            if self.memory.knows(file.key):
                self.left.append(_("Deleted here, not brought back: %(title)s") % {"title": file.title})
                return None
            page = self.made(kind, file, parent, code)
        elif self.is_edited(page, file):
            self.kept.add(page.pk)
        if not page.is_child_of(parent):
            self.move(page, parent)
        self.memory.place(file.key, parent.translation_key)
        return kind.objects.get(pk=page.pk)

    def is_edited(self, page: Any, file: Any) -> bool:
        """A trainer changed the page, or took it back, and the file says something else."""
        here, there = text_of(gathering.gathered(page)), text_of(file)
        if not page.live and self.memory.knows(file.key):
            return here != there
        return self.memory.was_edited(file.key, here, there)

    def made(self, kind: type[Any], file: Any, parent: Page, code: str) -> Any:
        if Page.objects.filter(translation_key=file.key).exists():
            raise Refused(_("“%(title)s” exists as another kind of page.") % {"title": file.title})
        slug = f"x{file.key.hex[:12]}" if parent.get_children().filter(slug=code).exists() else code
        page = kind(title=file.title, slug=slug, translation_key=file.key, live=False, locale=parent.locale)
        if isinstance(page, ModulePage):
            page.code = code
        parent.add_child(instance=page)
        self.new.add(page.pk)
        return page

    def move(self, page: Any, parent: Page) -> None:
        if self.memory.was_moved(page.translation_key, parent.translation_key):
            self.left.append(_("Moved here, left where it is: %(title)s") % {"title": page.title})
            return
        self.set_aside(page)
        page.move(parent, "last-child", user=self.by)
        self.changes.append(_("Moved: %(title)s") % {"title": page.title})

    def set_aside(self, page: Any) -> None:
        """Give a page an address that nobody wants, until its own one is free."""
        page.slug = f"x{page.pk}"
        page.save()
        self.aside.add(page.pk)

    def arrange(self, parent: Page, wanted: list[tuple[Any, str]]) -> None:
        """Bring pages of one parent into the order of the files; those that change codes first step aside."""
        parent.refresh_from_db()
        here = [(page, code) for page, code in wanted if page.is_child_of(parent)]
        keys = [page.translation_key for page, _code in here]
        now = list(parent.get_children().order_by("path").values_list("translation_key", flat=True))
        if self.memory.was_reordered(parent.translation_key, now):
            self.left.append(_("Order changed here, left: %(title)s") % {"title": parent.title})
        else:
            self.order([page for page, _code in here])
            self.memory.order(parent.translation_key, keys)
        codes = {code for _page, code in here}
        for page, code in here:
            if page.slug != code and page.slug in codes and page.pk not in self.kept:
                self.set_aside(page)

    def order(self, pages: list[Any]) -> None:
        """Strangers stay where they are."""
        before = None
        for page in pages:
            page.refresh_from_db()
            if before is not None and page.path < before.path:
                page.move(before, "right", user=self.by)
                page.refresh_from_db()
                if page.pk not in self.new:
                    self.changes.append(_("Moved: %(title)s") % {"title": page.title})
            before = page

    def fill(self, page: Any, file: Any, code: str) -> None:
        """Publish the page anew when the file says something else; a page that a trainer edited or took back stays."""
        is_new = page.pk in self.new
        if page.pk in self.kept:
            self.left.append(_("Edited here, left as it is: %(title)s") % {"title": page.title})
            return
        if is_new or page.pk in self.aside or gathering.gathered(page) != file:
            self.set_slug(page, code)
            if not self.is_trial:
                filling.fill(page, file)
                page.save_revision(user=self.by, log_action=True).publish(user=self.by)
            word = _("New: %(title)s") if is_new else _("Changed: %(title)s")
            self.changes.append(word % {"title": page.title})
        self.memory.keep(file.key, text_of(file))

    def fill_parts(self, module: ModuleFile, page: ModulePage) -> None:
        for part in module_parts():
            value = module.parts.get(part.file)
            if not value:
                continue
            here, there = (text_of(part.write(one)) for one in (part.gather(page), value))
            key = part_key(module.head.key, part.file)
            if self.memory.was_edited(key, here, there):
                names = {"title": page.title, "file": part.file}
                self.left.append(_("Edited here, left as it is: %(title)s, %(file)s") % names)
                continue
            if here != there:
                self.changes.extend(part.apply(page, value, self.now, is_trial=self.is_trial))
            self.memory.keep(key, there)

    def set_slug(self, page: Any, code: str) -> None:
        if page.slug == code:
            return
        other = page.get_parent().get_children().filter(slug=code).exclude(pk=page.pk).first()
        if other:
            params = {"title": other.title, "address": other.url_path}
            raise Refused(_("“%(title)s” stands at %(address)s already. Change its code or its key.") % params)
        page.slug = code


def _fresh(page: Any) -> Any:
    """As the database has it: a page that was moved has taken those below it to new paths."""
    return type(page).objects.get(pk=page.pk)
