"""The QR code is read back by two decoders that know nothing of each other."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest
import zxingcpp
from PIL import Image

from lms.kit import qr

ADDRESS = "HTTPS://LOPO.CONTOH/V/" + "2KCETIQBEYCEIJFNIL4KAWCRUQCBU4EZ" * 8


def picture_of(code: qr.QrCode, scale: int = 3) -> Image.Image:
    """The modules as an image, drawn from the path of the SVG."""
    image = Image.new("L", (code.size * scale, code.size * scale), 255)
    x = y = 0
    for to_x, to_y, gap, width in re.findall(r"(?:M(\d+) (\d+)\.5|m(\d+) 0)h(\d+)", code.path):
        x, y = (int(to_x), int(to_y)) if to_x else (x + int(gap), y)
        image.paste(0, (x * scale, y * scale, (x + int(width)) * scale, (y + 1) * scale))
        x += int(width)
    return image


@pytest.mark.parametrize("text", ["LOPO", ADDRESS, ADDRESS * 2, "lopo dan kain tenun é"])
def test_zxing_reads_the_drawn_path(text: str) -> None:
    assert [found.text for found in zxingcpp.read_barcodes(picture_of(qr.encode(text)))] == [text]


@pytest.mark.skipif(not shutil.which("zbarimg"), reason="zbarimg (Debian package zbar-tools) is not installed")
@pytest.mark.parametrize("text", ["LOPO", ADDRESS, ADDRESS * 2])
def test_zbar_reads_the_drawn_path(text: str, tmp_path: Path) -> None:
    picture_of(qr.encode(text)).save(tmp_path / "qr.png")
    read = subprocess.run(["zbarimg", "--quiet", "--raw", tmp_path / "qr.png"], capture_output=True, check=True)
    assert read.stdout.decode().strip() == text


def test_path_and_modules_are_the_same_drawing() -> None:
    code = qr.encode(ADDRESS)
    image = picture_of(code, 1)
    quiet = qr.QUIET_ZONE
    for y, row in enumerate(code.modules):
        for x, dark in enumerate(row):
            assert (image.getpixel((x + quiet, y + quiet)) == 0) == bool(dark)
    assert code.size == len(code.modules) + 8 == 17 + 4 * code.version + 8


def test_the_svg_document_stands_on_its_own_and_carries_no_style() -> None:
    document = qr.encode("LOPO").svg().decode()
    assert document.startswith('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 29 29"')
    assert "style" not in document
    assert document.endswith("</svg>")


def test_upper_case_addresses_need_less_room_than_lower_case_ones() -> None:
    assert qr.encode(ADDRESS).version < qr.encode(ADDRESS.lower()).version
