"""Wagtail's checks beside the live preview: its own, in Indonesian, and the points of our checklist."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.admin.userbar import ContentCheckerItem

# The points of courses.rules.checklist by their codes; the preview marks each with data-point.
NAMES = {
    "picture": _("A picture has no description"),
    "note": _("A content note is missing"),
    "neutral": _("A task for who skips is missing"),
    "sentence": _("A sentence is too long"),
    "length": _("Too short or too long"),
    "self-check": _("There is no self-check"),
    "law": _("A law has no tag"),
    "checked": _("The law is not checked"),
    "source": _("A source is missing"),
    "outcome": _("There is no outcome"),
    "lessons": _("There is no lesson"),
    "weight": _("The page is heavy"),
    "above": _("What stands above is a draft"),
}
# Says nothing to our readers: pages are closed to search engines.
LEFT_OUT = {"empty-meta-description"}
# Wagtail's check of alternative texts, asked to dislike an empty one: a point of the list has none, so it is shown.
ALT_CHECK = "check-image-alt-text"
DISLIKES_NONE = {"checks": {ALT_CHECK: {"enabled": True, "options": {"pattern": "^$"}}}}


class LopoChecks(ContentCheckerItem):
    """A point stands in the preview as an element; the rule of its code finds it there."""

    def get_axe_run_only(self, request: Any) -> list[str]:
        usual = [name for name in super().get_axe_run_only(request) if name not in LEFT_OUT]
        return usual + [f"lopo-{code}" for code in NAMES]

    def get_axe_custom_rules(self, request: Any) -> list[dict[str, Any]]:
        rules = [rule for rule in super().get_axe_custom_rules(request) if rule["id"] not in LEFT_OUT]
        return rules + [
            {
                "id": f"lopo-{code}",
                "impact": "moderate",
                "selector": f"[data-point='{code}']",
                "tags": ["best-practice"],
                "any": [ALT_CHECK],
                "enabled": True,
            }
            for code in NAMES
        ]

    def get_axe_rules(self, request: Any) -> dict[str, Any]:
        return {**super().get_axe_rules(request), **{f"lopo-{code}": DISLIKES_NONE for code in NAMES}}

    def get_axe_messages(self, request: Any) -> dict[str, Any]:
        help_text = _("Below the preview it says what to do.")
        ours = {f"lopo-{code}": {"error_name": name, "help_text": help_text} for code, name in NAMES.items()}
        return {**super().get_axe_messages(request), **ours}
