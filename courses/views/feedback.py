"""Three questions after a module or a training; for trainers what came of them."""

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
from courses.forms import FeedbackForm
from courses.models import Feedback
from courses.opinions import Asked
from lms.kit import clock
from lms.people import scoping
from lms.sync import receiving


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def give(request: HttpRequest, key: UUID) -> HttpResponse:
    """/belajar/masukan/<key>/: her answers about a module or a training, which she may change."""
    subject = opinions_of.asked(request.user, key)
    if subject is None:
        raise Http404
    problem, form = "", FeedbackForm(person=request.user, initial=_earlier(request, subject))
    if request.method == "POST":
        form = FeedbackForm({**request.POST.dict(), "key": key, "occasion": subject.occasion}, person=request.user)
        if form.is_valid():
            receipt = receiving.receive_form(form=form, now=clock.now())
            if receipt.state != "refused":
                messages.success(request, _("Thank you. Your answers help the next people."))
                return redirect(subject.url)
            problem = receipt.reason
        form.data = {**form.data, **dict.fromkeys(form.unsafe_fields(), "")}  # never shown again
    status = 422 if problem or form.errors else 200
    return render(
        request, "courses/feedback.html", {"form": form, "subject": subject, "problem": problem}, status=status
    )


def _earlier(request: HttpRequest, subject: Asked) -> dict[str, Any]:
    """What she answered last about it."""
    known = {"key": subject.key, "occasion": subject.occasion}
    rows = Feedback.objects.visible_to(request.user, as_role="self").filter(**known)
    newest = rows.order_by("-version").values("clear", "useful", "improve").first()
    return {**known, **(newest or {})}


@scoping.for_roles("trainer")
@require_safe
@never_cache
def opinions(request: HttpRequest) -> HttpResponse:
    """/kelas/umpan-balik/: sums and shuffled sentences of five people or more."""
    found = opinions_of.opinions_for(request.user)
    context = {"opinions": found, "quiet": sum(not one.count for one in found)}
    return render(request, "courses/opinions.html", context)
