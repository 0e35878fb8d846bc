"""Sounds, films and documents in the editor: upload, list with state, choose in blocks."""

from typing import Any, ClassVar

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail.admin.ui.tables import Column, UsageCountColumn
from wagtail.admin.views import generic
from wagtail.admin.views.generic import chooser
from wagtail.admin.viewsets.chooser import ChooserViewSet
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.models import ReferenceIndex

from courses import collecting
from courses.models import MediaFile
from lms.kit import clock, sniffing
from lms.kit.refusing import Refused
from lms.people.models import Person

SUFFIXES = {
    kind: ",".join(sorted(f".{suffix}" for suffix, form in sniffing.FORMAT_OF.items() if form in forms_of))
    for kind, forms_of in sniffing.KINDS.items()
}
HELP = {
    "": gettext_lazy("Sound at most 60 minutes, film 15. Documents: pdf, docx, xlsx, csv, txt of at most 5 MB."),
    "sound": gettext_lazy("At most 60 minutes and 60 MB. It is made small by itself; you may go on working."),
    "film": gettext_lazy("At most 15 minutes and 300 MB. It is made small by itself; you may go on working."),
    "document": gettext_lazy("pdf, docx, xlsx, csv or txt, at most 5 MB, without macros."),
    "captions": gettext_lazy("A .vtt file of at most 200 kB."),
}
PRIVACY = gettext_lazy("Only what was made for teaching: no voice, face or name of a real case.")


class FilesInput(forms.FileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """One file or several. Empty ones get the same sentence as everything else that is refused."""

    def __init__(self, kind: str = "") -> None:
        widget = FilesInput(attrs={"accept": SUFFIXES.get(kind) or ",".join(SUFFIXES.values()), "multiple": not kind})
        help_text = f"{HELP[kind]} {PRIVACY}"
        super().__init__(label=_("Files"), widget=widget, allow_empty_file=True, help_text=help_text)

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        one = super().clean
        files = data if isinstance(data, list | tuple) and data else [data or None]
        return [one(file, initial) for file in files]


class UploadForm(forms.Form):
    kind: ClassVar[str] = ""

    def __init__(self, *args: Any, instance: MediaFile | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["files"] = FilesField(self.kind)

    def take_in(self, by: Person) -> list[MediaFile]:
        """Those files that were taken; each refusal is an error of the form."""
        taken = []
        for file in self.cleaned_data["files"]:
            try:
                media = collecting.take_in(
                    file=file, name=file.name, size=file.size, by=by, now=clock.now(), kind=self.kind
                )
                taken.append(media)
            except Refused as refused:
                self.add_error("files", f"{file.name}: {refused}")
        return taken


class UploadView(generic.CreateView):
    page_title = gettext_lazy("Upload")
    submit_button_label = gettext_lazy("Upload")
    submit_button_active_label = gettext_lazy("Uploading …")

    def form_valid(self, form: UploadForm) -> HttpResponse:
        taken = form.take_in(self.request.user)
        if taken:
            words = ngettext("%(number)s file is here.", "%(number)s files are here.", len(taken))
            messages.success(self.request, words % {"number": len(taken)})
        if not form.errors:
            return HttpResponseRedirect(self.get_success_url())
        self.produced_error_code, self.produced_error_message = "validation_error", self.get_error_message()
        return self.form_invalid(form)

    def get_error_message(self) -> Any:
        return _("Some files were not taken. The reasons stand below.")


class RemoveView(generic.DeleteView):
    """A file that lessons use stays."""

    def form_valid(self, form: forms.Form) -> HttpResponse:
        try:
            return super().form_valid(form)
        except Refused as refused:
            messages.error(self.request, str(refused))
            return HttpResponseRedirect(self.get_success_url())

    def delete_action(self) -> None:
        collecting.remove(media=self.object, by=self.request.user, now=clock.now())


class StateColumn(Column):
    cell_template_name = "courses/admin/media_state_cell.html"


class UseColumn(UsageCountColumn):
    cell_template_name = "courses/admin/media_use_cell.html"


class MediaList(generic.IndexView):
    def get_base_queryset(self) -> Any:
        return super().get_base_queryset().annotate(usage_count=ReferenceIndex.usage_count_subquery(MediaFile))


class MediaViewSet(ModelViewSet):
    model = MediaFile
    icon = "media"
    name = "media_files"
    url_prefix = "berkas"
    menu_label = gettext_lazy("Sound, film, files")
    menu_order = 255
    add_to_admin_menu = True
    copy_view_enabled = False
    index_view_class = MediaList
    add_view_class = UploadView
    delete_view_class = RemoveView
    list_per_page = 50
    list_display: ClassVar[list[Any]] = [
        "name",
        Column("get_kind_display", label=gettext_lazy("Kind")),
        StateColumn("progress", label=gettext_lazy("State")),
        UseColumn("usage_count", label=gettext_lazy("Used"), width="8%"),
    ]
    list_filter: ClassVar[list[str]] = ["kind", "state"]
    search_fields: ClassVar[list[str]] = ["name"]
    form_fields: ClassVar[list[str]] = ["name"]

    def get_form_class(self, for_update: bool = False) -> Any:
        return super().get_form_class(for_update) if for_update else UploadForm


class ChooserUploadView(chooser.CreateView):
    def post(self, request: HttpRequest) -> HttpResponse:
        self.form = self.get_creation_form()
        taken = self.form.take_in(request.user) if self.form.is_valid() else []
        return self.get_chosen_response(taken[0]) if taken else self.get_reshow_creation_form_response()


class ChooseView(chooser.ChooseView):
    @property
    def columns(self) -> list[Column]:
        return [self.title_column, StateColumn("progress", label=gettext_lazy("State"))]


class ChooseResultsView(chooser.ChooseResultsView):
    columns = ChooseView.columns


def chooser_of(kind: str) -> ChooserViewSet:
    """The pages that `courses.blocks.media.MediaChooser` opens for one kind of file."""

    class KindViewSet(ChooserViewSet):
        model = MediaFile
        icon = "media"
        choose_one_text = gettext_lazy("Choose or upload a file")
        choose_another_text = gettext_lazy("Choose another file")
        creation_form_class = type("KindUploadForm", (UploadForm,), {"kind": kind})
        creation_tab_label = gettext_lazy("Upload")
        create_action_label = gettext_lazy("Upload")
        create_action_clicked_label = gettext_lazy("Uploading …")
        create_view_class = ChooserUploadView
        choose_view_class = ChooseView
        choose_results_view_class = ChooseResultsView
        register_widget = False

        def get_object_list(self) -> Any:
            return MediaFile.objects.of(kind).exclude(state=MediaFile.State.FAILED)

    return KindViewSet(f"choose_{kind}", url_prefix=f"berkas-pilih/{kind}")


def viewsets() -> list[Any]:
    return [MediaViewSet(), *(chooser_of(kind) for kind in MediaFile.Kind.values)]
