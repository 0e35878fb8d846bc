"""Which view draws which kind of step. Apps register at start-up: steps of an upper app appear in our frame."""

from collections.abc import Callable

from django.http import HttpResponse

StepView = Callable[..., HttpResponse]

_views: dict[str, StepView] = {}


def register(kind: str, view: StepView) -> None:
    """`view(request, page, place)` answers a step that is open to this person (courses.outline.Place)."""
    _views[kind] = view


def view_of(kind: str) -> StepView:
    return _views[kind]


def is_offered(kind: str) -> bool:
    """False for a kind that can be written and kept, but has no screen of its own yet."""
    return kind in _views
