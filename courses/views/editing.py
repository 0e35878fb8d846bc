"""What the editor says to a trainer beyond its forms: checks, the second reader, reports, where to begin."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component
from wagtail.admin.userbar import ContentCheckerItem
from wagtail.models import Page

from courses import approving, copying, resting, reviewing
from courses.models import CoursePage, IndexPage
from courses.views.content_checks import LopoChecks
from courses.views.reports import DueReport, LawReport
from lms.kit import clock

# What trainers cannot use here, or what our own reports say better.
HIDDEN = {"documents", "help", "redirects"}
HIDDEN_REPORTS = {"aging-pages", "page-types-usage"}


@hooks.register("construct_wagtail_userbar")
def checks(request: HttpRequest, items: list[Any], page: Page | None) -> None:
    items[:] = [LopoChecks(item.in_editor) if isinstance(item, ContentCheckerItem) else item for item in items]


@hooks.register("construct_page_action_menu")
def no_empty_offers(items: list[Any], request: HttpRequest, context: dict[str, Any]) -> None:
    """Nobody is sent into a review in which nobody could read."""
    if not approving.has_second_reader(request.user):
        items[:] = [item for item in items if item.name != "action-submit"]


@hooks.register("after_create_page")
@hooks.register("after_edit_page")
def say_who_goes_on(request: HttpRequest, page: Page) -> None:
    """A draft that somebody else must see first was saved, not published: say so."""
    if request.POST.get("action-workflow-action") and approving.waits_for_another(page, request.user):
        messages.warning(request, _("You wrote this draft. It is saved; somebody else approves it."))
    elif request.POST.get("action-publish") and not approving.publishes_alone(request.user):
        messages.warning(
            request, _("The draft is saved. Send it to review: somebody else reads it, then it comes out.")
        )


@hooks.register("after_publish_page")
def say_what_is_open(request: HttpRequest, page: Page) -> None:
    review = reviewing.review(page.specific, clock.today())
    if review and review.points:
        text = ngettext(
            "It is published with %(count)s open thing. The checklist says which.",
            "It is published with %(count)s open things. The checklist says which.",
            len(review.points),
        )
        messages.warning(request, text % {"count": len(review.points)})


@hooks.register("after_copy_page")
def settle_the_copy(request: HttpRequest, source: Page, copy: Page) -> None:
    copying.settle_copy(source=source, copy=copy, by=request.user, now=clock.now())  # type: ignore[arg-type]


@hooks.register("construct_main_menu")
def fewer_items(request: HttpRequest, items: list[MenuItem]) -> None:
    items[:] = [item for item in items if item.name not in HIDDEN]


@hooks.register("construct_reports_menu")
def fewer_reports(request: HttpRequest, items: list[MenuItem]) -> None:
    items[:] = [item for item in items if item.name not in HIDDEN_REPORTS]


@hooks.register("register_reports_menu_item")
def due_item() -> MenuItem:
    return MenuItem(gettext_lazy("To be checked again"), reverse("due_report"), name="due", icon_name="time", order=10)


@hooks.register("register_reports_menu_item")
def law_item() -> MenuItem:
    return MenuItem(
        gettext_lazy("What rests on a law"), reverse("law_report"), name="laws", icon_name="clipboard-list", order=20
    )


@hooks.register("register_admin_urls")
def report_urls() -> list[Any]:
    return [
        path("reports/perlu-diperiksa/", DueReport.as_view(), name="due_report"),
        path("reports/perlu-diperiksa/results/", DueReport.as_view(results_only=True), name="due_report_results"),
        path("reports/dasar-hukum/", LawReport.as_view(), name="law_report"),
        path("reports/dasar-hukum/results/", LawReport.as_view(results_only=True), name="law_report_results"),
    ]


class StartPanel(Component):
    """Where a new trainer begins, and what waits."""

    template_name = "courses/admin/start.html"
    order = 10

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        return {
            "index": IndexPage.objects.first(),
            "courses": CoursePage.objects.order_by("path"),
            "due": resting.due_lessons(clock.today()).filter(live=True).count(),
        }


@hooks.register("construct_homepage_panels")
def start_here(request: HttpRequest, panels: list[Component]) -> None:
    panels.insert(0, StartPanel())
