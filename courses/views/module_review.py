"""A whole module goes to the second reader at once, and she approves it at once."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe
from wagtail import hooks

from courses import approving
from courses.approving import Outcome
from courses.models import ModulePage
from lms.kit import clock


@require_safe
def module_review(request: HttpRequest, page_id: int) -> HttpResponse:
    """/admin/modul/<number>/periksa/: its drafts, what keeps each back, two buttons."""
    module = _module(request, page_id)
    parts = approving.parts_of(module, request.user)
    context = {
        "module": module,
        "parts": parts,
        "may_send": approving.has_second_reader(request.user) and any(not one.unsent for one in parts),
        "may_approve": any(not one.unapproved for one in parts),
    }
    return render(request, "courses/admin/module_review.html", context)


@require_POST
def send_module(request: HttpRequest, page_id: int) -> HttpResponse:
    module = _module(request, page_id)
    if not approving.has_second_reader(request.user):
        messages.error(request, _("Nobody else could read it. Publish it yourself."))
        return redirect("module_review", module.pk)
    done = approving.send_module(module=module, by=request.user, now=clock.now())
    count = len(done.done)
    said = ngettext("%(count)s page was sent to review.", "%(count)s pages were sent to review.", count)
    return _told(request, module, done, said % {"count": count})


@require_POST
def approve_module(request: HttpRequest, page_id: int) -> HttpResponse:
    module = _module(request, page_id)
    done = approving.approve_module(module=module, by=request.user, now=clock.now())
    count = len(done.done)
    said = ngettext("%(count)s page was approved and is out.", "%(count)s pages were approved and are out.", count)
    return _told(request, module, done, said % {"count": count})


def _module(request: HttpRequest, page_id: int) -> ModulePage:
    """Not found for who may not change it."""
    module = ModulePage.objects.filter(pk=page_id).first()
    if module is None or not module.permissions_for_user(request.user).can_edit():
        raise Http404
    return module


def _told(request: HttpRequest, module: ModulePage, done: Outcome, said: str) -> HttpResponse:
    if done.done:
        messages.success(request, said)
    if done.stays:
        rows = ((page.get_admin_display_title(), reason) for page, reason in done.stays)
        named = format_html_join("", "<br>{}: {}", rows)
        messages.warning(request, format_html("{}{}", _("These pages stay as they are:"), named))
    return redirect("module_review", module.pk)


@hooks.register("register_admin_urls")
def module_review_urls() -> list[Any]:
    return [
        path("modul/<int:page_id>/periksa/", module_review, name="module_review"),
        path("modul/<int:page_id>/periksa/kirim/", send_module, name="send_module"),
        path("modul/<int:page_id>/periksa/setujui/", approve_module, name="approve_module"),
    ]
