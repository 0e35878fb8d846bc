"""Draw what remains: sentences of rules, rings and bars of requirements."""

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from django import template
from django.urls import reverse
from django.utils.translation import gettext

from certificates.rules import hours
from certificates.rules.requirements import NextStep, Part, Requirement, State
from certificates.rules.standing import Standing
from lms.kit.words import Sentence

register = template.Library()

STONE = 60  # the room of one stone on the path
A_ROW = 6

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


@register.inclusion_tag("certificates/requirement.html", takes_context=True)
def requirement(context: dict[str, Any], one: Requirement, *, own: bool = False) -> dict[str, Any]:
    """A requirement with its ring and its parts; `own`: she reads it herself, so the next step is a link.

    Its number is the one on the drawn path of the page's `standing`.
    """
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
        "number": _number(context.get("standing"), one),
        "parts": [_line(part, has_hours=has_hours) for part in one.parts],
    }


def _number(standing: Standing | None, one: Requirement) -> int:
    """Its place on the drawn path; 0 when it is none of the standing's."""
    return next((n for n, each in enumerate(standing.requirements if standing else (), start=1) if each is one), 0)


def _line(part: Part, *, has_hours: bool) -> dict[str, Any]:
    """A module or an activity: its figures when something is there to count, else its state in a word."""
    figure = hours.figure if has_hours else str
    return {
        "title": part.title,
        "state": part.state.name.lower(),
        "counts": part.need > 1 and part.state is not State.LOCKED,
        "has_hours": has_hours,
        "have": figure(part.have),
        "need": figure(part.need),
    }


@register.inclusion_tag("certificates/parts/standing_path.html")
def standing_path(standing: Standing) -> dict[str, Any]:
    """All requirements as stones on one thread, row by row, there and back; the same in words for who cannot see it."""
    nodes = [
        {"number": index + 1, "x": _across(index), "y": _down(index), "state": one.state.name.lower()}
        for index, one in enumerate(standing.requirements)
    ]
    titles = {
        state: ", ".join(said(one.title) for one in standing.requirements if one.state is state)
        for state in (State.DONE, State.WAITING, State.PARTLY, State.MISSING, State.LOCKED)
    }
    return {
        "nodes": nodes,
        "thread": _thread([(_across(index), _down(index)) for index in range(len(nodes))]),
        "height": _down(len(nodes) - 1) + STONE - 18,
        "titles": {state.name.lower(): names for state, names in titles.items()},
    }


def _across(index: int) -> int:
    """The middle of a stone; every second row goes back under the one before."""
    row, place = divmod(index, A_ROW)
    return STONE // 2 + STONE * (place if row % 2 == 0 else A_ROW - 1 - place)


def _down(index: int) -> int:
    return 20 + STONE * (index // A_ROW)


def _thread(stones: Sequence[tuple[int, int]]) -> str:
    """The way from stone to stone; it swings out where a row turns, so that it crosses no number."""
    drawn = [f"M{x} {y}" for x, y in stones[:1]]
    for (_x, above), (x, y) in pairwise(stones):
        swing = f"A26 {STONE // 2} 0 0 {int(x > 3 * STONE)} " if y > above else "L"
        drawn.append(f"{swing}{x} {y}")
    return "".join(drawn)
