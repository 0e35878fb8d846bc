"""The forms of a mentor beside hours: a competency seen, a talk of supervision."""

import uuid
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from certificates.models import SignOff
from certificates.rules import hours
from certificates.rules.standards import CompetencyRule
from certificates.supervising import LONGEST_MINUTES
from lms.kit import clock
from lms.kit.templatetags.lopo import hours as in_words
from lms.people.models import Person

DATE = {"type": "date", "class": "short"}
USUAL_MINUTES = 60


class SignOffForm(forms.Form):
    """What she saw, how well it went, and when."""

    competency = forms.ChoiceField(label=_("What did you see?"))
    level = forms.TypedChoiceField(
        label=_("How did it go?"), choices=SignOff.Level.choices, coerce=int, widget=forms.RadioSelect
    )
    seen_on = forms.DateField(label=_("Date"), widget=forms.DateInput(DATE, format="%Y-%m-%d"))

    def __init__(self, data: Any = None, *, competencies: tuple[CompetencyRule, ...], **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        fields: Any = self.fields
        fields["competency"].choices = [(one.code, one.title) for one in competencies]
        fields["seen_on"].initial = clock.today()


class TalkForm(forms.Form):
    """Who took part, when and how long. There is no room for what was said."""

    talk = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)
    people = forms.ModelMultipleChoiceField(
        label=_("Who took part?"),
        queryset=Person.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Tick who took part.")},
    )
    held_on = forms.DateField(label=_("Date"), widget=forms.DateInput(DATE, format="%Y-%m-%d"))
    minutes = forms.TypedChoiceField(label=_("How long"), coerce=int, initial=USUAL_MINUTES)

    def __init__(self, data: Any = None, *, mentor: Person, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        fields: Any = self.fields
        fields["people"].queryset = Person.objects.filter(mentorships__in=mentor.mentorships_given.all()).distinct()
        fields["held_on"].initial = clock.today()
        lengths = range(hours.STEP_MINUTES, LONGEST_MINUTES + 1, hours.STEP_MINUTES)
        fields["minutes"].choices = [(minutes, in_words(minutes)) for minutes in lengths]
