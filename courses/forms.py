from collections.abc import Iterable
from datetime import timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from courses.models import Feedback
from courses.rules import CoursePlan
from courses.teaching import LONGEST_MINUTES, STEP_MINUTES
from lms.kit import clock
from lms.kit.forms import EntryForm, SafeTextField
from lms.kit.templatetags.lopo import hours as in_words
from lms.people.models import Person, Region


class LessonDoneForm(EntryForm):
    """She has read a lesson. Whether she skipped a story is nobody's business: it is not asked.

    `again`: she had done it before, and has now read what changed.
    """

    kind = "courses.lesson_done"

    step = forms.UUIDField(widget=forms.HiddenInput)
    again = forms.BooleanField(required=False, widget=forms.HiddenInput)


class FeedbackForm(EntryForm):
    """Three questions after a module or a training. Who answered stays with us; trainers read sums."""

    kind = "courses.feedback"
    ANSWERS = ((3, _("Yes")), (2, _("Partly")), (1, _("Not yet")))

    occasion = forms.ChoiceField(choices=Feedback.Occasion, initial="module", widget=forms.HiddenInput)
    key = forms.UUIDField(widget=forms.HiddenInput)
    clear = forms.TypedChoiceField(
        label=_("Easy to understand?"), choices=ANSWERS, coerce=int, widget=forms.RadioSelect(attrs={"picks": "line"})
    )
    useful = forms.TypedChoiceField(
        label=_("Useful for your village?"),
        choices=ANSWERS,
        coerce=int,
        widget=forms.RadioSelect(attrs={"picks": "line"}),
    )
    improve = SafeTextField(
        label=_("What should be better?"),
        help_text=_("No names, places or stories of people."),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class PlaceForm(forms.Form):
    """Which part of a step she reached. `quiet`: sent by the page itself when she leaves it."""

    step = forms.UUIDField()
    anchor = forms.RegexField(r"^(b\d{1,3}|cek-[a-z0-9][a-z0-9-]{0,29})$", max_length=40)
    quiet = forms.BooleanField(required=False)


class EnrolForm(forms.Form):
    """Which course she begins."""

    course = forms.TypedChoiceField(coerce=UUID)

    def __init__(self, data: Any = None, *, courses: Iterable[CoursePlan]) -> None:
        super().__init__(data)
        self.fields["course"].choices = [(str(course.key), course.title) for course in courses]  # type: ignore[attr-defined]


class JoinForm(EnrolForm):
    """Which course she begins by herself."""


class InvitationForm(forms.Form):
    """A code from her trainer."""

    code = forms.CharField(
        label=_("Code"),
        max_length=40,
        help_text=_("Six letters and digits from your trainer."),
        widget=forms.TextInput(attrs={"class": "key", "autocapitalize": "characters", "autocomplete": "off"}),
    )


def day_field(label: Any, **kwargs: Any) -> forms.DateField:
    widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date", "class": "short"})
    return forms.DateField(label=label, widget=widget, **kwargs)


class CohortForm(forms.Form):
    """A new class of a trainer."""

    name = forms.CharField(label=_("Name of the class"), max_length=80)
    course = forms.TypedChoiceField(label=_("Course"), coerce=UUID)
    region = forms.ModelChoiceField(Region.objects.none(), label=_("Region"))
    starts_on = day_field(_("First day"), initial=clock.today)
    ends_on = day_field(_("Last day"), required=False)
    trainers = forms.ModelMultipleChoiceField(
        Person.objects.none(),
        label=_("Trainers beside you"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, data: Any = None, *, courses: Iterable[CoursePlan], regions: Any, trainers: Any) -> None:
        super().__init__(data)
        self.fields["course"].choices = [(str(course.key), course.title) for course in courses]  # type: ignore[attr-defined]
        self.fields["region"].queryset = regions  # type: ignore[attr-defined]
        self.fields["trainers"].queryset = trainers  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        first, last = cleaned.get("starts_on"), cleaned.get("ends_on")
        if first and last and last < first:
            self.add_error("ends_on", _("The last day comes after the first."))
        return cleaned


class MemberForm(forms.Form):
    """Whom the trainer puts in or takes out."""

    person = forms.IntegerField(min_value=1, max_value=2**53)
    what = forms.ChoiceField(choices=[("add", "add"), ("remove", "remove")])


CODE_HOLDS = timedelta(days=14)


class InviteForm(forms.Form):
    ends_on = day_field(_("Good until"), initial=lambda: clock.today() + CODE_HOLDS)


class TrainingDayForm(forms.Form):
    """A day on which the class met."""

    held_on = day_field(_("Date"), initial=clock.today)
    minutes = forms.TypedChoiceField(label=_("How long"), coerce=int, initial=6 * 60)
    topic = SafeTextField(
        label=_("What was it about?"),
        help_text=_("The topic only, no names of people."),
        max_length=120,
        widget=forms.TextInput,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        lengths = range(STEP_MINUTES, LONGEST_MINUTES + 1, STEP_MINUTES)
        self.fields["minutes"].choices = [(one, in_words(one)) for one in lengths]  # type: ignore[attr-defined]
        self.fields["held_on"].widget.attrs["max"] = clock.today().isoformat()


class AttendanceForm(forms.Form):
    """Who was there. `shown`: everybody on the page, so that whoever is not ticked was absent."""

    shown = forms.TypedMultipleChoiceField(coerce=int)
    present = forms.TypedMultipleChoiceField(coerce=int, required=False)
    paper = forms.BooleanField(label=_("I copy this from a paper list"), required=False)

    def __init__(self, data: Any = None) -> None:
        super().__init__(data)
        for name in ("shown", "present"):
            self.fields[name].valid_value = is_number  # type: ignore[attr-defined]


def is_number(value: Any) -> bool:
    """Who is of the class is the action's question."""
    return str(value).isascii() and str(value).isdecimal() and len(str(value)) < 16
