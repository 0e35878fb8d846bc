"""The forms of an inquiry: begin, hear, decide, appeal."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from certificates.models import Inquiry
from certificates.rules.inquiries import PANEL_SIZE, Member
from lms.kit import clock
from lms.kit.forms import SafeTextField
from lms.people.models import Person

DATE = {"type": "date", "class": "short"}


def day_field(label: Any) -> forms.DateField:
    return forms.DateField(label=label, widget=forms.DateInput(DATE, format="%Y-%m-%d"), initial=clock.today)


class BeginForm(forms.Form):
    """No story, no name of who complained: the ground and the day are enough."""

    ground = forms.ChoiceField(
        label=_("What is the complaint about?"), choices=Inquiry.Grounds.choices, widget=forms.RadioSelect
    )
    complaint_on = day_field(_("When did the complaint come?"))
    suspend = forms.BooleanField(
        label=_("Suspend her while this is looked into"),
        help_text=_("On the first four grounds this happens at once. It protects, and says nothing about guilt."),
        required=False,
    )


class HearingForm(forms.Form):
    heard_on = day_field(_("When was she heard?"))


class DecisionForm(forms.Form):
    """Three people of the panel, what they decided and why."""

    outcome = forms.ChoiceField(
        label=_("What did the panel decide?"), choices=Inquiry.Outcomes.choices, widget=forms.RadioSelect
    )
    reason = SafeTextField(
        label=_("The reason, in one or two sentences"),
        help_text=_("She reads this. No names, no story of others."),
        max_length=1000,
        widget=forms.Textarea({"rows": 3}),
    )
    decided_on = day_field(_("When was it decided?"))

    def __init__(self, data: Any = None, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        for number in range(1, PANEL_SIZE + 1):
            label = _("Panel, person %(number)s") % {"number": number}
            self.fields[f"name_{number}"] = forms.CharField(label=label, max_length=120)
            self.fields[f"woman_{number}"] = forms.BooleanField(label=_("is a woman"), required=False)
            self.fields[f"outside_{number}"] = forms.BooleanField(label=_("is from another district"), required=False)

    @property
    def panel(self) -> list[Member]:
        said = self.cleaned_data
        return [
            Member(said[f"name_{number}"], said[f"woman_{number}"], said[f"outside_{number}"])
            for number in range(1, PANEL_SIZE + 1)
        ]


class AppealForm(forms.Form):
    appealed_on = day_field(_("When did she object?"))


class AppealDecisionForm(forms.Form):
    outcome = forms.ChoiceField(
        label=_("What was decided?"), choices=Inquiry.Outcomes.choices, widget=forms.RadioSelect
    )
    decided_on = day_field(_("When was it decided?"))


class HandOverForm(forms.Form):
    to = forms.ModelChoiceField(label=_("Another coordinator"), queryset=Person.objects.none())

    def __init__(self, data: Any = None, *, colleagues: Any, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        field: Any = self.fields["to"]
        field.queryset = colleagues
