"""Questions in and out of the bank as files, in the editor."""

from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from assessments import exchanging
from assessments.exchange import carrying
from assessments.models import Question, QuestionImport
from courses.models import ModulePage
from lms.kit import clock
from lms.kit.refusing import Refused
from lms.people import scoping

IN = ("assessments.add_question", "assessments.change_question")
OUT = ("assessments.view_question",)
SHOWN = 20
TYPES = {
    ".gift": "text/plain; charset=utf-8",
    ".xml": "application/xml",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


class QuestionsForm(forms.Form):
    module = forms.ModelChoiceField(ModulePage.objects.order_by("path"), label=_("Module"))
    use = forms.ChoiceField(
        label=_("New questions are used in"),
        choices=Question.Use,
        help_text=_("For questions of which the file does not say it."),
    )
    file = forms.FileField(
        label=_("File"),
        widget=forms.FileInput(attrs={"accept": ".gift,.txt,.xml,.xlsx"}),
        help_text=_("GIFT or XML from Moodle, or the spreadsheet. At most 500 questions and 20 MB."),
    )


def need(request: HttpRequest, permissions: tuple[str, ...]) -> None:
    if not request.user.has_perms(permissions):
        raise PermissionDenied


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def take_in(request: HttpRequest) -> HttpResponse:
    """/admin/soal/masuk/"""
    need(request, IN)
    form = QuestionsForm(request.POST, request.FILES) if request.method == "POST" else QuestionsForm()
    if form.is_bound and form.is_valid():
        row = kept(request, form)
        if row:
            return redirect("questions_import", row.pk)
    imports = QuestionImport.objects.visible_to(request.user, as_role="self").select_related("module")[:SHOWN]
    context = {"form": form, "imports": imports}
    return render(request, "assessments/admin/questions_in.html", context, status=422 if form.errors else 200)


def kept(request: HttpRequest, form: QuestionsForm) -> QuestionImport | None:
    try:
        return exchanging.begin(by=request.user, now=clock.now(), **form.cleaned_data)
    except Refused as refused:
        form.add_error("file", str(refused))
        return None


def own_import(request: HttpRequest, import_id: UUID) -> Any:
    need(request, IN)
    return scoping.get_visible_or_404(QuestionImport.objects.all(), request.user, as_role="self", pk=import_id)


def shown(request: HttpRequest, row: QuestionImport, refusal: str = "") -> HttpResponse:
    coming = row.of("new", "changed")
    context = {
        "row": row,
        "refusal": refusal,
        "coming": coming,
        "refused": row.of("refused"),
        "same": row.of("same"),
        "is_sheet": row.name.lower().endswith(".xlsx"),
        "done": request.GET.get("masuk", "")[:4],
    }
    return render(request, "assessments/admin/questions_import.html", context, status=422 if refusal else 200)


@never_cache
@require_safe
def show_import(request: HttpRequest, import_id: UUID) -> HttpResponse:
    """/admin/soal/masuk/<uuid>/: what would become of each question, or what did."""
    return shown(request, own_import(request, import_id))


@never_cache
@require_POST
def agree(request: HttpRequest, import_id: UUID) -> HttpResponse:
    """/admin/soal/masuk/<uuid>/muat/"""
    row = own_import(request, import_id)
    try:
        count = exchanging.agree(row=row, by=request.user, codes=set(request.POST.getlist("code")), now=clock.now())
    except Refused as refused:
        if refused.code == "changed":
            exchanging.look_again(row=row, now=clock.now())
        return shown(request, row, str(refused))
    return redirect(f"{reverse('questions_import', args=[row.pk])}?masuk={count}")


@require_safe
def template(request: HttpRequest) -> HttpResponse:
    """/admin/soal/templat/: the empty spreadsheet."""
    need(request, OUT)
    from assessments.exchange import sheets_writing  # it brings openpyxl, which a start should not pay for

    return sent(sheets_writing.template(gettext), "templat-soal", ".xlsx")


def sent(content: bytes, name: str, form: str) -> HttpResponse:
    answer = HttpResponse(content, content_type=TYPES[form])
    answer["Content-Disposition"] = f'attachment; filename="{name}{form}"'
    answer["Cache-Control"] = "no-store"
    return answer


@never_cache
@require_safe
def take_out(request: HttpRequest) -> HttpResponse:
    """/admin/soal/keluar/: what each format can hold of a module's bank, before it is downloaded."""
    need(request, OUT)
    modules = ModulePage.objects.filter(questions__isnull=False).distinct().order_by("path")
    chosen = modules.filter(pk=request.GET.get("modul", "")).first() if request.GET.get("modul", "").isdigit() else None
    module = chosen or modules.first()
    questions = carrying.questions_of(module) if module else ()
    forms_ = [{"form": form, **held(questions, form)} for form in carrying.FORMS]
    context = {"modules": modules, "module": module, "count": len(questions), "forms": forms_}
    return render(request, "assessments/admin/questions_out.html", context)


def held(questions: Any, form: str) -> dict[str, Any]:
    """How many this format holds; the codes of those it leaves out, and of those it holds in part, by reason."""
    by_reason: dict[bool, dict[str, list[str]]] = {True: {}, False: {}}
    for code, is_out, why in carrying.losses(questions, form):
        by_reason[is_out].setdefault(why.render(gettext), []).append(code)
    out = by_reason[True]
    return {"count": len(questions) - sum(map(len, out.values())), "out": out, "less": by_reason[False]}


@require_safe
def download(request: HttpRequest, module_id: int, form: str) -> HttpResponse:
    """/admin/soal/keluar/<id>/<form>/"""
    need(request, OUT)
    module = ModulePage.objects.filter(pk=module_id).first()
    if module is None or f".{form}" not in carrying.FORMS:
        raise Http404
    content = carrying.write(carrying.questions_of(module), f".{form}", gettext)
    return sent(content, f"soal-{module.code}", f".{form}")
