"""What a form keeps when it comes back with a fault: everything typed, but never what must not be repeated."""

from typing import Any

from django.forms import Form

from lms.kit.forms import IDENTIFIER_CODE
from lms.kit.refusing import Refused
from lms.sync.receiving import Receipt


def forget_unsafe(form: Form) -> None:
    """Empty the fields that seemed to carry a real person's data (domain.md 5.4): their text is not echoed."""
    unsafe = {
        name for name, errors in form.errors.as_data().items() if any(one.code == IDENTIFIER_CODE for one in errors)
    }
    data: Any = form.data
    form.data = {**data.dict(), **dict.fromkeys(unsafe, "")} if unsafe else data


def show_refusal(form: Form, refused: Refused | Receipt) -> None:
    """Put an action's sentence at its field."""
    sentence = refused.sentence if isinstance(refused, Refused) else refused.reason
    form.add_error(refused.field if refused.field in form.fields else None, str(sentence))
