"""The preview of a layout in the editor, with the pictures that are chosen and not saved yet."""

from typing import Any

from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpRequest, HttpResponse
from wagtail.snippets.views.snippets import PreviewOnCreateView, PreviewOnEditView

from certificates.forms.layouts import PICTURES

KEPT_SECONDS = 3600
MOST_BYTES = 5 * 1024 * 1024


class WithDraftPictures:
    """The editor keeps what is typed for its preview, but no files: they wait here for an hour, for who chose them."""

    request: HttpRequest
    object: Any

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        for name in PICTURES:
            chosen = request.FILES.get(name)
            content = chosen.read() if chosen is not None and (chosen.size or 0) <= MOST_BYTES else b""
            cache.set(self._place_of(name), content, KEPT_SECONDS)
        return super().post(request, *args, **kwargs)  # type: ignore[misc]

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response: HttpResponse = super().get(request, *args, **kwargs)  # type: ignore[misc]
        # The preview is answered as a page of the site; the editor's own policy lets the drawn pictures be seen.
        del response["Content-Security-Policy"]
        return response

    def get_form(self, query_dict: Any) -> Any:
        form = super().get_form(query_dict)  # type: ignore[misc]
        kept = cache.get_many([self._place_of(name) for name in PICTURES])
        drafts = {name: kept.get(self._place_of(name)) for name in PICTURES}
        form.files = {name: SimpleUploadedFile(name, content) for name, content in drafts.items() if content}
        return form

    def _place_of(self, name: str) -> str:
        return f"layout-draft:{self.request.user.pk}:{self.object.pk or 'new'}:{name}"


class PreviewOnCreate(WithDraftPictures, PreviewOnCreateView):  # type: ignore[misc]
    pass


class PreviewOnEdit(WithDraftPictures, PreviewOnEditView):  # type: ignore[misc]
    pass
