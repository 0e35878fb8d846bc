"""What the editor's forms ask beyond the fields."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm

from courses.models import LessonPage, ModulePage

Group = tuple[str, list[tuple[str, str]]]
PATH_STEP = 4


def lessons_by_module() -> Iterator[Group]:
    """Every module with its lessons, published or not: `<module key>/<lesson code>` and a title."""
    modules = list(ModulePage.objects.order_by("path").only("path", "title", "code", "translation_key"))
    lessons = list(LessonPage.objects.order_by("path").only("path", "title", "slug"))
    for module in modules:
        own = [lesson for lesson in lessons if lesson.path[:-PATH_STEP] == module.path]
        choices = [(f"{module.translation_key}/{lesson.slug}", f"{lesson.slug}. {lesson.title}") for lesson in own]
        whole = (f"{module.translation_key}/", str(_("The whole module")))
        yield f"{module.code.upper()} · {module.title}", [*choices, whole]


class QuestionForm(WagtailAdminModelForm):
    """One list names module and lesson together, so that they always fit; the code is chosen once."""

    place = forms.ChoiceField(
        label=_("Lesson"),
        choices=lambda: [("", "–"), *lessons_by_module()],
        help_text=_("Who answers wrongly is led to this lesson."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.fields["place"].initial = f"{self.instance.module_key}/{self.instance.lesson}"
            if "code" in self.fields:
                self.fields["code"].disabled = True

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("place"):
            module_key, _slash, lesson = cleaned["place"].partition("/")
            self.instance.module_key = UUID(module_key)
            self.instance.lesson = lesson
        return cleaned
