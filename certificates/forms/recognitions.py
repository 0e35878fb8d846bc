"""The forms about what she brings with her: her age, what she learned elsewhere."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from certificates import recognising
from certificates.models import PriorLearning
from lms.people.models import Person


class AgeForm(forms.Form):
    years = forms.TypedChoiceField(label=_("She is at least"), coerce=int)

    def __init__(self, data: Any = None, *, person: Person, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        ages = sorted(recognising.asked_ages(person))
        field: Any = self.fields["years"]
        field.choices = [(years, _("%(years)s years old") % {"years": years}) for years in ages]


class PriorForm(forms.Form):
    module_code = forms.ChoiceField(label=_("Module"))
    seen = forms.ChoiceField(label=_("What did you see?"), choices=PriorLearning.Seen.choices)

    def __init__(self, data: Any = None, *, person: Person, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        field: Any = self.fields["module_code"]
        field.choices = list(recognising.module_titles(person).items())


class DecisionForm(forms.Form):
    verdict = forms.ChoiceField(choices=[("agree", "agree"), ("decline", "decline")])
