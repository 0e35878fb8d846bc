"""The certificate and its card as PDF: tagged, PDF/UA-1 and PDF/A-2a, by typst."""

from collections.abc import Sequence
from typing import cast

from certificates.paper import press
from certificates.paper.layout import SheetData, words_of
from lms.kit import qr

STANDARDS = ["ua-1", "a-2a"]


def certificate_pdf(sheet: SheetData) -> bytes:
    """Two pages, A4 lying. The same facts give the same bytes."""
    return cast("bytes", press.printed("layout.typ", sheet, format="pdf", pdf_standards=STANDARDS))


def card_pdf(sheet: SheetData) -> bytes:
    """A card of 85.6 x 54 mm, as large as a bank card: front and back."""
    return cards_pdf([sheet], on_sheets=False)


def cards_pdf(sheets: Sequence[SheetData], *, on_sheets: bool = True) -> bytes:
    """The cards of many, ten on an A4 page with marks to cut along; the next page has their backs, mirrored.

    Printed on both sides, turned over the long edge, each back lies behind its front. Colours and logo are those of
    the first sheet.
    """
    inputs = {
        **press.inputs_of(sheets[0]),
        "cards": press.as_json([words_of(sheet) for sheet in sheets]),
        "codes": press.as_json([qr.encode(sheet.address).svg().decode("ascii") for sheet in sheets]),
        "sheets": "yes" if on_sheets else "",
    }
    return cast("bytes", press.compiled("card.typ", inputs, format="pdf", pdf_standards=STANDARDS))
