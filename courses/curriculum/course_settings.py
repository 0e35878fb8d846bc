"""The settings of a course in course.yaml: written only where they differ from what is usual."""

from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from courses import rules
from courses.curriculum.files import CourseSettings, ProgrammeFile
from courses.curriculum.nodes import Fields
from courses.models import CoursePage, Programme
from lms.kit.refusing import Refused
from lms.kit.words import Sentence, gettext_noop

USUAL = CourseSettings()


def read(fields: Fields, key: UUID) -> CourseSettings:
    """`key`: of the course itself, which cannot wait for itself."""
    return CourseSettings(
        order=fields.choice("order", CoursePage.Order.values, USUAL.order),
        needs=tuple(_needed(fields, key)),
        admission=fields.choice("admission", CoursePage.Admitted.values, USUAL.admission),
        programme=_programme(fields.part("programme")),
    )


def _needed(fields: Fields, own: UUID) -> list[UUID]:
    keys = []
    for word in fields.words("needs"):
        try:
            key = UUID(word)
        except ValueError:
            sentence = Sentence(gettext_noop("“%(word)s” is no key of a course. Write its UUID."), {"word": word})
            fields.problem(sentence, "needs")
            continue
        if key == own:
            fields.problem(Sentence(gettext_noop("A course cannot wait for itself.")), "needs")
        keys.append(key)
    return keys


def _programme(fields: Fields | None) -> ProgrammeFile | None:
    if fields is None:
        return None
    programme = ProgrammeFile(
        key=fields.uuid("key"),
        title=fields.text("title", most=120),
        outer_title=fields.text("outer_title", most=60),
        intro=fields.text("intro", required=False),
        number=fields.whole("number", 0, 999, default=0),
    )
    fields.close()
    return programme


def gather(page: CoursePage) -> CourseSettings:
    programme = page.programme
    return CourseSettings(
        order=page.order,
        needs=tuple(UUID(key) for key in page.needs),
        admission=page.admission,
        programme=ProgrammeFile(
            programme.key, programme.title, programme.outer_title, programme.intro.strip(), page.programme_number
        )
        if programme
        else None,
    )


def fill(page: CoursePage, settings: CourseSettings) -> None:
    """Set the page's fields; its programme is stored. Raises Refused when courses would wait for each other."""
    page.order, page.admission = settings.order, settings.admission
    page.needs = [str(key) for key in settings.needs]
    others = CoursePage.objects.exclude(translation_key=page.translation_key)
    wanted = {str(other.translation_key): tuple(other.needs) for other in others}
    if rules.circle_of_needs({**wanted, str(page.translation_key): tuple(page.needs)}):
        raise Refused(_("These courses would wait for each other for ever. Take one out of “needs”."))
    page.programme = _stored(settings.programme)
    page.programme_number = settings.programme.number if settings.programme else 0


def _stored(file: ProgrammeFile | None) -> Programme | None:
    if file is None:
        return None
    texts = {"title": file.title, "outer_title": file.outer_title, "intro": file.intro}
    programme, _is_new = Programme.objects.update_or_create(key=file.key, defaults=texts)
    return programme


def write(settings: CourseSettings) -> dict[str, Any]:
    fields: dict[str, Any] = {}
    for name in ("order", "needs", "admission"):
        if getattr(settings, name) != getattr(USUAL, name):
            fields[name] = getattr(settings, name)
    programme = settings.programme
    if programme:
        texts = {"title": programme.title, "outer_title": programme.outer_title, "intro": programme.intro}
        number = {"number": programme.number} if programme.number else {}
        fields["programme"] = {"key": programme.key, **texts, **number}
    return fields
