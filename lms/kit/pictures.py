"""A picture with nothing in it but the picture: no place, no camera, no hidden file.

`cleaned(cleaned(x)) == cleaned(x)`: a picture that is clean and small already keeps its bytes, so a course that travels
between two sites stays the same byte by byte.
"""

import re
import struct
from collections.abc import Iterator
from io import BytesIO

from PIL import Image, ImageOps

from lms.kit.sniffing import empty
from lms.kit.unfit import UnfitFile
from lms.kit.words import Sentence, gettext_noop

MOST_BYTES = 8_000_000
MOST_PIXELS = 24_000_000
LONGEST_SIDE = 1600
SUFFIXES = {"JPEG": ".jpg", "PNG": ".png", "WEBP": ".webp"}

JPEG, PNG = b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n"
PNG_KEPT = frozenset(
    {b"IHDR", b"PLTE", b"tRNS", b"IDAT", b"IEND", b"gAMA", b"cHRM", b"sRGB", b"sBIT", b"bKGD", b"pHYs"}
)
WEBP_KEPT = frozenset({b"VP8 ", b"VP8L", b"ALPH", b"VP8X"})
ORIENTATION = 0x0112
# What a page, a program or another file would begin with: nothing of the kind stands beside an honest picture.
FOREIGN = re.compile(rb"<\s*(?:!doctype|html|head|body|script|svg|iframe|\?php)|<\?php|%PDF-|PK\x05\x06", re.I)

Pieces = Iterator[tuple[bool, bytes]]


def cleaned(content: bytes) -> tuple[bytes, str]:
    """The clean picture and the suffix of its kind. Raises UnfitFile with what to do instead."""
    if not content:
        raise empty()
    if len(content) > MOST_BYTES:
        raise UnfitFile(Sentence(gettext_noop("This picture is larger than 8 MB. Make it smaller first.")))
    try:
        pieces = list(_pieces(content))
    except (struct.error, IndexError) as error:
        raise _damaged() from error
    if any(FOREIGN.search(piece) for is_kept, piece in pieces if not is_kept):
        raise UnfitFile(Sentence(gettext_noop("Something else is hidden in this picture. Take another one.")))
    bare = b"".join(piece for is_kept, piece in pieces if is_kept)
    if bare.startswith(b"RIFF"):
        bare = _webp_again(bare)
    return _upright(content, bare)


def _damaged() -> UnfitFile:
    return UnfitFile(Sentence(gettext_noop("This picture is damaged. Save it anew and try again.")))


def _upright(content: bytes, bare: bytes) -> tuple[bytes, str]:
    """The bare picture as it is; turned and made smaller when it lies on its side or is too large."""
    try:
        with Image.open(BytesIO(content)) as picture:
            kind = str(picture.format)
            if picture.width * picture.height > MOST_PIXELS:
                raise Image.DecompressionBombError
            turned = picture.getexif().get(ORIENTATION, 1) != 1
            if not turned and max(picture.size) <= LONGEST_SIDE and not getattr(picture, "is_animated", False):
                with Image.open(BytesIO(bare)) as whole:
                    whole.load()
                return bare, SUFFIXES[kind]
            picture.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
            upright = ImageOps.exif_transpose(picture)
            upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
            return _encoded(upright, kind), SUFFIXES[kind]
    except Image.DecompressionBombError as error:
        sentence = gettext_noop("This picture has more than 24 million dots. Make it smaller first.")
        raise UnfitFile(Sentence(sentence)) from error
    except Exception as error:  # a decoder met by a hostile file may raise anything
        raise _damaged() from error


def _encoded(picture: Image.Image, kind: str) -> bytes:
    for name in ("exif", "icc_profile", "xmp", "comment"):
        picture.info.pop(name, None)
    if kind == "JPEG" and picture.mode not in ("RGB", "L"):
        picture = picture.convert("RGB")
    options: dict[str, int] = {"optimize": True} if kind == "PNG" else {"quality": 85}
    out = BytesIO()
    picture.save(out, kind, **options)
    content = out.getvalue()
    return b"".join(piece for is_kept, piece in _pieces(content) if is_kept) if kind != "WEBP" else content


def _pieces(content: bytes) -> Pieces:
    """The file in pieces: those that make the picture (True) and all the rest."""
    if content.startswith(JPEG):
        return _jpeg(content)
    if content.startswith(PNG):
        return _png(content)
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return _webp(content)
    raise UnfitFile(Sentence(gettext_noop("This is no picture in JPEG, PNG or WebP. Save it as one of these.")))


def _jpeg(content: bytes) -> Pieces:
    yield True, content[:2]
    at = 2
    while content[at : at + 1] == b"\xff":
        marker = content[at + 1]
        if marker == 0xFF:
            at += 1
            continue
        if marker == 0xD9:
            yield True, content[at : at + 2]
            at += 2
            break
        (length,) = struct.unpack(">H", content[at + 2 : at + 4])
        end = at + 2 + length
        segment = content[at:end]
        if marker == 0xDA:
            end = _end_of_scan(content, end)
            segment = content[at:end]
        yield _is_picture(marker, segment), segment
        at = end
    yield False, content[at:]


def _is_picture(marker: int, segment: bytes) -> bool:
    """Comments and notes of cameras go; JFIF's own head and Adobe's word on colours stay."""
    if marker == 0xE0:
        return segment[4:9] == b"JFIF\0" and len(segment) == 18
    if marker == 0xEE:
        return segment[4:9] == b"Adobe" and len(segment) == 16
    return not (0xE0 <= marker <= 0xEF or marker == 0xFE)


def _end_of_scan(content: bytes, at: int) -> int:
    """Where the next marker stands after compressed data (stuffed bytes and restarts belong to it)."""
    while True:
        at = content.find(b"\xff", at)
        if at < 0 or at + 1 >= len(content):
            return len(content)
        if content[at + 1] != 0 and not 0xD0 <= content[at + 1] <= 0xD7:
            return at
        at += 2


def _png(content: bytes) -> Pieces:
    yield True, content[:8]
    at = 8
    while at < len(content):
        (length,) = struct.unpack(">I", content[at : at + 4])
        name = content[at + 4 : at + 8]
        end = at + 12 + length
        yield name in PNG_KEPT, content[at:end]
        at = end
        if name == b"IEND":
            break
    yield False, content[at:]


def _webp(content: bytes) -> Pieces:
    yield True, content[:12]
    (size,) = struct.unpack("<I", content[4:8])
    at, last = 12, min(len(content), 8 + size)
    while at + 8 <= last:
        name = content[at : at + 4]
        (length,) = struct.unpack("<I", content[at + 4 : at + 8])
        end = at + 8 + length + length % 2
        yield name in WEBP_KEPT, content[at:end]
        at = end
    yield False, content[at:]


def _webp_again(bare: bytes) -> bytes:
    """The length in the head made right; the flags no longer promise notes and profiles."""
    whole = bytearray(bare)
    struct.pack_into("<I", whole, 4, len(whole) - 8)
    if whole[12:16] == b"VP8X":
        whole[20] &= 0b0001_0000  # only "has alpha" stays
    return bytes(whole)
