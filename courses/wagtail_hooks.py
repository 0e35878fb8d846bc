"""What the editor gains for courses."""

from typing import Any

from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.snippets.models import register_snippet

from courses.views import editing as editing  # its hooks register themselves
from courses.views import importing, media
from courses.views import module_review as module_review
from courses.views import releasing as releasing  # so do these
from courses.views.programmes import ProgrammeViewSet

register_snippet(ProgrammeViewSet)


@hooks.register("register_admin_urls")
def carrying_urls() -> list[Any]:
    return [
        path("kursus/", importing.carry, name="course_carry"),
        path("kursus/<uuid:import_id>/", importing.show_import, name="course_import"),
        path("kursus/<uuid:import_id>/muat/", importing.agree, name="course_import_agree"),
        path("kursus/<int:page_id>/unduh/", importing.export, name="course_export"),
    ]


class CarryMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return bool(request.user.has_perm(importing.PERMISSION))


@hooks.register("register_admin_menu_item")
def carrying_item() -> MenuItem:
    return CarryMenuItem(_("Course as zip"), reverse("course_carry"), name="carry", icon_name="download", order=260)


@hooks.register("register_admin_viewset")
def media_viewsets() -> list[Any]:
    return media.viewsets()


@hooks.register("insert_global_admin_js")
def progress_of_media() -> str:
    """Lists with something that is still being made small ask again by themselves."""
    return format_html('<script type="module" src="{}"></script>', static("lms/js/media-progress.js"))
