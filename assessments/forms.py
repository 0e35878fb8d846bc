"""What comes from a page or a phone: one class for each kind of entry, read the same way from both."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from lms.kit.forms import EntryForm

MOST_KEYS = 20
MOST_LETTERS = 40
PLACE = "place-"


class AnswerWidget(forms.Widget):
    """Keys of choices as ticked; or for an order, the place typed beside each choice: `place-<key>` = 1, 2, 3 …"""

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        if name in data:
            return data.getlist(name) if hasattr(data, "getlist") else data[name]
        return places_of(data) or None


class AnswerField(forms.Field):
    """A tuple of keys of choices, empty when nothing was chosen."""

    widget = AnswerWidget
    default_error_messages = {
        "places": _("Give each line its own number. Then save again."),
        "keys": _("This answer cannot be read. Open the question and answer again."),
    }

    def to_python(self, value: Any) -> tuple[str, ...]:
        if value is None or value == "":
            return ()
        if isinstance(value, Mapping):
            return self.in_order({key: str(place) for key, place in value.items()})
        keys = [value] if isinstance(value, str) else value
        if not isinstance(keys, list | tuple) or len(keys) > MOST_KEYS:
            raise ValidationError(self.error_messages["keys"], code="keys")
        if any(not isinstance(key, str) or not 0 < len(key) <= MOST_LETTERS for key in keys):
            raise ValidationError(self.error_messages["keys"], code="keys")
        return tuple(keys)

    def in_order(self, places: Mapping[str, str]) -> tuple[str, ...]:
        """The keys in the order of their places; none when no place was chosen."""
        if not any(places.values()):
            return ()
        if sorted(places.values()) != sorted(str(place) for place in range(1, len(places) + 1)):
            raise ValidationError(self.error_messages["places"], code="places")
        return tuple(sorted(places, key=lambda key: int(places[key])))


def places_of(data: Any) -> dict[str, str]:
    """What was typed beside each line of an order: key -> place."""
    return {str(name)[len(PLACE) :]: str(data[name]) for name in data if str(name).startswith(PLACE)}


class ExamForm(EntryForm):
    """One of three orders: begin (`exam`), answer (`question`, `answer`), hand in (`hand_in`). Always `attempt`."""

    kind = "assessments.exam"

    attempt = forms.UUIDField(widget=forms.HiddenInput)
    exam = forms.UUIDField(widget=forms.HiddenInput, required=False)
    question = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=1, max_value=1000)
    answer = AnswerField(label=_("Answer"), required=False)
    hand_in = forms.BooleanField(widget=forms.HiddenInput, required=False)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        orders = [cleaned.get("exam"), cleaned.get("question"), cleaned.get("hand_in")]
        if not self.errors and sum(bool(order) for order in orders) != 1:
            raise ValidationError(_("This is no order an exam understands. Open the exam again."))
        return cleaned


class PracticeForm(EntryForm):
    """One answer in practice; `question` is its code."""

    kind = "assessments.practice"

    practice = forms.UUIDField(widget=forms.HiddenInput)
    question = forms.CharField(widget=forms.HiddenInput, max_length=30)
    answer = AnswerField(label=_("Answer"), error_messages={"required": _("Choose an answer first.")})


class ScenarioForm(EntryForm):
    """One of three orders: begin (`scenario`), decide (`place`, `way`), go back (`place`, `again`). Always `walk`.

    `place` counts her decisions from 0, `way` the choices of the scene from 0.
    """

    kind = "assessments.scenario"

    walk = forms.UUIDField(widget=forms.HiddenInput)
    scenario = forms.UUIDField(widget=forms.HiddenInput, required=False)
    place = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0, max_value=1000)
    way = forms.IntegerField(
        label=_("What do you do?"),
        required=False,
        min_value=0,
        max_value=10,
        error_messages={"invalid": _("Choose one answer first."), "required": _("Choose one answer first.")},
    )
    again = forms.BooleanField(widget=forms.HiddenInput, required=False)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if self.errors or cleaned.get("scenario"):
            return cleaned
        if cleaned.get("place") is None:
            raise ValidationError(_("This is no order a story understands. Open the story again."))
        if cleaned.get("way") is None and not cleaned.get("again"):
            raise ValidationError({"way": _("Choose one answer first.")})
        return cleaned
