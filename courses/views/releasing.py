"""Publishing many pages at once, and one that something hinders: what stays a draft is named."""

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin.views.pages.bulk_actions.publish import PublishBulkAction
from wagtail.log_actions import LogFormatter
from wagtail.models import Page

from courses import releasing
from courses.models import hindering
from courses.models.hindering import Hindered


def named(held: Iterable[Hindered]) -> SafeString:
    """Each page that stays, as a link to its form, with what keeps it back."""
    return format_html_join("", "<br>{}", ((format_html('<a href="{}">{}</a>: {}', *_parts(one)),) for one in held))


def _parts(one: Hindered) -> tuple[str, str, str]:
    return hindering.edit_url(one.page), one.page.get_admin_display_title(), " ".join(one.sentences)


def say_what_stays(request: HttpRequest, held: list[Hindered]) -> None:
    if held:
        text = format_html("{}{}", _("Mend this first. It stays a draft:"), named(held))
        messages.error(request, text)


@hooks.register("register_bulk_action", order=10)
class PublishWhole(PublishBulkAction):
    """As Wagtail's own, but a page that is not whole does not stop the others."""

    def __init__(self, request: HttpRequest, model: Any) -> None:
        super().__init__(request, model)
        self.held: list[Hindered] = []

    def get_execution_context(self) -> dict[str, Any]:
        return {**super().get_execution_context(), "held": self.held}

    @classmethod
    def execute_action(
        cls, objects: Iterable[Page], include_descendants: bool = False, user: Any = None, **kwargs: Any
    ) -> tuple[int, int]:
        done = releasing.release(pages=objects, with_below=include_descendants, by=user)
        kwargs["held"].extend(done.held)
        return done.chosen, done.below

    def get_success_message(self, num_parent_objects: int, num_child_objects: int) -> str | None:
        say_what_stays(self.request, self.held)
        if not num_parent_objects + num_child_objects:
            return None
        text: str = super().get_success_message(num_parent_objects, num_child_objects)
        return text


@hooks.register("before_publish_page")
def hold_back(request: HttpRequest, page: Page) -> HttpResponse | None:
    """The form has looked at its fields; what an app above asks is asked here. The draft is saved by now."""
    hindrance = hindering.hindered(page.get_latest_revision_as_object())
    if hindrance is None:
        return None
    say_what_stays(request, [hindrance])
    return redirect(hindering.edit_url(page))


@hooks.register("register_log_actions")
def held_back_line(actions: Any) -> None:
    @actions.register_action(releasing.HELD_BACK)
    class HeldBack(LogFormatter):
        label = gettext_lazy("Not published")

        def format_message(self, entry: Any) -> str:
            return _("It did not come out on its day. %(why)s") % {"why": " ".join(entry.data.get("why", ()))}
