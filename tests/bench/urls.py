"""The site and, beside it, a trivial view and a one-row insert."""

import uuid

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.views.decorators.csrf import csrf_exempt
from django.views.static import serve

from lms.kit import clock
from lms.kit.writing import writing
from lms.sync.models import Device
from lms.urls import handler400, handler403, handler404, handler500
from lms.urls import urlpatterns as site

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]


def trivial(request: HttpRequest) -> HttpResponse:
    return HttpResponse("ok")


@csrf_exempt
def insert_one_row(request: HttpRequest) -> HttpResponse:
    with writing():
        Device.objects.create(pk=uuid.uuid4(), person_id=request.user.pk, first_seen_at=clock.now())
    return HttpResponse("ok")


urlpatterns = [
    path("ukur/biasa/", trivial),
    path("ukur/satu/", insert_one_row),
    path("ukur/berkas/<path:path>", serve, {"document_root": str(settings.DATA_DIR / "ukur")}),
    *site,
]
