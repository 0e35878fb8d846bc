"""The certificate as PDF: tagged, PDF/UA-1 and PDF/A-2a, by typst."""

from certificates.paper import press
from certificates.paper.layout import SheetData

STANDARDS = ["ua-1", "a-2a"]


def certificate_pdf(sheet: SheetData) -> bytes:
    """Two pages, A4 lying. The same facts give the same bytes."""
    return press.printed("layout.typ", sheet, format="pdf", pdf_standards=STANDARDS)
