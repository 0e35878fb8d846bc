"""A curriculum folder read into plain values. No database, nothing changed; every error with file and line."""

import hashlib
import re
from functools import partial
from pathlib import Path

from courses import rules
from courses.curriculum import course_settings
from courses.curriculum.block_files import Finder
from courses.curriculum.files import CourseFile, CourseHead, MediaRef, ModuleFile, ModuleHead, PictureFile, StepFile
from courses.curriculum.kinds import module_parts, step_kind, step_kind_names
from courses.curriculum.lessons import read_lesson
from courses.curriculum.nodes import Fields, Source, fields_of, rows_of
from courses.curriculum.problems import CurriculumRefused, Problems
from lms.kit import pictures, sniffing
from lms.kit.unfit import UnfitFile
from lms.kit.words import Sentence, gettext_noop

MOST_FILE_BYTES = 400_000
PAGE_LINK = re.compile(r"\]\(page:([^)]*)\)")
PICTURE_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]*\.(png|jpg|jpeg|webp)")
MEDIA_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,59}\.[a-z0-9]{2,4}")


def read_course(folder: Path) -> CourseFile:
    """The course in a folder. Raises CurriculumRefused with every problem found."""
    problems = Problems()
    reader = _Reader(folder.resolve(), problems)
    course = reader.course()
    if course:
        _check_course(course, problems)
    if problems or course is None:
        raise CurriculumRefused(problems)
    return course


class _Reader:
    """Reads below one folder; no link leads out of it."""

    def __init__(self, folder: Path, problems: Problems) -> None:
        self.folder = folder
        self.problems = problems
        self.used: set[Path] = set()

    def course(self) -> CourseFile | None:
        head = self.yaml("course.yaml")
        if head is None:
            return None
        key = head.uuid("key")
        course = CourseFile(
            CourseHead(
                key=key,
                slug=head.code("slug", most=20),
                title=head.text("title", most=120),
                outer_title=head.text("outer_title", most=60),
                intro=head.text("intro", required=False),
                settings=course_settings.read(head, key),
            )
        )
        head.close()
        folders = sorted(path for path in self.folder.iterdir() if path.is_dir() and not path.name.startswith("."))
        course.modules.extend(module for path in folders if (module := self.module(path.name)))
        if not folders:
            self.problems.add("course.yaml", 0, Sentence(gettext_noop("There is no module folder beside this file.")))
        self.note_strangers()
        return course

    def text(self, name: str) -> str | None:
        """A text file of the folder, or None when it cannot be taken (noted)."""
        path = self.folder / name
        self.used.add(path)
        if path.is_symlink() or not path.is_file():
            self.problems.add(name, 0, Sentence(gettext_noop("This file is missing.")))
            return None
        if path.stat().st_size > MOST_FILE_BYTES:
            self.problems.add(name, 0, Sentence(gettext_noop("This file is too large: more than 400 kB.")))
            return None
        try:
            return path.read_bytes().decode("utf-8")
        except UnicodeDecodeError as error:
            line = path.read_bytes()[: error.start].count(b"\n") + 1
            self.problems.add(name, line, Sentence(gettext_noop("This file is not in UTF-8. Save it as UTF-8.")))
            return None

    def yaml(self, name: str) -> Fields | None:
        text = self.text(name)
        return None if text is None else fields_of(Source(name, text), self.problems)

    def module(self, folder: str) -> ModuleFile | None:
        name = f"{folder}/module.yaml"
        fields = self.yaml(name)
        if fields is None:
            return None
        module = ModuleFile(folder, _module_head(fields))
        codes = fields.words("steps")
        fields.close()
        for part in module_parts():
            if (self.folder / folder / part.file).exists():
                text = self.text(f"{folder}/{part.file}")
                rows = rows_of(Source(f"{folder}/{part.file}", text), self.problems) if text else []
                module.parts[part.file] = part.read(rows, self.find(folder))
        for code in codes:
            step = self.step(module, code, fields)
            if step:
                module.steps.append(step)
        for part in module_parts():
            if part.check:
                part.check(module, self.problems)
        return module

    def step(self, module: ModuleFile, code: str, head: Fields) -> StepFile | None:
        lesson, other = f"{module.folder}/{code}.md", f"{module.folder}/{code}.yaml"
        if not re.fullmatch(r"[a-z0-9][a-z0-9-]{0,19}", code):
            head.problem(Sentence(gettext_noop("“%(code)s” is no code of a step."), {"code": code}), "steps")
            return None
        if (self.folder / lesson).is_file():
            text = self.text(lesson)
            if text is None:
                return None
            return read_lesson(lesson, code, text, self.problems, self.find(module.folder))
        if (self.folder / other).is_file():
            fields = self.yaml(other)
            return self.other_step(module, code, fields) if fields else None
        params = {"code": code, "lesson": f"{code}.md", "other": f"{code}.yaml"}
        head.problem(Sentence(gettext_noop("Step “%(code)s” has no file %(lesson)s or %(other)s."), params), "steps")
        return None

    def other_step(self, module: ModuleFile, code: str, fields: Fields) -> StepFile | None:
        kind = step_kind(fields.choice("kind", step_kind_names() or ("lesson",)))
        if kind is None:
            return None
        step = StepFile(
            key=fields.uuid("key"),
            kind=kind.kind,
            code=code,
            title=fields.text("title", most=120),
            outer_title=fields.text("outer_title", required=False, most=60),
            minutes=fields.whole("minutes", 1, 600),
            rest=kind.read(fields, module, self.find(module.folder)),
        )
        fields.close()
        return step

    def find(self, folder: str) -> Finder:
        """Finds the files that something in this module names."""
        return Finder(partial(self.picture, folder), partial(self.media, folder))

    def picture(self, folder: str, fields: Fields, name: str) -> PictureFile | None:
        """The picture that a block names: a file of the module's folder `pictures`, with the content of a picture."""
        file = fields.text(name)
        if not file:
            return None
        path = self.folder / folder / "pictures" / file
        if not PICTURE_NAME.fullmatch(file):
            fields.problem(Sentence(gettext_noop("Name a png, jpg or webp file of the folder “pictures”.")), name)
            return None
        if path.is_symlink() or not path.is_file():
            fields.problem(Sentence(gettext_noop("There is no picture “%(file)s”."), {"file": file}), name)
            return None
        self.used.add(path)
        try:
            content, _suffix = pictures.cleaned(path.read_bytes())
        except UnfitFile as unfit:
            fields.problem(_of_file(file, unfit), name)
            return None
        return PictureFile(hashlib.sha1(content, usedforsecurity=False).hexdigest(), file, path)

    def media(self, folder: str, fields: Fields, name: str, kind: str) -> MediaRef | None:
        """The sound, film, captions or document that a block names: a file of the module's folder `media`."""
        file = fields.text(name)
        if not file:
            return None
        path = self.folder / folder / "media" / file
        if not MEDIA_NAME.fullmatch(file):
            fields.problem(Sentence(gettext_noop("Name a file of the folder “media”: letters, digits, hyphens.")), name)
            return None
        if path.is_symlink() or not path.is_file():
            fields.problem(Sentence(gettext_noop("There is no file “%(file)s”."), {"file": file}), name)
            return None
        self.used.add(path)
        try:
            with path.open("rb") as content:
                if sniffing.look(file, content, path.stat().st_size).kind != kind:
                    raise sniffing.disguised()
                digest = hashlib.file_digest(content, "sha1").hexdigest()
        except UnfitFile as unfit:
            fields.problem(_of_file(file, unfit), name)
            return None
        return MediaRef(digest, file, path, kind)

    def note_strangers(self) -> None:
        for path in sorted(self.folder.rglob("*")):
            parts = path.relative_to(self.folder).parts
            if path.is_dir() or path in self.used or any(part.startswith(".") for part in parts):
                continue
            self.problems.add("/".join(parts), 0, Sentence(gettext_noop("No step or block names this file.")))


