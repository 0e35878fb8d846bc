"""What a layout means for a paper, and how it looks with names that are hard to print. Reads only."""

import base64
from dataclasses import replace
from datetime import date
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from certificates.models.layouts import picture_of
from certificates.paper import apart
from certificates.paper.layout import Line, Look, SheetData, Signatory

NAMES = {
    "": "Melati Kusambi",
    "long": "Maria Goreti Yosefina Kasuari Anggrek Bidara Kenari Ampupu L.",
    "other": "ꦩꦼꦭꦠꦶ ملاتي Μελάτι",
    "one": "Maximilianafransiskaaleksandriagoretiyosefinakusambilontarra",
}
STUDY, PRACTICE = (5, 6, 8, 6, 6, 5, 7, 5), (20, 15, 10, 8, 7)


def dressed(sheet: SheetData, layout: dict[str, Any]) -> SheetData:
    """The sheet as the kept layout wants it; its signatories, when it names any, take the place of the certifier."""
    signing = tuple(Signatory(name, role, picture_of(picture)) for name, role, picture in layout["signatories"])
    look = Look(
        colours=layout["colours"],
        logo=picture_of(layout["logo"]),
        above=layout["above"],
        below=layout["below"],
        is_neutral=layout["is_neutral"],
    )
    return replace(sheet, look=look, language=layout["language"], signatories=signing or sheet.signatories)


def preview(layout: dict[str, Any], mode: str) -> list[str]:
    """Front and back of an example, as addresses of pictures; drawn in a process of its own."""
    pages = apart.pages("layout.typ", dressed(_example(NAMES.get(mode, NAMES[""])), layout))
    return [f"data:image/png;base64,{base64.b64encode(page).decode()}" for page in pages]


def _example(name: str) -> SheetData:
    return SheetData(
        organisation=settings.ORGANISATION_NAME,
        group="Kelompok Air Lontar",
        name=name,
        standard="Pendamping 2026",
        topics=tuple(Line(_("Topic %(number)s") % {"number": n}, hours * 60) for n, hours in enumerate(STUDY, 1)),
        practice=tuple(Line(_("Activity %(number)s") % {"number": n}, h * 60) for n, h in enumerate(PRACTICE, 1)),
        valid_from=date(2026, 11, 12),
        expires_on=date(2029, 11, 11),
        signatories=(Signatory("Soka Ampupu", _("Coordinator")),),
        code="XXXX-XXXX-XXXX-XXX",
        number="00000/2026",
        address=f"{settings.SITE_URL.upper()}/V/{'CONTOH' * 46}",
        check_at=settings.SITE_URL.partition("://")[2] + "/v",
    )
