"""The printed code after what happens to paper: two decoders read it blurred, askew, coarsely scanned, badly sent."""

import io
from pathlib import Path

import pytest
import zxingcpp
from PIL import Image, ImageFilter

from certificates.paper.layout import SheetData
from certificates.paper.pdf import card_pdf, certificate_pdf
from tests.certificates.test_paper import drawn, keys, melati, needs_zbar, read_by_zbar

__all__ = ["keys", "melati"]  # fixtures


def scanned(document: bytes, page: int) -> Image.Image:
    return drawn(document, page, 100).convert("L")


def blurred(image: Image.Image) -> Image.Image:
    return image.filter(ImageFilter.GaussianBlur(0.8))


def askew(image: Image.Image) -> Image.Image:
    """Turned by seven degrees and seen from the side."""
    turned = image.rotate(7, Image.Resampling.BICUBIC, expand=True, fillcolor=255)
    wide, high = turned.size
    sheared = (1, 0.06, -0.03 * high, 0.04, 1, -0.02 * wide)
    return turned.transform(turned.size, Image.Transform.AFFINE, sheared, Image.Resampling.BICUBIC, fillcolor=255)


def as_bad_jpeg(image: Image.Image) -> Image.Image:
    file = io.BytesIO()
    image.save(file, "JPEG", quality=30)
    return Image.open(io.BytesIO(file.getvalue()))


def photographed(image: Image.Image) -> Image.Image:
    """All of it at once, from a camera that sees twice as many dots."""
    larger = image.resize((image.width * 2, image.height * 2), Image.Resampling.BICUBIC)
    return as_bad_jpeg(askew(blurred(larger)))


WEAR = [scanned, blurred, askew, as_bad_jpeg, photographed]


def worn(sheet: SheetData, paper: str, how: object) -> Image.Image:
    document, page = (card_pdf(sheet), 1) if paper == "card" else (certificate_pdf(sheet), 0)
    image = scanned(document, page)
    return image if how is scanned else how(image)  # type: ignore[operator]


@pytest.mark.parametrize("how", WEAR)
@pytest.mark.parametrize("paper", ["sheet", "card"])
def test_zxing_reads_a_worn_paper(melati: SheetData, paper: str, how: object) -> None:
    assert [found.text for found in zxingcpp.read_barcodes(worn(melati, paper, how))] == [melati.address]


@needs_zbar
@pytest.mark.parametrize("how", WEAR)
@pytest.mark.parametrize("paper", ["sheet", "card"])
def test_zbar_reads_a_worn_paper(melati: SheetData, paper: str, how: object, tmp_path: Path) -> None:
    assert read_by_zbar(worn(melati, paper, how), tmp_path) == melati.address
