"""The forms round the alumni register: what to look for, a certificate of paper days, what she may be called for."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from certificates import register
from certificates.models import CallConsent, PaperCertificate
from certificates.register import AS, FILTERED, Wanted
from certificates.rules import naming
from courses.models import Cohort
from lms.kit import clock
from lms.kit.forms import SafeTextField
from lms.people import rules, scoping
from lms.people.models import Person, Region

DATE = {"type": "date", "class": "short"}
MOST = 400


class FilterForm(forms.Form):
    """What she looks for; every field may stay empty. Unknown values are as good as none."""

    q = forms.CharField(label=_("Name"), required=False, max_length=80)
    tahun = forms.TypedChoiceField(label=_("Year"), required=False, coerce=int, empty_value=None)
    kelas = forms.TypedChoiceField(label=_("Class"), required=False, coerce=int, empty_value=None)
    kelompok = forms.TypedChoiceField(label=_("Group"), required=False, coerce=int, empty_value=None)
    wilayah = forms.ChoiceField(label=_("Subdistrict or village"), required=False)
    keadaan = forms.ChoiceField(label=_("State"), required=False)

    def __init__(self, data: Any, *, viewer: Person, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        fields: Any = self.fields
        every = ("", _("all"))
        cohorts = Cohort.objects.visible_to(viewer, as_role=AS).over(clock.today())
        fields["tahun"].choices = [every, *((year, year) for year in register.years(viewer, today=clock.today()))]
        fields["kelas"].choices = [every, *cohorts.values_list("pk", "name")[:MOST]]
        fields["kelompok"].choices = [every, *scoping.visible_groups(viewer).values_list("pk", "name")[:MOST]]
        fields["wilayah"].choices = [every, *_regions(viewer, str(data.get("wilayah", "")))]
        fields["keadaan"].choices = [every, *FILTERED.items()]

    def wanted(self) -> Wanted:
        self.is_valid()
        said = self.cleaned_data
        return Wanted(
            words=said.get("q", ""),
            year=said.get("tahun"),
            cohort=said.get("kelas"),
            group=said.get("kelompok"),
            region=said.get("wilayah", ""),
            state=said.get("keadaan", ""),
        )


def _regions(viewer: Person, chosen: str) -> list[tuple[str, str]]:
    """Subdistricts of her regions, and below the chosen one its villages."""
    parent = chosen if rules.level_of(chosen) == 3 else rules.parent_of(chosen)
    found: list[tuple[str, str]] = []
    for code in scoping.regions_of(viewer, AS):
        inside = Region.objects.inside(code)
        found += inside.of_level(3).values_list("code", "name")[:MOST]
        if parent and rules.lies_in(parent, code):
            found += [
                (one, f"– {name}")
                for one, name in Region.objects.inside(parent).of_level(4).values_list("code", "name")
            ]
    return sorted(dict(found).items())


class PaperForm(forms.Form):
    """A certificate of the days before this site."""

    title = SafeTextField(
        label=_("What does it say?"),
        help_text=_("The title of the training or certificate."),
        max_length=120,
        widget=forms.TextInput,
    )
    issued_on = forms.DateField(label=_("Issued on"), widget=forms.DateInput(DATE, format="%Y-%m-%d"))
    expires_on = forms.DateField(
        label=_("Valid until"), required=False, widget=forms.DateInput(DATE, format="%Y-%m-%d")
    )
    seen = forms.ChoiceField(
        label=_("What did you see?"), choices=PaperCertificate.Seen.choices, widget=forms.RadioSelect
    )


class VerdictForm(forms.Form):
    agrees = forms.ChoiceField(choices=[("ya", "ya"), ("tidak", "tidak")])


class NameForm(forms.Form):
    """What a stranger reads who types her code."""

    show = forms.ChoiceField(label=_("On the page that checks certificates"), widget=forms.RadioSelect)

    def __init__(self, data: Any = None, *, name: str, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        field: Any = self.fields["show"]
        field.choices = [("inisial", naming.initials(name)), ("utuh", name)]


class CallForm(forms.Form):
    """What she may be called for. Nothing ticked takes everything back."""

    kinds = forms.MultipleChoiceField(
        label=_("I may be called for"),
        choices=CallConsent.Kind.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
