"""Courses in and out as one zip, in the editor."""

import tempfile
from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from courses import importing
from courses.curriculum import gathering, zipped
from courses.models import CourseImport, CoursePage
from courses.models.publishing import publishes_alone
from courses.tasks import work_on_import
from lms.kit import clock
from lms.kit.refusing import Refused
from lms.people import scoping

PERMISSION = "courses.add_courseimport"
SHOWN = 20


class ImportForm(forms.Form):
    file = forms.FileField(
        label=_("Zip file of the course"), widget=forms.FileInput(attrs={"accept": ".zip,application/zip"})
    )
    overwrite = forms.BooleanField(
        label=_("Take the files also where somebody edited here"),
        required=False,
        help_text=_("Leave it empty: what trainers changed here stays, and the list says so."),
    )


def may_carry(request: HttpRequest) -> None:
    """Raises PermissionDenied for staff who may not change courses."""
    if not request.user.has_perm(PERMISSION):
        raise PermissionDenied


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def carry(request: HttpRequest) -> HttpResponse:
    """/admin/kursus/: take a course in, or out."""
    may_carry(request)
    form = ImportForm(request.POST, request.FILES) if request.method == "POST" else ImportForm()
    if form.is_bound and form.is_valid():
        row = keep(request, form)
        if row:
            work_on_import.delay(str(row.pk))
            return redirect("course_import", row.pk)
    context = {
        "form": form,
        "courses": CoursePage.objects.live().order_by("path"),
        "imports": CourseImport.objects.visible_to(request.user, as_role="self")[:SHOWN],
    }
    return render(request, "courses/admin/carry.html", context, status=422 if form.errors else 200)


def keep(request: HttpRequest, form: ImportForm) -> CourseImport | None:
    sent = form.cleaned_data
    try:
        return importing.begin(by=request.user, file=sent["file"], overwrite=sent["overwrite"], now=clock.now())
    except Refused as refused:
        form.add_error("file", str(refused))
        return None


def own_import(request: HttpRequest, import_id: UUID) -> Any:
    may_carry(request)
    return scoping.get_visible_or_404(CourseImport.objects.all(), request.user, as_role="self", pk=import_id)


@never_cache
@require_safe
def show_import(request: HttpRequest, import_id: UUID) -> HttpResponse:
    """/admin/kursus/<uuid>/: what is said about the zip; looks again by itself while it is worked on."""
    row = own_import(request, import_id)
    context = {"row": row, "progress": importing.progress(row.pk), "may_agree": publishes_alone(request.user)}
    answer = render(request, "courses/admin/import.html", context)
    if row.is_working:
        answer["Refresh"] = "2"
    return answer


@require_POST
def agree(request: HttpRequest, import_id: UUID) -> HttpResponse:
    """/admin/kursus/<uuid>/muat/"""
    row = own_import(request, import_id)
    try:
        importing.agree(row=row, now=clock.now())
    except Refused as refused:
        context = {"row": row, "refusal": str(refused)}
        return render(request, "courses/admin/import.html", context, status=422)
    work_on_import.delay(str(row.pk))
    return redirect("course_import", row.pk)


@require_safe
def export(request: HttpRequest, page_id: int) -> FileResponse:
    """/admin/kursus/<id>/unduh/: the published course as one zip."""
    may_carry(request)
    page = CoursePage.objects.live().filter(pk=page_id).first()
    if page is None:
        raise Http404
    file = tempfile.TemporaryFile()  # noqa: SIM115 - the answer closes it
    zipped.write_zip(gathering.gather_course(page), file)
    file.seek(0)
    return FileResponse(file, as_attachment=True, filename=f"{page.slug}.zip", content_type="application/zip")
