"""Standards and codes of ethics in the editor: to read. They are changed by a new version from a file."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from certificates.models import PledgeText, Standard


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


class CertificationGroup(SnippetViewSetGroup):
    menu_label = _("Certification")
    menu_icon = "doc-full-inverse"
    menu_order = 400
    items = (StandardViewSet, PledgeTextViewSet)


register_snippet(CertificationGroup)
