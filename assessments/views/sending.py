"""A page sends an entry."""

import uuid
from collections.abc import Callable

from lms.kit import clock
from lms.kit.forms import EntryForm
from lms.sync import receiving
from lms.sync.receiving import Receipt


def send(form: EntryForm, is_kept: Callable[[], bool]) -> Receipt:
    """Send a valid form. `is_kept` tells whether what it says is stored.

    A page that comes back by the Back button still carries its old UUID: what is changed there is a new entry, not
    the old one sent twice.
    """
    receipt = receiving.receive_form(form=form, now=clock.now())
    if receipt.state == "known" and not is_kept():
        form.cleaned_data["entry"] = uuid.uuid4()
        receipt = receiving.receive_form(form=form, now=clock.now())
    return receipt
