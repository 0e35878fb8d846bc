"""What the editor's forms ask beyond the fields."""

import itertools
from collections.abc import Collection
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminPageForm

from courses import rules


class NeutralPageForm(WagtailAdminPageForm):
    """The code in the address may stay empty: the page then takes the next free one."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "slug" in self.fields:
            self.fields["slug"].required = False


class CoursePageForm(NeutralPageForm):
    """Courses to finish first are ticked, not typed; a circle of courses is refused."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "needs" in self.fields:
            titles = {str(other.translation_key): other.title for other in self._others()}
            kept = [(key, key) for key in self.instance.needs if key not in titles]
            self.fields["needs"] = forms.MultipleChoiceField(
                label=self.fields["needs"].label,
                help_text=self.fields["needs"].help_text,
                choices=[*titles.items(), *kept],
                widget=forms.CheckboxSelectMultiple,
                required=False,
            )

    def _others(self) -> list[Any]:
        return list(type(self.instance).objects.exclude(pk=self.instance.pk).order_by("path"))

    def clean_needs(self) -> list[str]:
        needs: list[str] = self.cleaned_data["needs"]
        wanted = {str(other.translation_key): tuple(other.needs) for other in self._others()}
        wanted[str(self.instance.translation_key)] = tuple(needs)
        if rules.circle_of_needs(wanted):
            raise ValidationError(_("These courses would wait for each other for ever. Untick one."))
        return needs


def free_code(taken: Collection[str]) -> str:
    """The first of m1, m2, … that no module of the course has."""
    return next(code for number in itertools.count(1) if (code := f"m{number}") not in taken)


class ModulePageForm(NeutralPageForm):
    """Needed modules are ticked, not typed; a circle of modules is refused. An empty code becomes the next free one."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "code" in self.fields:
            self.fields["code"].required = False
        if "needs" in self.fields:
            codes = [(sibling.code, sibling.title) for sibling in self._siblings()]
            kept = [(code, code) for code in self.instance.needs if code not in dict(codes)]
            self.fields["needs"] = forms.MultipleChoiceField(
                label=self.fields["needs"].label,
                help_text=self.fields["needs"].help_text,
                choices=codes + kept,
                widget=forms.CheckboxSelectMultiple,
                required=False,
            )

    def _siblings(self) -> list[Any]:
        if self.parent_page is None:
            return []
        siblings = type(self.instance).objects.child_of(self.parent_page).order_by("path")
        return list(siblings.exclude(pk=self.instance.pk) if self.instance.pk else siblings)

    def clean_code(self) -> str:
        taken = {sibling.code for sibling in self._siblings()}
        code: str = self.cleaned_data["code"] or free_code(taken)
        if code in taken:
            raise ValidationError(_("Another module of this course has this code. Choose a new one."))
        return code

    def clean_needs(self) -> list[str]:
        needs: list[str] = self.cleaned_data["needs"]
        wanted = {sibling.code: tuple(sibling.needs) for sibling in self._siblings()}
        wanted[self.cleaned_data.get("code") or self.instance.code] = tuple(needs)
        if rules.circle_of_needs(wanted):
            raise ValidationError(_("These modules would wait for each other for ever. Untick one."))
        return needs
