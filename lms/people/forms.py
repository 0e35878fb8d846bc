from typing import Any

from allauth.account.forms import ChangePasswordForm
from allauth.account.forms import LoginForm as AllauthLoginForm
from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from lms.people import remembering
from lms.people.models import Person, Profile, VillageGroup


class LoginForm(AllauthLoginForm):
    """User name and PIN; a shared phone forgets her when the browser closes."""

    data: Any  # allauth is untyped

    shared = forms.BooleanField(
        label=_("This phone is shared"),
        help_text=_("After you leave, nothing stays on the phone."),
        required=False,
        initial=True,
    )

    remember_name = forms.BooleanField(
        label=_("Remember my name on this phone"),
        help_text=_("Whoever opens this page reads your name. The PIN is always asked."),
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.names = remembering.names_on(self.request) if self.request else ()
        self.chosen = self._chosen()
        if self.chosen and self.is_bound:
            usernames = Person.objects.filter(pk=self.chosen.person_id).values_list("username", flat=True)
            sent: QueryDict = self.data.copy()
            sent["login"] = usernames.first() or "-"
            self.data = sent
        self.fields["login"].label = _("User name")
        self.fields["login"].widget.attrs = {
            "autocomplete": "username webauthn",
            "autocapitalize": "none",
            "spellcheck": "false",
            "class": "key",
        }
        self.fields["password"].label = _("PIN or password")
        self.fields["password"].widget.attrs = {"autocomplete": "current-password", "class": "key"}

    def _chosen(self) -> remembering.Remembered | None:
        """Whose name she tapped, of those on this phone."""
        sent = (self.data if self.is_bound else self.request.GET).get("orang", "") if self.request else ""
        return next((one for one in self.names if str(one.number) == sent), None)

    def login(self, request: Any, redirect_url: str | None = None) -> Any:
        response = super().login(request, redirect_url=redirect_url)
        if self.cleaned_data["shared"]:
            request.session.set_expiry(0)
        if self.cleaned_data["remember_name"] and request.user.is_authenticated:
            remembering.remember(request, response, request.user)
        return response


class ForgetForm(forms.Form):
    """Which name of this phone is forgotten."""

    number = forms.IntegerField(min_value=1, max_value=remembering.MOST)


class ChangeSecretForm(ChangePasswordForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        labels = {
            "oldpassword": _("PIN or password now"),
            "password1": _("New PIN or password"),
            "password2": _("The new one again"),
        }
        for name, label in labels.items():
            self.fields[name].label = label
            self.fields[name].widget.attrs.pop("placeholder", None)


class PersonForm(forms.Form):
    """How somebody of the coordinator's region is written down, and her group."""

    name = forms.CharField(label=_("Full name"), max_length=120)
    called = forms.CharField(label=_("How we call her"), max_length=60, required=False)
    sex = forms.ChoiceField(label=_("Sex"), choices=Person.Sex, widget=forms.RadioSelect)
    group = forms.ModelChoiceField(VillageGroup.objects.none(), label=_("Group"))

    def __init__(self, data: Any = None, *, groups: Any, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.fields["group"].queryset = groups  # type: ignore[attr-defined]


class AddPersonForm(PersonForm):
    """A new learner of the coordinator's region."""

    field_order = ("name", "called", "username")

    username = forms.RegexField(
        r"^[a-z][a-z0-9.]{2,29}$",
        label=_("User name"),
        help_text=_("3 to 30 small letters, digits or dots; begins with a letter."),
        error_messages={"invalid": _("Use 3 to 30 small letters, digits or dots. Begin with a letter.")},
        widget=forms.TextInput(attrs={"autocapitalize": "none", "spellcheck": "false", "autocomplete": "off"}),
    )


class CorrectPersonForm(PersonForm):
    """Somebody who is here already; office people and mentors need no group."""

    def __init__(self, data: Any = None, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.fields["group"].required = bool(self.initial.get("group"))
        self.fields["group"].help_text = _("If she moved, choose the group of her new village.")


class ProfileForm(forms.Form):
    """What she tells of herself; every field may stay empty."""

    languages = forms.RegexField(
        r"^[^\W\d_][^\d]*$",
        label=_("Languages you speak"),
        help_text=_("Such as: Indonesian, Dawan. Your coordinator reads this."),
        error_messages={"invalid": _("Write the names of languages only, with commas between them.")},
        max_length=120,
        required=False,
    )
    birth_year = forms.IntegerField(
        label=_("Year of birth"),
        help_text=_("Only counted, in groups of ten years."),
        required=False,
        widget=forms.NumberInput({"class": "short", "inputmode": "numeric"}),
    )
    disability = forms.ChoiceField(
        label=_("Disability"),
        help_text=_("Only counted. Nobody sees your answer."),
        choices=[("", _("I would rather not say")), *Profile.Disability.choices],
        required=False,
        widget=forms.RadioSelect,
    )
