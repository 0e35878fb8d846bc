"""Standards and codes of ethics in the editor: to read. Layouts of certificates: to make and to choose."""

from typing import Any

from django.http import HttpRequest
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, ObjectList
from wagtail.admin.ui.tables import BooleanColumn, Column
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from certificates.forms.layouts import LayoutForm
from certificates.models import CertificateLayout, PledgeText, Standard
from certificates.views import layouts, standards
from lms.people import scoping


@hooks.register("register_admin_urls")
def versions_urls() -> list[Any]:
    return [
        path("standar/", standards.change_standard, name="standard_change"),
        path("standar/teks/<slug:kind>/", standards.change_text, name="text_change"),
    ]


class VersionMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return standards.may_change(request) and Standard.objects.exists()


@hooks.register("register_admin_menu_item")
def version_item() -> MenuItem:
    """Old versions are to read; a change is a new version, written here."""
    return VersionMenuItem(
        _("Change the standard"), reverse("standard_change"), name="standard", icon_name="edit", order=401
    )


class ReadOnly(ModelPermissionPolicy):
    """Whoever may view may view; nobody adds, changes or deletes here."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        return action == "view" and super().user_has_permission(user, action)

    def user_has_any_permission(self, user: Any, actions: Any) -> bool:
        return any(self.user_has_permission(user, action) for action in actions)


class StandardViewSet(SnippetViewSet):
    model = Standard
    icon = "list-ul"
    list_display = ["title", "code", "version", "loaded_at"]
    inspect_view_enabled = True
    copy_view_enabled = False
    inspect_view_fields = ["title", "code", "version", "loaded_at", "data"]
    panels = [FieldPanel("title", read_only=True)]

    @property
    def permission_policy(self) -> ReadOnly:
        return ReadOnly(self.model)


class PledgeTextViewSet(SnippetViewSet):
    model = PledgeText
    icon = "doc-full"
    list_display = ["title", "version", "loaded_at"]
    inspect_view_enabled = True
    copy_view_enabled = False
    inspect_view_fields = ["title", "version", "loaded_at", "points"]
    panels = [FieldPanel("title", read_only=True)]

    @property
    def permission_policy(self) -> ReadOnly:
        return ReadOnly(self.model)


class ForCoordinators(ModelPermissionPolicy):
    """Coordinators and owners change it, other editors only see it. One in use is never deleted."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        if action == "delete":
            return False
        allowed = action == "view" or user.is_superuser or scoping.has_role(user, "coordinator", "owner")
        return allowed and super().user_has_permission(user, action)

    def user_has_any_permission(self, user: Any, actions: Any) -> bool:
        return any(self.user_has_permission(user, action) for action in actions)


SIGNATORIES = {1: _("First signatory"), 2: _("Second signatory"), 3: _("Third signatory")}


def _signatory(place: int) -> MultiFieldPanel:
    fields = [FieldPanel(f"{part}_{place}") for part in ("name", "role", "picture")]
    return MultiFieldPanel(fields, heading=SIGNATORIES[place])


class CertificateLayoutViewSet(SnippetViewSet):
    model = CertificateLayout
    icon = "image"
    list_display = [
        "title",
        BooleanColumn("is_used", label=_("In use")),
        Column("get_language_display", label=_("Language")),
        Column("get_colours_display", label=_("Colours")),
    ]
    copy_view_enabled = False
    preview_on_add_view_class = layouts.PreviewOnCreate
    preview_on_edit_view_class = layouts.PreviewOnEdit
    edit_handler = ObjectList(
        [
            *(FieldPanel(name) for name in ("title", "is_used", "language", "colours", "is_neutral")),
            *(FieldPanel(name) for name in ("logo", "above", "below")),
            *(_signatory(place) for place in SIGNATORIES),
        ],
        base_form_class=LayoutForm,
    )

    @property
    def permission_policy(self) -> ForCoordinators:
        return ForCoordinators(self.model)


class CertificationGroup(SnippetViewSetGroup):
    menu_label = _("Certification")
    menu_icon = "doc-full-inverse"
    menu_order = 400
    items = (StandardViewSet, PledgeTextViewSet, CertificateLayoutViewSet)


register_snippet(CertificationGroup)
