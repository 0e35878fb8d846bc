"""Tags that draw the parts of the product."""

import json
from typing import Any

from django import template
from django.utils.formats import number_format
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lms.kit import identifiers, svg

register = template.Library()


@register.simple_tag
def icon(name: str) -> SafeString:
    return mark_safe(svg.icon(name))


@register.inclusion_tag("parts/ring.html")
def ring(
    value: float, total: float, label: str = "", *, big: bool = False, state: str = "", text: str = ""
) -> dict[str, Any]:
    """A ring: `state` is "", "done" or "shut"; the text inside is `value/total` unless given."""
    return {
        "share": svg.ring_share(value, total),
        "text": text or f"{value}/{total}",
        "label": label,
        "big": big,
        "state": state,
    }


@register.inclusion_tag("parts/progress.html")
def bar(label: str, done: float, target: float, unit: str = "", waiting: float = 0) -> dict[str, Any]:
    """A bar with its words. `unit` "hours": figures are minutes; else they are shown as they are."""
    return {"label": label, "bar": svg.bar(done, target, waiting), "figures": figures(done, target, unit)}


def figures(done: float, target: float, unit: str) -> str:
    if unit == "hours":
        return _("%(done)s / %(target)s hours") % {"done": hour_text(done), "target": hour_text(target)}
    return f"{done} / {target} {unit}".strip()


def hour_text(minutes: float) -> str:
    """90 -> 1½: whole hours and quarters, as people write them."""
    whole, rest = divmod(int(minutes), 60)
    part = {0: "", 15: "¼", 30: "½", 45: "¾"}.get(rest)
    if part is None:
        return str(number_format(minutes / 60, 2))
    return f"{whole or ''}{part}" or "0"


@register.simple_tag
def identifier_words() -> str:
    """What each kind of identifier is called, as JSON for a form that looks for them before it is sent."""
    return json.dumps({kind: _(words) for kind, words in identifiers.WORDS.items()})


@register.filter
def hours(minutes: Any) -> str:
    """Minutes as "1½ hours", in the reader's language; under an hour as minutes, off the quarters as both."""
    if not minutes:
        return _("0 hours")
    if minutes < 60:
        return ngettext("%(minutes)s minute", "%(minutes)s minutes", minutes) % {"minutes": minutes}
    if minutes % 15:
        return f"{hours(minutes - minutes % 60)} {hours(minutes % 60)}"
    return ngettext("%(hours)s hour", "%(hours)s hours", 1 if minutes == 60 else 2) % {"hours": hour_text(minutes)}


@register.filter
def kb(size: Any) -> str:
    """Bytes as kB, at least 1."""
    return f"{max(1, round((size or 0) / 1000))} kB"


@register.simple_tag
def steps(current: int, total: int, done: Any = ()) -> SafeString:
    """The little boxes over a lesson or a question; `done` holds the numbers that are done."""
    states = ("now" if n == current else "done" if n in done else "" for n in range(1, total + 1))
    items = "".join(format_html('<li class="{}"></li>', state) if state else "<li></li>" for state in states)
    return mark_safe(f'<ol class="steps" aria-hidden="true">{items}</ol>')
