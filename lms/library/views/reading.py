"""The library as everybody reads it: /pustaka/."""

from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from lms.kit import media
from lms.kit.searching import words_of
from lms.library import finding
from lms.library.models import Resource
from lms.people.scoping import get_visible_or_404

PAGE = 12


@require_safe
@never_cache
def library(request: HttpRequest) -> HttpResponse:
    """Everything she may see, narrowed by words, kind and language."""
    asked = {name: request.GET.get(name, "") for name in ("q", "jenis", "bahasa")}
    words = words_of(asked["q"])
    found = finding.find(request.user, words, kind=asked["jenis"], language=asked["bahasa"])
    context = {
        "page": Paginator(found, PAGE).get_page(request.GET.get("hal")),
        "asked": asked,
        "is_narrowed": any(asked.values()),
        "kept": urlencode({name: value for name, value in asked.items() if value}),
        "kinds": Resource.Kind.choices,
        "languages": Resource.Language.choices,
    }
    return render(request, "library/list.html", context)


@require_safe
@never_cache
def resource(request: HttpRequest, code: str) -> HttpResponse:
    found = get_visible_or_404(Resource.objects.all(), request.user, code=code)
    return render(request, "library/resource.html", {"resource": found})


@require_safe
def resource_file(request: HttpRequest, code: str) -> HttpResponseBase:
    """Its file, to keep. Nobody gets it who may not see the page."""
    found = get_visible_or_404(Resource.objects.all(), request.user, code=code)
    if not found.file:
        raise Http404
    response = media.sound_or_file(request, found.file)
    response["Content-Disposition"] = f'attachment; filename="{found.download_name}"'
    response["Cache-Control"] = "private, no-cache"
    return response
