"""The forms of renewal: a refresher of a class, a reflection that was talked about."""

import uuid
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from certificates.models import Refresher
from certificates.refreshing import LONGEST_MINUTES
from certificates.rules import hours
from lms.kit import clock
from lms.kit.forms import SafeTextField
from lms.kit.templatetags.lopo import hours as in_words
from lms.people.models import Person

DATE = {"type": "date", "class": "short"}
USUAL_MINUTES = 8 * 60


class RefresherForm(forms.Form):
    """What it was about, when, how long, and who took part."""

    refresher = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)
    topic = forms.ChoiceField(label=_("Topic"), choices=Refresher.Topic.choices)
    words = SafeTextField(
        label=_("Something else: what was it about?"), required=False, max_length=80, widget=forms.TextInput
    )
    is_legal = forms.BooleanField(label=_("Changes in the law were told"), required=False)
    held_on = forms.DateField(label=_("Date"), widget=forms.DateInput(DATE, format="%Y-%m-%d"))
    minutes = forms.TypedChoiceField(label=_("How long"), coerce=int, initial=USUAL_MINUTES)
    people = forms.ModelMultipleChoiceField(
        label=_("Who took part?"),
        queryset=Person.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Tick who took part.")},
    )

    def __init__(self, data: Any = None, *, people: QuerySet[Person], **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        fields: Any = self.fields
        fields["people"].queryset = people
        fields["held_on"].initial = clock.today()
        lengths = range(hours.STEP_MINUTES, LONGEST_MINUTES + 1, hours.STEP_MINUTES)
        fields["minutes"].choices = [(minutes, in_words(minutes)) for minutes in lengths]


class DiscussForm(forms.Form):
    """On which day a mentor and her mentee talked about a reflection; nothing of what was said."""

    year = forms.TypedChoiceField(label=_("Reflection of the year"), coerce=int)
    held_on = forms.DateField(label=_("Date"), widget=forms.DateInput(DATE, format="%Y-%m-%d"))

    def __init__(self, data: Any = None, *, years: list[int], **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        fields: Any = self.fields
        fields["year"].choices = [(year, year) for year in years]
        fields["held_on"].initial = clock.today()
