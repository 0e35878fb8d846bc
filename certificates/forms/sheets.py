"""The forms of a month of hours: agreed to on the screen, or signed by hand and entered."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from certificates.forms.entries import UuidListField
from certificates.forms.mentors import DATE
from lms.kit import clock


class MonthForm(forms.Form):
    """A mentor agrees to what stands on the page: what came since is not among it."""

    hours = UuidListField(error_messages={"required": _("Nothing waits in this month.")})
    agree = forms.BooleanField(
        label=_("I have read the summary. These hours really happened."),
        error_messages={"required": _("Tick the box when you agree.")},
    )


class SheetForm(forms.Form):
    """A sheet was signed by hand: the day on the paper, and that she saw it herself."""

    hours = UuidListField(error_messages={"required": _("Nothing waits in this month.")})
    signed_on = forms.DateField(label=_("Date on the paper"), widget=forms.DateInput(DATE, format="%Y-%m-%d"))
    seen = forms.BooleanField(
        label=_("I have the signed paper before me. It says the same."),
        error_messages={"required": _("Tick the box when you have compared it.")},
    )

    def __init__(self, data: Any = None, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.fields["signed_on"].widget.attrs["max"] = clock.today().isoformat()
