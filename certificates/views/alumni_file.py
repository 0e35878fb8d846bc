"""The register as the rows of a file, and a file as an answer."""

from collections.abc import Iterable

from django.http import HttpResponse
from django.utils.translation import gettext as _

from certificates.exporting import Cell, File, Sheet
from certificates.register import Row


def sheet(rows: Iterable[Row]) -> Sheet:
    head = (
        _("Name"), _("Village"), _("Group"), _("State"), _("Class"), _("Certificate"), _("From"), _("Until"),
        _("Certificate of paper days"), _("Last reflection"), _("Hours since the certificate"), _("Languages"),
        _("May be called for"),
    )  # fmt: skip
    return Sheet(_("Alumni"), head, (_cells(row) for row in rows))


def as_answer(made: File) -> HttpResponse:
    answer = HttpResponse(made.content, content_type=made.media_type)
    answer["Content-Disposition"] = f'attachment; filename="{made.name}"'
    return answer


def _cells(row: Row) -> tuple[Cell, ...]:
    person, held = row.person, row.certificate
    return (
        person.name,
        person.village.name if person.village else "",
        person.group.name if person.group else "",
        row.state,
        "; ".join(one.name for one in row.classes),
        held.pretty_code if held else "",
        held.issued_on if held else None,
        held.expires_on if held else None,
        row.paper.title if row.paper else "",
        row.reflected,
        row.minutes / 60,
        row.languages,
        row.calls,
    )
