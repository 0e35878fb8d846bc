from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from courses import desk, outline, rules
from lms.kit import clock


@login_required
@require_safe
@never_cache
def show_desk(request: HttpRequest) -> HttpResponse:
    """/belajar/: one next step, what remains, the modules."""
    hers = desk.desk_of(request.user, clock.today())
    context = {
        "desk": hers,
        "greeting": rules.greeting(timezone.localtime(clock.now()).hour),
    }
    if not hers.courses and outline.is_reader(request.user):
        context["readable"] = outline.course_plans()
    return render(request, "courses/desk.html", context)
