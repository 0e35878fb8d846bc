"""What of a mentor's desk stays unfolded when the page comes back."""

from collections.abc import Collection, Iterable

from django import template

from certificates.waiting import Waiting

register = template.Library()


@register.filter
def holds(rows: Iterable[Waiting], keys: Collection[str]) -> bool:
    """Whether one of these entries is among the keys, or is the one key."""
    return any(row.key in keys for row in rows)
