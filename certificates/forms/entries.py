"""The forms of internship, reflection and pledge: the same class reads the page and the inbox."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from certificates import versions
from certificates.models import HoursEntry, PledgeText
from certificates.rules import hours
from lms.kit import clock
from lms.kit.forms import EntryForm, SafeTextField
from lms.kit.templatetags.lopo import hours as in_words

USUAL_LENGTHS = (30, 60, 90, 120)


QUESTIONS = (
    _("How many times did I accompany someone (only the number), and which kind of help was most frequent?"),
    _("What went well, and why?"),
    _("When was I unsure, or felt I took a wrong step? What did I learn?"),
    _("Did I ever press, advise or decide for the person I accompanied?"),
    _("Was I ever asked to make peace between two sides? What did I do?"),
    _("How do I keep confidence? Did anything leak? What was done?"),
    _("What stands in the way of services in the village (distance, cost, officers, custom)?"),
    _("What does this work do to my body, mind and family? Who holds me up?"),
    _("Were my family or I ever threatened?"),
    _("What has changed in the village (rules, budget, attitudes)?"),
    _("Who is not reached yet (disability, age, HIV, migrant workers, men and boys, minorities)?"),
    _("What do I need to learn next year, and what is my plan?"),
)


class HoursForm(EntryForm):
    """Hours of internship. `minutes` are those picked; `longer` names another length and wins."""

    kind = "certificates.hours"

    day = forms.DateField(
        label=_("Date"), widget=forms.DateInput({"type": "date", "class": "short"}, format="%Y-%m-%d")
    )
    starts_at = forms.TimeField(
        label=_("Began at"), widget=forms.TimeInput({"type": "time", "class": "short", "step": 900}, format="%H:%M")
    )
    activity = forms.ChoiceField(label=_("Activity"))
    minutes = forms.IntegerField(label=_("How long"), required=False, widget=forms.RadioSelect({"picks": "in"}))
    longer = forms.IntegerField(label=_("Or another length"), required=False, widget=forms.Select)
    role = forms.ChoiceField(
        label=_("My role"),
        choices=HoursEntry.Role.choices,
        widget=forms.RadioSelect({"picks": "line"}),
        initial=HoursEntry.Role.OBSERVING,
    )
    note = SafeTextField(
        label=_("What did I learn?"),
        help_text=_("Write about yourself. No names, places or stories of others."),
        required=False,
        max_length=500,
        widget=forms.Textarea({"rows": 3}),
    )
    simulated = forms.BooleanField(label=_("This was practice in a group, not with a real person"), required=False)
    mends = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: Any = None, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        activity: Any = self.fields["activity"]
        activity.choices = [(one.code, one.title) for one in versions.activities_of(self.person.pk)]
        self.fields["minutes"].initial = 60
        self.fields["minutes"].widget.choices = [(minutes, in_words(minutes)) for minutes in self._lengths()]
        self.fields["longer"].widget.choices = [
            ("", _("the length above")),
            *((minutes, in_words(minutes)) for minutes in hours.EVERY_LENGTH),
        ]
        today = clock.today()
        self.fields["day"].widget.attrs["max"] = today.isoformat()
        self.fields["day"].initial = self.fields["day"].initial or today

    def _lengths(self) -> list[int]:
        """The usual ones, and the one that is picked already: a pick never loses to a length she did not choose."""
        picked = self["minutes"].value()
        own = {int(picked)} if str(picked).isascii() and str(picked).isdecimal() else set()
        return sorted({*USUAL_LENGTHS, *(own & set(hours.EVERY_LENGTH))})

    def clean_day(self) -> date:
        """Said here already, so that a wrong date and a wrong note are named together."""
        day: date = self.cleaned_data["day"]
        if day > clock.today():
            raise ValidationError(_(hours.NOT_YET), code="future")
        return day

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        minutes = cleaned.pop("longer", None) or cleaned.get("minutes")
        if minutes is None and "minutes" not in self.errors and "longer" not in self.errors:
            self.add_error("minutes", _("Choose how long it took."))
        cleaned["minutes"] = minutes
        return cleaned


class UuidListField(forms.MultipleChoiceField):
    """Several UUIDs; which of them exist is the action's question."""

    def to_python(self, value: Any) -> list[Any]:
        return [forms.UUIDField().clean(one) for one in super().to_python(value)]

    def valid_value(self, value: Any) -> bool:
        return True


class VerdictForm(EntryForm):
    """A mentor verifies several entries, or returns one with a reason."""

    kind = "certificates.hours_verdict"

    hours = UuidListField(error_messages={"required": _("Tick the entries that really happened.")})
    verdict = forms.ChoiceField(choices=[("verify", _("Verify")), ("return", _("Return"))])
    reason = SafeTextField(
        label=_("What needs to be mended?"), required=False, max_length=300, widget=forms.Textarea({"rows": 2})
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("verdict") == "return":
            if "reason" not in self.errors and not cleaned.get("reason"):
                self.add_error("reason", _("Write what needs to be mended."))
            if len(cleaned.get("hours", [])) > 1:
                self.add_error("hours", _("Return one entry at a time."))
        return cleaned


class ReflectionForm(EntryForm):
    """Twelve questions (domain.md 4.5). What is left empty stays empty."""

    kind = "certificates.reflection"

    year = forms.IntegerField(required=False, min_value=2000, max_value=2200, widget=forms.HiddenInput)
    willing = forms.ChoiceField(
        label=_("Do I want to go on?"),
        choices=[("yes", _("Yes")), ("pause", _("I need a pause")), ("stop", _("I want to stop"))],
        widget=forms.RadioSelect({"picks": "line"}),
    )

    def __init__(self, data: Any = None, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        for number, question in enumerate(QUESTIONS, start=1):
            self.fields[f"answer_{number}"] = SafeTextField(
                label=format_lazy("{}. {}", number, question),
                required=False,
                max_length=1500,
                widget=forms.Textarea({"rows": 3}),
            )
        self.order_fields(
            ["entry", "made_at", "year", *(f"answer_{n}" for n in range(1, len(QUESTIONS) + 1)), "willing"]
        )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        names = [f"answer_{number}" for number in range(1, len(QUESTIONS) + 1)]
        if not any(cleaned.get(name) for name in names) and not any(name in self.errors for name in names):
            self.add_error("answer_1", _("Answer at least one question."))
        return cleaned

    @staticmethod
    def answers(cleaned: dict[str, Any]) -> dict[str, str]:
        """The answers by the number of their question."""
        return {name.removeprefix("answer_"): text for name, text in cleaned.items() if name.startswith("answer_")}


class PledgeForm(EntryForm):
    """She agrees to the version of a text that she has read; the code of ethics when none is named."""

    kind = "certificates.pledge"

    about = forms.ChoiceField(choices=PledgeText.Kind.choices, required=False, widget=forms.HiddenInput)
    version = forms.IntegerField(widget=forms.HiddenInput)
    agree = forms.BooleanField(
        label=_("I have read every point and will keep to it."),
        error_messages={"required": _("Tick the box when you agree.")},
    )

    def __init__(self, data: Any = None, *, text: PledgeText | None = None, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        if text is not None:
            self.fields["version"].initial = text.version
            self.fields["about"].initial = text.kind

    def clean_about(self) -> str:
        return self.cleaned_data["about"] or PledgeText.Kind.ETHICS
