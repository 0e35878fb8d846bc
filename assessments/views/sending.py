"""A page sends an entry."""

import uuid
from collections.abc import Callable, Sequence
from typing import TypeVar

from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from lms.kit import clock
from lms.kit.forms import EntryForm
from lms.sync import receiving
from lms.sync.receiving import Incoming, Receipt

M = TypeVar("M", bound=Model)


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


def send_all(forms: Sequence[EntryForm]) -> list[Receipt]:
    """Send valid forms of one page in one transaction, each as an entry of its own; one receipt each."""
    now = clock.now()
    entries = [Incoming(id=uuid.uuid4(), kind=form.kind, made_at=now, form=form) for form in forms]
    return receiving.receive(person=forms[0].person, device=None, incoming=entries, now=now) if forms else []


def start(
    request: HttpRequest,
    form: EntryForm,
    order: str,
    *,
    kind: type[M],
    find: Callable[[], M | None],
    go: Callable[[M], HttpResponse],
) -> HttpResponse:
    """Begin an attempt, a walk or a task: the same for all of them.

    `order` names the field that says what is begun. `find` looks for what an earlier entry began, when this one came
    before; `go` leads into what was begun.
    """
    if not form.is_valid() or not form.cleaned_data[order]:
        return refuse(request, form.first_error())
    receipt = send(form, lambda: True)
    if receipt.state == "refused":
        return refuse(request, receipt.reason)
    begun = receipt.result or find()
    return go(begun) if isinstance(begun, kind) else redirect("courses:desk")


def refuse(request: HttpRequest, reason: str) -> HttpResponse:
    return render(request, "courses/refused.html", {"reason": reason}, status=422)
