"""What somebody may find in the library. Reads only."""

from collections.abc import Sequence
from typing import Any

from lms.library.models import Resource, ResourceQuerySet

MOST_FOUND = 50


def find(viewer: Any, words: Sequence[str], *, kind: str = "", language: str = "") -> ResourceQuerySet:
    """Those she may see that hold every word (folded), of this kind and language; an unknown one narrows nothing."""
    found = Resource.objects.visible_to(viewer).holding(words)
    if kind in Resource.Kind.values:
        found = found.filter(kind=kind)
    if language in Resource.Language.values:
        found = found.filter(language=language)
    return found


def best(viewer: Any, words: Sequence[str]) -> ResourceQuerySet:
    """The first fifty, for a search over everything."""
    return find(viewer, words)[:MOST_FOUND]
