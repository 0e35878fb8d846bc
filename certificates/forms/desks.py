"""The forms of mentors, coordinators and strangers."""

from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from certificates import overseeing, versions
from certificates.models import HoursEntry, Placement
from certificates.rules import hours
from lms.kit import clock
from lms.kit.forms import SafeTextField
from lms.kit.templatetags.lopo import hours as in_words
from lms.people.models import Person, Role

DATE = {"type": "date", "class": "short"}


class CorrectionForm(forms.Form):
    """What verified hours should have said, and why they are corrected."""

    activity = forms.ChoiceField(label=_("Activity"))
    day = forms.DateField(label=_("Date"), widget=forms.DateInput(DATE, format="%Y-%m-%d"))
    starts_at = forms.TimeField(
        label=_("Began at"), widget=forms.TimeInput({"type": "time", "class": "short", "step": 900}, format="%H:%M")
    )
    minutes = forms.TypedChoiceField(label=_("How long"), coerce=int)
    reason = SafeTextField(label=_("Why is it corrected?"), max_length=300, widget=forms.Textarea({"rows": 2}))

    def __init__(self, data: Any = None, *, entry: HoursEntry, **kwargs: Any) -> None:
        said = {name: getattr(entry, name) for name in ("activity", "day", "starts_at", "minutes")}
        super().__init__(data, initial=said, **kwargs)
        fields: Any = self.fields
        fields["activity"].choices = [(one.code, one.title) for one in versions.activities_of(entry.learner_id)]
        fields["minutes"].choices = [
            (0, _("It did not happen: take it back")),
            *((minutes, in_words(minutes)) for minutes in hours.EVERY_LENGTH),
        ]


class PlacementForm(forms.Form):
    """A mentor, a kind of place and a period for a learner."""

    mentor = forms.ModelChoiceField(label=_("Mentor"), queryset=Person.objects.none(), empty_label=_("Choose a mentor"))
    place_kind = forms.ChoiceField(label=_("Kind of place"), choices=Placement.Place.choices)
    starts_on = forms.DateField(label=_("From"), widget=forms.DateInput(DATE, format="%Y-%m-%d"))
    ends_on = forms.DateField(label=_("Until"), required=False, widget=forms.DateInput(DATE, format="%Y-%m-%d"))

    def __init__(self, data: Any = None, *, learner: Person, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        fields: Any = self.fields
        fields["mentor"].queryset = mentors_for(learner)
        fields["mentor"].help_text = _busy_ones(fields["mentor"].queryset)
        fields["starts_on"].initial = clock.today()


class EndPlacementForm(forms.Form):
    last_day = forms.DateField(label=_("Last day"), widget=forms.DateInput(DATE, format="%Y-%m-%d"))


def _busy_ones(mentors: QuerySet[Person]) -> str:
    """Who guides five people already (domain.md 4.4): a warning, the coordinator decides."""
    full = overseeing.full(mentors, today=clock.today())
    names = [f"{one.name} ({full[one.pk]})" for one in mentors.filter(pk__in=full)] if full else []
    return _("Five mentees or more already: %(names)s.") % {"names": ", ".join(names)} if names else ""


def mentors_for(learner: Person) -> QuerySet[Person]:
    """Everyone who is a mentor today for the learner's village."""
    parts = (learner.village_id or "").split(".")
    codes = [".".join(parts[: depth + 1]) for depth in range(len(parts))]
    roles = Role.objects.on(clock.today()).filter(Q(region=None) | Q(region__in=codes), kind="mentor")
    return Person.objects.filter(pk__in=roles.values("person")).exclude(pk=learner.pk).order_by("name")


class DeclineForm(forms.Form):
    reason = SafeTextField(
        label=_("What is missing?"),
        help_text=_("She reads this. Kind and clear, without names of others."),
        max_length=500,
        widget=forms.Textarea({"rows": 3}),
    )


class RevokeForm(forms.Form):
    """Only for what was issued by mistake; every other ground goes through an inquiry."""

    reason = SafeTextField(
        label=_("Note for the file"),
        help_text=_("Only coordinators read this. No names, no story."),
        required=False,
        max_length=500,
        widget=forms.Textarea({"rows": 3}),
    )


class CodeForm(forms.Form):
    """What a stranger types."""

    kode = forms.CharField(
        label=_("Code of the certificate"),
        help_text=_("15 letters and digits under the QR code"),
        max_length=64,
        widget=forms.TextInput(
            {"class": "key", "autocapitalize": "characters", "autocomplete": "off", "spellcheck": "false"}
        ),
    )