def _of_file(file: str, unfit: UnfitFile) -> Sentence:
    return Sentence(gettext_noop("“%(file)s”: %(what)s"), {"file": file, "what": unfit.sentence})


def _module_head(fields: Fields) -> ModuleHead:
    rows = fields.rows("sources", required=False)
    sources = tuple((row.code("id", most=10), row.text("text")) for row in rows)
    for row in rows:
        row.close()
    return ModuleHead(
        key=fields.uuid("key"),
        code=fields.code("code", most=12),
        title=fields.text("title", most=120),
        outer_title=fields.text("outer_title", most=60),
        hours=fields.number("hours"),
        needs=fields.words("needs"),
        outcomes=fields.words("outcomes"),
        note=fields.text("note", required=False),
        sources=sources,
    )


def _check_course(course: CourseFile, problems: Problems) -> None:
    """What only shows when everything is read: keys and codes twice, unknown modules and sources, circles."""
    _check_keys(course, problems)
    needs = {module.head.code: module.head.needs for module in course.modules}
    for module in course.modules:
        file = f"{module.folder}/module.yaml"
        for code in module.head.needs:
            if code not in needs:
                problems.add(
                    file, 0, Sentence(gettext_noop("It needs “%(code)s”, and there is no such module."), {"code": code})
                )
        _check_sources(module, problems)
    _check_links(course, problems)
    circle = rules.circle_of_needs(needs)
    if circle:
        problems.add(
            "course.yaml",
            0,
            Sentence(gettext_noop("These modules wait for each other: %(codes)s."), {"codes": ", ".join(circle)}),
        )


def _check_keys(course: CourseFile, problems: Problems) -> None:
    seen: dict[object, str] = {course.head.key: "course.yaml"}
    for module in course.modules:
        file = f"{module.folder}/module.yaml"
        named = [(module.head.key, file), (module.head.code, file)]
        for step in module.steps:
            named.append((step.key, f"{module.folder}/{step.code}.{'md' if step.kind == 'lesson' else 'yaml'}"))
        for value, where in named:
            if value in seen:
                sentence = Sentence(
                    gettext_noop("“%(value)s” stands in %(file)s already."), {"value": value, "file": seen[value]}
                )
                problems.add(where, 0, sentence)
            seen[value] = where


def _check_links(course: CourseFile, problems: Problems) -> None:
    """A link to a page names the key of a page of this course."""
    modules = course.modules
    keys = {course.head.key, *(module.head.key for module in modules)}
    keys |= {step.key for module in modules for step in module.steps}
    known = {str(key) for key in keys}
    for module in modules:
        for step in module.steps:
            texts = [block.data.get("text", "") for block in step.rest.blocks] if step.kind == "lesson" else []
            for link in PAGE_LINK.findall("\n".join(texts)):
                if link not in known:
                    sentence = Sentence(
                        gettext_noop("The link page:%(key)s names no page of this course."), {"key": link}
                    )
                    problems.add(f"{module.folder}/{step.code}.md", 0, sentence)


def _check_sources(module: ModuleFile, problems: Problems) -> None:
    known = module.source_codes()
    for step in module.steps:
        if step.kind != "lesson":
            continue
        for code in step.rest.sources:
            if code not in known:
                problems.add(
                    f"{module.folder}/{step.code}.md",
                    0,
                    Sentence(gettext_noop("Source “%(code)s” is not in module.yaml."), {"code": code}),
                )
