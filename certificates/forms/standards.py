"""The form of a new version of the standard, filled from the newest; and of a text to sign."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms import BaseFormSet, formset_factory
from django.utils.translation import gettext_lazy as _

from certificates.models import Standard
from certificates.rules.standards import StandardRules


def whole(label: Any, low: int, high: int, **more: Any) -> forms.IntegerField:
    return forms.IntegerField(label=label, min_value=low, max_value=high, **more)


class StandardForm(forms.Form):
    title = forms.CharField(label=_("Title"), max_length=80)
    training_days = whole(_("Days of training"), 0, 365)
    level = whole(_("Level of every competency"), 0, 3, help_text=_("0 watches, 1 with help, 2 supervised, 3 alone"))
    talks = whole(_("Talks with the mentor"), 0, 100)
    talk_minutes = whole(_("Minutes of talks in all"), 0, 6000)
    minimum_age = whole(_("Youngest age"), 0, 60, help_text=_("0: no age is asked for."))
    reflection = forms.BooleanField(label=_("Reflection of the year"), required=False)
    pledge = forms.BooleanField(label=_("Code of ethics"), required=False)
    safeguarding = forms.BooleanField(label=_("Promise to keep children safe"), required=False)
    two_persons = forms.BooleanField(label=_("Who verifies hours does not certify"), required=False)
    valid_years = whole(_("Years a certificate is valid"), 1, 10)
    provisional_percent = whole(_("Percent a provisional companion has met"), 1, 100)
    refresher_hours = whole(_("Renewal: hours of refreshers"), 0, 100)
    talks_a_year = whole(_("Renewal: talks a year"), 0, 100)
    reflections = forms.BooleanField(label=_("Renewal: a reflection each year"), required=False)
    grace_days = whole(_("Renewal: days of grace"), 0, 366)
    return_years = whole(_("Renewal: years to come back"), 0, 10)


class RowForm(forms.Form):
    """A row with a code, by which later versions know what is the same."""

    code = forms.SlugField(label=_("Code"), max_length=20, help_text=_("Stays the same in every version."))
    title = forms.CharField(label=_("Title"), max_length=120)


class ModuleForm(RowForm):
    outer_title = forms.CharField(label=_("Title that anyone may read"), max_length=80)
    hours = whole(_("Hours of study"), 0, 500)
    exam = forms.BooleanField(label=_("With exam"), required=False)
    story = forms.BooleanField(label=_("With story"), required=False)
    percent = whole(_("Percent of the practical task"), 1, 100, required=False, help_text=_("Empty: no task."))


class ActivityForm(RowForm):
    hours = forms.FloatField(label=_("Hours"), min_value=0.25, max_value=1000, step_size=0.25)
    simulated = whole(_("Percent that may be practice"), 0, 100, required=False)


class Rows(BaseFormSet):  # type: ignore[type-arg]
    def clean(self) -> None:
        """A code stands once."""
        seen = set()
        for form in self.forms:
            code = form.cleaned_data.get("code") if hasattr(form, "cleaned_data") else None
            if not code or form.cleaned_data.get("DELETE"):
                continue
            if code in seen:
                form.add_error("code", ValidationError(_("This code stands twice.")))
            seen.add(code)

    def rows(self) -> list[dict[str, Any]]:
        return [form.cleaned_data for form in self.forms if form.cleaned_data and not form.cleaned_data["DELETE"]]


KINDS: dict[str, Any] = {
    "modules": formset_factory(ModuleForm, formset=Rows, extra=1, can_delete=True, max_num=40),
    "activities": formset_factory(ActivityForm, formset=Rows, extra=1, can_delete=True, max_num=40),
    "competencies": formset_factory(RowForm, formset=Rows, extra=1, can_delete=True, max_num=40),
}


class VersionForm:
    """The plain fields and the three lists together."""

    def __init__(self, data: Any, newest: Standard) -> None:
        self.newest = newest
        filled = _filled(newest.rules)
        self.plain = StandardForm(data, initial=filled)
        self.lists = {name: kind(data, prefix=name, initial=filled[name]) for name, kind in KINDS.items()}

    def is_valid(self) -> bool:
        return all([self.plain.is_valid(), *(one.is_valid() for one in self.lists.values())])

    @property
    def data(self) -> dict[str, Any]:
        """The content of the standard's file, as `rules.standards` reads it."""
        said = self.plain.cleaned_data
        modules = self.lists["modules"].rows()
        names = ["title", "training_days", "minimum_age", "reflection", "pledge", "safeguarding", "two_persons"]
        names += ["valid_years", "provisional_percent"]
        renewal = ("refresher_hours", "talks_a_year", "reflections", "grace_days", "return_years")
        return {
            "code": self.newest.code,
            **{name: said[name] for name in names},
            "modules": [_picked(row, "code", "title", "outer_title", "hours", "exam") for row in modules],
            "stories": [row["code"] for row in modules if row["story"]],
            "tasks": [{"module": row["code"], "percent": row["percent"]} for row in modules if row["percent"]],
            "activities": [_activity(row) for row in self.lists["activities"].rows()],
            "signoffs": {
                "level": said["level"],
                "competencies": [_picked(row, "code", "title") for row in self.lists["competencies"].rows()],
            },
            "supervision": {"talks": said["talks"], "minutes": said["talk_minutes"]},
            "renewal": {name: said[name] for name in renewal},
        }


def _picked(row: Mapping[str, Any], *names: str) -> dict[str, Any]:
    return {name: row[name] for name in names}


def _activity(row: Mapping[str, Any]) -> dict[str, Any]:
    return {
        **_picked(row, "code", "title"),
        "hours": row["hours"],
        "simulated_share": (row["simulated"] or 0) / 100,
    }


def _filled(rules: StandardRules) -> dict[str, Any]:
    """What the newest version says, field by field."""
    tasks = {task.module: task.percent for task in rules.tasks}
    plain = {name: getattr(rules, name) for name in StandardForm.base_fields if hasattr(rules, name)}
    renewal = {name: getattr(rules.renewal, name) for name in ("talks_a_year", "reflections", "grace_days")}
    return {
        **plain,
        **renewal,
        "return_years": rules.renewal.return_years,
        "refresher_hours": rules.renewal.refresher_minutes // 60,
        "level": max((one.level for one in rules.competencies), default=2),
        "modules": [
            {
                **{name: getattr(one, name) for name in ("code", "title", "outer_title", "hours", "exam")},
                "story": one.code in rules.stories,
                "percent": tasks.get(one.code),
            }
            for one in rules.modules
        ],
        "activities": [
            {
                "code": one.code,
                "title": one.title,
                "hours": one.minutes / 60,
                "simulated": round(one.simulated_share * 100),
            }
            for one in rules.activities
        ],
        "competencies": [{"code": one.code, "title": one.title} for one in rules.competencies],
    }


class TextForm(forms.Form):
    title = forms.CharField(label=_("Title"), max_length=80)
    points = forms.CharField(
        label=_("Points"), help_text=_("One point on each line."), widget=forms.Textarea({"rows": 16})
    )

    def clean_points(self) -> list[str]:
        return [line.strip() for line in self.cleaned_data["points"].splitlines() if line.strip()]
