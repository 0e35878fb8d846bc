"""Sounds, films, captions and documents come in and go. Action. What makes them small is `courses.shrinking`."""

import io
from datetime import datetime
from functools import partial
from pathlib import PurePath
from typing import IO

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from wagtail.models import ReferenceIndex

from courses import storing
from courses.models import MediaFile
from courses.models.media import stored
from courses.shrinking import ask_for
from lms.kit import office, sniffing, tags, transcoding
from lms.kit.refusing import Refused
from lms.kit.unfit import UnfitFile
from lms.kit.writing import writing
from lms.people import trailing
from lms.people.models import Person

# Without a tool the length is not known: what is kept as it came must be small whatever its length.
KEPT_BYTES = {"sound": 1_500_000, "film": 4_000_000}
KEPT_FORMS = {"mp3", "m4a", "mp4", "ogg"}


def take_in(*, file: IO[bytes], name: str, size: int, by: Person | None, now: datetime, kind: str = "") -> MediaFile:
    """Keep a file of this name and size (bytes), and ask for its small form. The same bytes twice are one file.

    Raises Refused with the trainer's sentence. `kind`, when given, is the only one taken.
    """
    try:
        seen = sniffing.look(name, file, size)
        if kind and seen.kind != kind:
            raise Refused(_("Take a file of another kind here: %(kind)s.") % {"kind": MediaFile.Kind(kind).label})
        digest = storing.digest_of(file)
        ready = _ready_at_once(seen, file, size)
    except UnfitFile as unfit:
        raise Refused(unfit.sentence.render(_)) from unfit
    known = _known(digest)
    if known and is_usable(known):
        return known
    media = known or MediaFile(digest=digest, added_at=now, added_by=by, name=plain_name(name))
    media.kind, media.form, media.touched_at = seen.kind, seen.form, now
    media.problem, media.tries, media.percent = "", 0, 0
    if ready is None:
        media.state, media.source, media.source_bytes = MediaFile.State.WAITING, storing.keep(file, digest, name), size
    else:
        media.state = MediaFile.State.READY
        media.file, media.bytes = storing.put(ready, "vtt" if seen.kind == "captions" else seen.form)
        media.light_digest = storing.digest_of(io.BytesIO(ready))
    try:
        return _stored(media, by, now)
    except IntegrityError:
        known = _known(digest)
        if known is None:
            raise
        return known  # somebody else brought the same file at the same moment


def _stored(media: MediaFile, by: Person | None, now: datetime) -> MediaFile:
    with writing():
        media.save()
        if by:
            trailing.record(
                actor=by, verb="courses.media_added", subject=media, person=by, now=now, detail={"kind": media.kind}
            )
        if media.source:
            transaction.on_commit(partial(ask_for, [media.pk]), robust=True)
    return media


def _known(digest: str) -> MediaFile | None:
    """What came in once is known by what was made of it too."""
    rows = MediaFile.objects
    return rows.filter(digest=digest).first() or rows.filter(light_digest=digest).first()


def is_usable(media: MediaFile) -> bool:
    """False for one that failed, and for one whose file is gone (a restored copy): it is taken in anew."""
    return media.state != MediaFile.State.FAILED and media.path.is_file()


def plain_name(name: str) -> str:
    """Letters, digits and hyphens of a file's own name, without folders and without its suffix."""
    stem = PurePath(name.replace("\\", "/")).stem
    plain = "".join(letter if letter.isascii() and letter.isalnum() else "-" for letter in stem)
    return "-".join(part for part in plain.split("-") if part)[:60].strip("-") or "berkas"


def _ready_at_once(seen: sniffing.Look, file: IO[bytes], size: int) -> bytes | None:
    """The bytes to serve when nothing needs to be made; None when the worker makes them."""
    if seen.kind in ("document", "captions"):
        file.seek(0)
        content = file.read()
        return office.without_names(content) if seen.form in ("docx", "xlsx") else content
    if transcoding.tool():
        return None
    if seen.form not in KEPT_FORMS or size > KEPT_BYTES[seen.kind]:
        raise Refused(
            _("This site cannot make files small yet. Take mp3 or mp4 of at most %(most)s MB.")
            % {"most": f"{KEPT_BYTES[seen.kind] / 1_000_000:g}"}
        )
    file.seek(0)
    content = file.read()
    if seen.form == "ogg":
        if not tags.is_bare_ogg(content):
            raise Refused(_("This site cannot take notes out of this file. Save it as mp3."))
        return content
    return tags.without_notes(content, seen.form)


def remove(*, media: MediaFile, by: Person, now: datetime) -> None:
    """Take a file away that nothing uses. Raises Refused when a page does."""
    if ReferenceIndex.get_references_to(media).exists():
        raise Refused(_("Lessons use this file. Take it out of them first."))
    names = [name for name in (media.source, media.file, media.second, media.poster) if name]
    with writing():
        trailing.record(
            actor=by, verb="courses.media_removed", subject=media, person=by, now=now, detail={"kind": media.kind}
        )
        media.delete()
        transaction.on_commit(partial(_unlink, names), robust=True)


def _unlink(names: list[str]) -> None:
    for name in names:
        kept = any(MediaFile.objects.filter(**{field: name}).exists() for field in ("file", "second", "poster"))
        if not kept:
            stored(name).unlink(missing_ok=True)
