"""Draw what remains: sentences of rules, rings and bars of requirements."""

from typing import Any

from django import template
from django.urls import reverse
from django.utils.translation import gettext

from certificates.rules import hours
from certificates.rules.requirements import NextStep, Requirement, State
from lms.kit.words import Sentence

register = template.Library()

ADDRESSES = {
    "desk": "courses:desk",
    "hours": "certificates:hours",
    "reflection": "certificates:reflection",
    "pledge": "certificates:pledge",
    "safeguarding": "certificates:safeguarding",
}


@register.filter
def said(sentence: Sentence) -> str:
    """A sentence of a rule in the reader's language."""
    return sentence.render(gettext)


@register.filter
def address(step: NextStep) -> str:
    """Where a next step is done."""
    return reverse(ADDRESSES[step.address])


@register.inclusion_tag("certificates/requirement.html")
def requirement(one: Requirement, *, own: bool = False) -> dict[str, Any]:
    """A requirement with its ring; `own`: she reads it herself, so the next step is a link."""
    has_hours = one.unit == "minutes"
    return {
        "one": one,
        "own": own,
        "ring_state": {State.DONE: "done", State.LOCKED: "shut"}.get(one.state, ""),
        "ring_text": hours.figure(one.have) if has_hours else f"{one.have}/{one.need}",
        "have": hours.figure(one.have) if has_hours else one.have,
        "need": hours.figure(one.need) if has_hours else one.need,
        "counts": one.need > 1,
        "is_waiting": one.state is State.WAITING,
        "is_locked": one.state is State.LOCKED,
    }
