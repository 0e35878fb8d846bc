"""Files of lessons, as the site made or checked them: never an upload as it came."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from django.conf import settings
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.middleware.gzip import GZipMiddleware
from django.utils.http import http_date
from django.views.static import serve, was_modified_since

ONE_YEAR = 60 * 60 * 24 * 365
CHUNK = 64 * 1024
TYPES = {
    ".ogg": "audio/ogg",
    ".mp3": "audio/mpeg",
    ".m4a": "audio/mp4",
    ".mp4": "video/mp4",
    ".webp": "image/webp",
    ".vtt": "text/vtt; charset=utf-8",
    ".pdf": "application/pdf",
    ".csv": "text/csv; charset=utf-8",
    ".txt": "text/plain; charset=utf-8",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
TO_KEEP = {".pdf", ".docx", ".xlsx", ".csv", ".txt"}
RANGE = re.compile(r"bytes=(\d{0,15})-(\d{0,15})")


class TextGZipMiddleware(GZipMiddleware):
    """Compresses what is not compressed already: a picture or sound would lose its length and gain nothing."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        if response.get("Content-Type", "").startswith(("image/", "audio/", "video/")):
            return response
        return super().process_response(request, response)  # type: ignore[arg-type]


def picture(request: HttpRequest, path: str) -> HttpResponseBase:
    """A rendition: its name holds its content, so a phone may keep it for good."""
    return _for_good(serve(request, path, document_root=str(settings.MEDIA_ROOT)))


def sound_or_file(request: HttpRequest, path: str) -> HttpResponseBase:
    """A sound, film, poster, captions or document; players ask for it in parts. Documents are only for keeping."""
    full = Path(settings.MEDIA_ROOT) / path
    kind = TYPES.get(full.suffix)
    if kind is None or not full.is_file():
        raise Http404
    found = full.stat()
    if not was_modified_since(request.META.get("HTTP_IF_MODIFIED_SINCE"), found.st_mtime):
        return _for_good(HttpResponse(status=304))
    part = _part(request, found.st_size)
    response: HttpResponseBase
    if part is None:
        response = FileResponse(full.open("rb"), content_type=kind)
    elif not part:
        response = HttpResponse(status=416, headers={"Content-Range": f"bytes */{found.st_size}"})
    else:
        response = _answer_part(full, part, found.st_size, kind)
    response["Accept-Ranges"] = "bytes"
    response["Last-Modified"] = http_date(found.st_mtime)
    name = f"lopo-{full.name[:6]}{full.suffix}"
    response["Content-Disposition"] = f'{"attachment" if full.suffix in TO_KEEP else "inline"}; filename="{name}"'
    return _for_good(response)


def _for_good(response: HttpResponseBase) -> HttpResponseBase:
    response["Cache-Control"] = f"public, max-age={ONE_YEAR}, immutable"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


def _part(request: HttpRequest, size: int) -> range | None:
    """The bytes that were asked for; None: all of them; empty: none that are there."""
    asked = RANGE.fullmatch(request.headers.get("Range", ""))
    if request.method != "GET" or asked is None or not any(asked.groups()):
        return None
    first, last = asked.groups()
    if not first:
        return range(max(0, size - int(last)), size)
    return range(int(first), min(size, int(last) + 1 if last else size))


def _answer_part(path: Path, part: range, size: int, kind: str) -> StreamingHttpResponse:
    file = path.open("rb")
    file.seek(part.start)
    response = StreamingHttpResponse(_chunks(file, len(part)), status=206, content_type=kind)
    response["Content-Length"] = str(len(part))
    response["Content-Range"] = f"bytes {part.start}-{part.stop - 1}/{size}"
    return response


def _chunks(file: IO[bytes], left: int) -> Iterator[bytes]:
    with file:
        while left > 0 and (chunk := file.read(min(CHUNK, left))):
            left -= len(chunk)
            yield chunk
