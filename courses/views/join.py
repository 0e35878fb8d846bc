"""A learner begins a course by herself."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from courses import cohorting, enrolling, outline
from courses.forms import InvitationForm, JoinForm
from lms.kit import clock
from lms.kit.refusing import Refused


@login_required
@require_POST
def join(request: HttpRequest) -> HttpResponse:
    """/belajar/ikut/"""
    form = JoinForm(request.POST, courses=outline.course_plans())
    if not form.is_valid():
        reason = _("This course is not published. Publish it first.")
        return render(request, "courses/refused.html", {"reason": reason}, status=422)
    try:
        enrolling.join(
            person=request.user, course_key=form.cleaned_data["course"], now=clock.now(), today=clock.today()
        )
    except Refused as refused:
        return render(request, "courses/refused.html", {"reason": str(refused)}, status=422)
    return redirect("courses:desk")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def invitation(request: HttpRequest) -> HttpResponse:
    """/belajar/undangan/: she types the code that her trainer gave her."""
    form = InvitationForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            cohorting.accept(person=request.user, code=form.cleaned_data["code"], now=clock.now(), today=clock.today())
            messages.success(request, _("Welcome. You can begin now."))
            return redirect("courses:desk")
        except Refused as refused:
            form.add_error("code", str(refused))
    return render(request, "courses/invitation.html", {"form": form}, status=422 if form.errors else 200)
