"""How a page hands a form to the inbox, and who asks."""

from django.http import HttpRequest

from certificates.forms.keeping import forget_unsafe, show_refusal
from lms.kit import clock
from lms.kit.forms import EntryForm
from lms.people.models import Person
from lms.sync import receiving


class SignedIn(HttpRequest):
    """A request behind `for_roles`: somebody is signed in."""

    user: Person


def taken(form: EntryForm) -> bool:
    """Hand a form to the inbox; True when it was applied or known, else the form says why not."""
    if not form.is_valid():
        forget_unsafe(form)
        return False
    receipt = receiving.receive_form(form=form, now=clock.now())
    if receipt.state == "refused":
        show_refusal(form, receipt)
        return False
    return True
