"""Three questions after a module; for trainers what came of them."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from courses import opinions as opinions_of
from courses import outline
from courses.forms import FeedbackForm
from courses.models import Feedback
from lms.kit import clock
from lms.people import scoping
from lms.sync import receiving


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def give(request: HttpRequest, key: UUID) -> HttpResponse:
    """/belajar/masukan/<module>/: her answers, which she may change."""
    found = outline.outline().find_module_key(key)
    if found is None:
        raise Http404
    problem, form = "", FeedbackForm(person=request.user, initial=_earlier(request, key))
    if request.method == "POST":
        form = FeedbackForm({**request.POST.dict(), "key": key, "occasion": "module"}, person=request.user)
        if form.is_valid():
            receipt = receiving.receive_form(form=form, now=clock.now())
            if receipt.state != "refused":
                messages.success(request, _("Thank you. Your answers help the next people."))
                return redirect(outline.url_of(*found))
            problem = receipt.reason
        form.data = {**form.data, **dict.fromkeys(form.unsafe_fields(), "")}  # never shown again
    status = 422 if problem or form.errors else 200
    context = {"form": form, "course": found[0], "module": found[1], "problem": problem}
    return render(request, "courses/feedback.html", context, status=status)


def _earlier(request: HttpRequest, key: UUID) -> dict[str, Any]:
    """What she answered last about this module."""
    rows = Feedback.objects.visible_to(request.user, as_role="self").filter(occasion="module", key=key)
    newest = rows.order_by("-version").values("clear", "useful", "improve").first()
    return {"key": key, "occasion": "module", **(newest or {})}


@scoping.for_roles("trainer")
@require_safe
@never_cache
def opinions(request: HttpRequest) -> HttpResponse:
    """/kelas/umpan-balik/: sums and shuffled sentences of five people or more."""
    found = opinions_of.opinions_for(request.user)
    context = {"opinions": found, "quiet": sum(not one.count for one in found)}
    return render(request, "courses/opinions.html", context)
