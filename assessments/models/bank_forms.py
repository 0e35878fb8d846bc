"""What the editor's form of a question asks beyond the fields."""

import json
from collections.abc import Iterator
from typing import Any, ClassVar

from django import forms
from django.forms.widgets import Script
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm

from assessments.rules.asking import parts_of
from assessments.rules.items import Kind
from courses.models import LessonPage, ModulePage

Group = tuple[str, list[tuple[str, str]]]
PATH_STEP = 4


def lessons_by_module() -> Iterator[Group]:
    """Every module with its lessons, published or not: `<module id>/<lesson code>` and a title."""
    lessons = list(LessonPage.objects.order_by("path").only("path", "title", "slug"))
    for module in ModulePage.objects.order_by("path").only("path", "title", "code"):
        own = [lesson for lesson in lessons if lesson.path[:-PATH_STEP] == module.path]
        choices = [(f"{module.pk}/{lesson.slug}", f"{lesson.slug}. {lesson.title}") for lesson in own]
        yield f"{module.code.upper()} · {module.title}", [*choices, (f"{module.pk}/", str(_("The whole module")))]


class QuestionForm(WagtailAdminModelForm):
    """One list names module and lesson together, so that they always fit; the code is chosen once."""

    where = forms.ChoiceField(
        label=_("Lesson"),
        choices=lambda: [("", "–"), *lessons_by_module()],
        help_text=_("Who answers wrongly is led to this lesson."),
    )

    class Media:
        js: ClassVar[list[Any]] = [Script("lms/js/question-editor.js", type="module")]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.fields["where"].initial = f"{self.instance.module_id}/{self.instance.lesson}"
            if "code" in self.fields:
                self.fields["code"].disabled = True
        if "kind" in self.fields:
            parts = {str(kind): sorted(parts_of(kind)) for kind in Kind}
            self.fields["kind"].widget.attrs["data-parts"] = json.dumps(parts)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("where"):
            module, _slash, self.instance.lesson = cleaned["where"].partition("/")
            self.instance.module_id = int(module)
        return cleaned
