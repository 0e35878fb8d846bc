"""The certificate as PNG: small enough for a chat, sharp enough for a camera."""

import io

from certificates.paper import press
from certificates.paper.layout import SheetData
from lms.kit import qr

# The square that `picture.typ` leaves free for the QR code, quiet zone included, in pixels.
QR_MIDDLE = (540, 990)
QR_SIDE = 660
COLOURS = 64
LONGEST_OF_LOGO = 600


def certificate_png(sheet: SheetData) -> bytes:
    """One portrait picture, 1080 pixels wide, at most 150 kB. The modules of the QR code are whole pixels."""
    from PIL import Image  # only the worker draws

    printed = press.printed("picture.typ", sheet, format="png", ppi=72)
    picture = Image.open(io.BytesIO(printed)).convert("RGB")
    code = qr.encode(sheet.address)
    side = len(code.modules)
    scale = QR_SIDE // code.size
    square = Image.frombytes("L", (side, side), b"".join(code.modules)).point(lambda dark: 0 if dark else 255)
    square = square.resize((side * scale, side * scale), Image.Resampling.NEAREST)
    picture.paste(square.convert("RGB"), (QR_MIDDLE[0] - square.width // 2, QR_MIDDLE[1] - square.height // 2))
    file = io.BytesIO()
    picture.quantize(COLOURS, dither=Image.Dither.NONE).save(file, "PNG", optimize=True)
    return file.getvalue()


def small_png(content: bytes) -> bytes:
    """A clean picture as a logo or signature is kept: 600 pixels at most, 128 colours, see-through as it was."""
    from PIL import Image

    with Image.open(io.BytesIO(content)) as opened:
        picture = opened.convert("RGBA")
    picture.thumbnail((LONGEST_OF_LOGO, LONGEST_OF_LOGO))
    file = io.BytesIO()
    picture.quantize(128).save(file, "PNG", optimize=True)
    return file.getvalue()
