"""New versions of the standard and of the texts to sign, in the editor."""

import hashlib
import json
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from certificates import loading, versions
from certificates.forms.standards import TextForm, VersionForm
from certificates.models import PledgeText, Standard
from certificates.rules import comparing, standards
from lms.kit import clock
from lms.kit.refusing import Refused
from lms.people import scoping


def may_change(request: HttpRequest) -> bool:
    return scoping.has_role(request.user, "coordinator", "owner")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def change_standard(request: HttpRequest) -> HttpResponse:
    """/admin/standar/: write a new version, see what is different and for whom, then agree."""
    newest = Standard.objects.current()
    if not may_change(request):
        raise PermissionDenied
    if newest is None:
        raise Http404
    form = VersionForm(request.POST if request.method == "POST" else None, newest)
    context: dict[str, Any] = {"form": form, "newest": newest, "kinds": PledgeText.Kind.choices}
    status = 200
    if request.method == "POST" and form.is_valid():
        seen = _fingerprint(newest.pk, form.data)
        if _agreed(request, seen) and _stored(request, form):
            return redirect("wagtailsnippets_certificates_standard:list")
        context |= {"seen": seen, **_difference(newest, form.data)}
    elif request.method == "POST":
        status = 422
    return render(request, "certificates/admin/standard.html", context, status=status)


def _fingerprint(*parts: object) -> str:
    """What she saw when she agreed: another text, or another newest version, is shown once more."""
    return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()


def _agreed(request: HttpRequest, seen: str) -> bool:
    return "look" not in request.POST and request.POST.get("seen") == seen


def _difference(newest: Standard, data: dict[str, Any]) -> dict[str, Any]:
    after = standards.read(data)
    return {
        "is_same": after == newest.rules,
        "differences": comparing.differences(newest.rules, after),
        "finishing": versions.keep_newest().count(),
    }


def _stored(request: HttpRequest, form: VersionForm) -> bool:
    try:
        loaded = loading.load_standard(data=form.data, now=clock.now(), actor=request.user)  # type: ignore[arg-type]
    except Refused as refused:
        form.plain.add_error(None, str(refused))
        return False
    messages.success(request, _("Version %(version)s counts from now on.") % {"version": loaded.standard.version})
    return True


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def change_text(request: HttpRequest, kind: str) -> HttpResponse:
    """/admin/standar/teks/<kind>/: write a text to sign anew; whoever signed the old one signs again."""
    if not may_change(request):
        raise PermissionDenied
    if kind not in PledgeText.Kind.values:
        raise Http404
    newest = PledgeText.objects.current(kind)
    initial = {"title": newest.title, "points": "\n".join(newest.points)} if newest else {}
    form = TextForm(request.POST if request.method == "POST" else None, initial=initial)
    context: dict[str, Any] = {"form": form, "newest": newest, "kind": PledgeText.Kind(kind).label}
    if request.method == "POST" and form.is_valid():
        seen = _fingerprint(newest.pk if newest else 0, form.cleaned_data)
        if _agreed(request, seen):
            loading.load_text(kind=kind, now=clock.now(), actor=request.user, **form.cleaned_data)  # type: ignore[arg-type]
            messages.success(request, _("The new text counts from now on."))
            return redirect("wagtailsnippets_certificates_pledgetext:list")
        context |= {"seen": seen, "signed": newest.pledges.values("person").distinct().count() if newest else 0}
    return render(request, "certificates/admin/text.html", context, status=422 if form.errors else 200)
