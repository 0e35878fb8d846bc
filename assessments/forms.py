"""What comes from a page or a phone: one class for each kind of entry, read the same way from both."""

import re
from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from assessments.rules.items import PAIR
from assessments.rules.reading import MOST_TYPED
from assessments.rules.showing import MATCH, PLACE, WORDS
from lms.kit import identifiers
from lms.kit.forms import IDENTIFIER_CODE, EntryForm, SafeTextField

MOST_KEYS = 20
MOST_LETTERS = 40
KEY = re.compile(r"[0-9a-f]{1,8}(>[0-9a-f]{1,8})?|true|false")


class AnswerWidget(forms.Widget):
    """Keys of choices as ticked; or for an order, the place typed beside each choice: `place-<key>` = 1, 2, 3 …;
    or the match chosen beside each text: `pair-<key>` = key; or what was typed: `words`.
    """

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        if name in data:
            return data.getlist(name) if hasattr(data, "getlist") else data[name]
        sent = typed_in(data)
        if WORDS in sent:
            return [sent[WORDS].strip()] if sent[WORDS].strip() else None
        pairs = {key.removeprefix(MATCH): match for key, match in sent.items() if key.startswith(MATCH)}
        if pairs:
            return [left + PAIR + match for left, match in pairs.items() if match] or None
        return {key.removeprefix(PLACE): place for key, place in sent.items()} or None


class AnswerField(forms.Field):
    """A tuple: keys of choices, pairs of keys, or the one text that was typed; empty when there is no answer."""

    widget = AnswerWidget
    default_error_messages = {
        "places": _("Give each line its own number. Then save again."),
        "keys": _("This answer cannot be read. Open the question and answer again."),
        "long": _("This is too long. Write a word or two."),
    }

    def to_python(self, value: Any) -> tuple[str, ...]:
        if value is None or value == "":
            return ()
        if isinstance(value, Mapping):
            return self.in_order({key: str(place) for key, place in value.items()})
        keys = [value] if isinstance(value, str) else value
        if not isinstance(keys, list | tuple) or len(keys) > MOST_KEYS:
            raise ValidationError(self.error_messages["keys"], code="keys")
        if any(not isinstance(key, str) or not key or (len(key) > MOST_LETTERS and keys[1:]) for key in keys):
            raise ValidationError(self.error_messages["keys"], code="keys")
        if any(len(key) > MOST_TYPED for key in keys):
            raise ValidationError(self.error_messages["long"], code="keys")
        return tuple(keys)

    def validate(self, value: tuple[str, ...]) -> None:
        """What was typed may be about somebody: keys are not."""
        super().validate(value)
        found = {kind for key in value if not KEY.fullmatch(key) for kind in identifiers.kinds(key)}
        if found:
            raise ValidationError(identifiers.sentence_for(found).render(gettext), code=IDENTIFIER_CODE)

    def in_order(self, places: Mapping[str, str]) -> tuple[str, ...]:
        """The keys in the order of their places; none when no place was chosen."""
        if not any(places.values()):
            return ()
        if sorted(places.values()) != sorted(str(place) for place in range(1, len(places) + 1)):
            raise ValidationError(self.error_messages["places"], code="places")
        return tuple(sorted(places, key=lambda key: int(places[key])))


def typed_in(data: Any) -> dict[str, str]:
    """What was typed or chosen beside lines and texts, by the names of the fields."""
    return {str(name): str(data[name]) for name in data if name == WORDS or str(name).startswith((PLACE, MATCH))}


def typed_again(form: EntryForm) -> dict[str, str]:
    """What to show again of a refused answer; a text that may be about somebody is not."""
    return {} if "answer" in form.unsafe_fields() else typed_in(form.data)


class ExamForm(EntryForm):
    """One of three orders: begin (`exam`), answer (`question`, `answer`), hand in (`hand_in`). Always `attempt`.

    `learner`: to whom a trainer reads the exam aloud that she begins; empty for the sender's own.
    """

    kind = "assessments.exam"

    attempt = forms.UUIDField(widget=forms.HiddenInput)
    exam = forms.UUIDField(widget=forms.HiddenInput, required=False)
    learner = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=1, max_value=2**31)
    question = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=1, max_value=1000)
    answer = AnswerField(label=_("Answer"), required=False)
    hand_in = forms.BooleanField(widget=forms.HiddenInput, required=False)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        orders = [cleaned.get("exam"), cleaned.get("question"), cleaned.get("hand_in")]
        if not self.errors and sum(bool(order) for order in orders) != 1:
            raise ValidationError(_("This is no order an exam understands. Open the exam again."))
        return cleaned


def _why(example: Any) -> SafeTextField:
    return SafeTextField(label=_("Why"), max_length=200, widget=forms.TextInput, help_text=example)


class ExtraAttemptForm(forms.Form):
    """One attempt beyond the others for one person, and why."""

    person = forms.IntegerField(widget=forms.HiddenInput, min_value=1)
    reason = _why(_("For example: we read lesson 2 together again. No illness by name."))


class ExtraTimeForm(ExtraAttemptForm):
    """Minutes beyond the others for one person, and why."""

    minutes = forms.IntegerField(label=_("Minutes more"), min_value=1, max_value=1440, initial=15)
    reason = _why(_("For example: reads slowly, the light went out. No illness by name."))


class PracticeForm(EntryForm):
    """One answer in practice; `question` is its code."""

    kind = "assessments.practice"

    practice = forms.UUIDField(widget=forms.HiddenInput)
    question = forms.CharField(widget=forms.HiddenInput, max_length=30)
    answer = AnswerField(label=_("Answer"), error_messages={"required": _("Give an answer first.")})


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
