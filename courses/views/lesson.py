"""A lesson. Its page is the same for everybody in the same place, so it is drawn once and kept, with two gaps in it."""

import hashlib
import uuid
from collections import OrderedDict
from typing import Any

from django.contrib.messages import get_messages
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.template.loader import render_to_string
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.translation import get_language

from courses import bodies
from courses.models import LessonPage
from courses.outline import Place
from lms.kit.context import site

# What stands in a kept page where each person's own marks come.
FORM_KEY_GAP = "lopo-form-key-gap"
ENTRY_GAP = "lopo-entry-gap"
MOST_KEPT = 400
Chosen = tuple[str, int | None]

_kept: OrderedDict[tuple[Any, ...], str] = OrderedDict()


def show_lesson(request: HttpRequest, page: LessonPage | None, place: Place) -> HttpResponse:
    """From memory when nobody edits it, and 304 when her phone has it."""
    if place.is_preview or len(get_messages(request)):
        body = bodies.render(page) if page and place.is_preview else bodies.body_of(place.page_id, place.edition)
        return HttpResponse(own_marks(request, draw(place, body, answered(request), request)))
    etag = etag_of(request, place)
    fresh = get_conditional_response(request, etag=etag)
    return kept_by_her_phone(fresh or HttpResponse(own_marks(request, kept_page(place, answered(request)))), etag)


def kept_page(place: Place, chosen: Chosen) -> str:
    """The page of this place and answer. It is drawn without a request: nothing of a person can slip into it."""
    body = bodies.body_of(place.page_id, place.edition)
    chosen = body.known(*chosen)
    done = frozenset(step.key for step in place.module.steps if step.key in place.done)
    onward = place.onward.key if place.onward else None
    key = (place.edition, get_language(), place.page_id, place.is_reader, done, onward, chosen)
    html = _kept.get(key)
    if html is None:
        html = _kept[key] = draw(place, body, chosen)
        while len(_kept) > MOST_KEPT:
            _kept.popitem(last=False)
    return html


def draw(place: Place, body: bodies.Body, chosen: Chosen, request: HttpRequest | None = None) -> str:
    content = {"body": body.html(*chosen), "places": body.places}
    context = {"place": place, **content, "csrf_token": FORM_KEY_GAP, "entry": ENTRY_GAP}
    return render_to_string("courses/lesson.html", context if request else {**site(HttpRequest()), **context}, request)


def own_marks(request: HttpRequest, html: str) -> str:
    """Put her form key and a new entry's UUID into the gaps; a page without a form has none."""
    if ENTRY_GAP not in html:
        return html
    return html.replace(FORM_KEY_GAP, get_token(request)).replace(ENTRY_GAP, str(uuid.uuid4()), 1)


def kept_by_her_phone(response: HttpResponse, etag: str) -> HttpResponse:
    """Her phone may keep it, and asks each time whether it is still so."""
    patch_cache_control(response, private=True, no_cache=True)
    response["ETag"] = etag
    return response


def answered(request: HttpRequest) -> Chosen:
    """Which self-check she answered, and with which choice."""
    choice = request.GET.get("pilih", "")
    return request.GET.get("cek", "")[:30], int(choice) if choice.isdecimal() and len(choice) < 3 else None


def etag_of(request: HttpRequest, place: Place) -> str:
    """Everything the page depends on: content, code, person, language, progress, her session's form key."""
    done = sorted(str(step.key) for module in place.course.modules for step in module.steps if step.key in place.done)
    parts = (
        place.edition,
        request.get_full_path(),
        get_language(),
        request.user.pk,
        request.META.get("CSRF_COOKIE"),
        place.is_reader,
        done,
    )
    return f'"{hashlib.sha256(repr(parts).encode()).hexdigest()[:32]}"'
