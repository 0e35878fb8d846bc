"""Pages that belong to nobody: help, quick exit, the parts of the look, and errors in words."""

import errno
import re
import sys

from django.conf import settings
from django.contrib.auth import logout
from django.db import InterfaceError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from lms.kit.middleware import CLEARING
from lms.kit.samples import samples

BUSY_SECONDS = 30
FULL_DISK = re.compile(r"disk is full|no space left", re.IGNORECASE)  # SQLite, PostgreSQL


@never_cache
def quick_exit(request: HttpRequest) -> HttpResponse:
    """End the session, empty the page caches and lead away by a page of its own.

    Only a page can hide the last one at once, and only after it stands can the browser forget the last one: so the
    link leads over it to `?3`, which forgets and leads away. exit.js asks for `?2`, whose script puts the neutral
    address after itself and so cuts off what lay ahead in the history.
    """
    logout(request)
    if "3" in request.GET:
        response: HttpResponse = HttpResponseRedirect(settings.NEUTRAL_URL)
    else:
        response = render(request, "home/exit.html", {"is_scripted": "2" in request.GET})
    response["Clear-Site-Data"] = CLEARING
    return response


def help_page(request: HttpRequest) -> HttpResponse:
    return render(request, "home/help.html")


def style_page(request: HttpRequest) -> HttpResponse:
    """Every part in every state, for whoever builds: not on a real site."""
    if not (settings.DEBUG or settings.DEMO):
        raise Http404
    return render(request, "style/gaya.html", samples())


# Errors in words. They get no context of a request beyond what a broken site can still give.


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _said("400.html", 400)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _said("403.html", 403, request)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _said("404.html", 404, request)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return _said("403_csrf.html", 403)


def server_error(request: HttpRequest) -> HttpResponse:
    """500; or 503 when the database is away, 507 when the disk is full: those pass without a mender."""
    problem = sys.exc_info()[1]
    if _is_full_disk(problem):
        return unavailable(request, status=507)
    if isinstance(problem, OperationalError | InterfaceError):
        return unavailable(request)
    return _said("500.html", 500)


def _is_full_disk(problem: BaseException | None) -> bool:
    if isinstance(problem, OSError):
        return problem.errno in (errno.ENOSPC, errno.EDQUOT)
    return isinstance(problem, OperationalError) and FULL_DISK.search(str(problem)) is not None


def unavailable(request: HttpRequest, status: int = 503) -> HttpResponse:
    response = _said("503.html", status)
    response["Retry-After"] = str(BUSY_SECONDS)
    return response


def _said(template: str, status: int, request: HttpRequest | None = None) -> HttpResponse:
    context = {"outer_title": settings.OUTER_TITLE, "neutral_url": settings.NEUTRAL_URL}
    try:
        page = render_to_string(template, context, request)
    except Exception:
        if request is not None:
            return _said(template, status)
        text = _("Something broke at our place. Try again later.")
        page = format_html(PLAIN_PAGE, title=settings.OUTER_TITLE, text=text)
    response = HttpResponse(page, status=status)
    response["Cache-Control"] = "no-store"
    return response


# When even the templates cannot be read.
PLAIN_PAGE = (
    '<!doctype html><html lang="id"><meta charset="utf-8"><title>{title}</title>'
    '<meta name="viewport" content="width=device-width"><p>{text}</p>'
)
