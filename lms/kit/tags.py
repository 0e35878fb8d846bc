"""Notes inside sound and film (who, where, with which phone): found, and taken out without a decoder."""

import struct
from collections.abc import Iterator

from lms.kit.unfit import UnfitFile
from lms.kit.words import Sentence, gettext_noop

# Boxes of an MP4 that hold other boxes, and those that hold notes.
HOLDERS = {b"moov", b"trak", b"mdia", b"minf", b"stbl", b"edts", b"moof", b"traf"}
NOTES = {b"udta", b"meta", b"uuid", b"free", b"skip", b"wide", b"iods"}
TOP_BOXES = {b"ftyp", b"moov", b"mdat"}
EMPTY_BOX = 8
FEW_BYTES = 400


def is_bare_mp4(content: bytes) -> bool:
    """True when there is nothing in it but the film: no notes, nothing before or after."""
    try:
        boxes = list(_boxes(content, 0, len(content)))
    except (struct.error, ValueError):
        return False
    tops = {name for depth, name, _at, _size in boxes if depth == 0}
    if not TOP_BOXES <= tops <= TOP_BOXES | {b"free"}:
        return False
    return all(
        size == EMPTY_BOX or (name == b"free" and not any(content[at + EMPTY_BOX : at + size]))
        for _depth, name, at, size in boxes
        if name in NOTES
    )


def without_notes(content: bytes, form: str) -> bytes:
    """The sound or film without its notes; the streams keep every byte and their place. For mp3, m4a and mp4.

    Raises UnfitFile when the file cannot be followed to its end.
    """
    try:
        return _bare_mp3(content) if form == "mp3" else _bare_mp4(content)
    except (struct.error, ValueError) as error:
        raise UnfitFile(Sentence(gettext_noop("This file is damaged. Save it anew and try again."))) from error


def _bare_mp4(content: bytes) -> bytes:
    """Boxes of notes become empty space of the same length: offsets of the streams stay right."""
    whole = bytearray(content)
    tops: set[bytes] = set()
    for depth, name, at, size in _boxes(content, 0, len(content)):
        if depth == 0:
            tops.add(name)
        if name in NOTES or (depth == 0 and name not in TOP_BOXES):
            whole[at + 4 : at + 8] = b"free"
            whole[at + 8 : at + size] = bytes(size - 8)
    if not tops >= TOP_BOXES:
        raise ValueError
    return bytes(whole)


def _boxes(content: bytes, at: int, end: int, depth: int = 0) -> Iterator[tuple[int, bytes, int, int]]:
    """Every box as depth, name, place and size. Raises ValueError when sizes do not fit."""
    while at < end:
        size, name = struct.unpack(">I4s", content[at : at + 8])
        head = 8
        if size == 1:
            (size,) = struct.unpack(">Q", content[at + 8 : at + 16])
            head = 16
        if size < head or at + size > end or depth > len(HOLDERS):
            raise ValueError
        yield depth, name, at, size
        if name in HOLDERS:
            yield from _boxes(content, at + head, at + size, depth + 1)
        at += size


def _bare_mp3(content: bytes) -> bytes:
    """From the first frame to the last: ID3 in front, APE and ID3v1 behind are cut off."""
    start = 0
    while content[start : start + 3] == b"ID3":
        size = content[start + 6 : start + 10]
        if len(size) < 4 or any(byte & 0x80 for byte in size):
            raise ValueError
        start += 10 + sum(byte << shift for byte, shift in zip(size, (21, 14, 7, 0), strict=True))
    end = len(content)
    if content[max(start, end - 128) :][:3] == b"TAG":
        end -= 128
    if content[max(start, end - 32) :][:8] == b"APETAGEX":
        (length,) = struct.unpack("<I", content[end - 20 : end - 16])
        end -= length + (32 if content[end - 12 + 3] & 0x80 else 0)
    bare = content[start:end]
    if len(bare) < FEW_BYTES or bare[0] != 0xFF or bare[1] & 0xE6 != 0xE2:
        raise ValueError
    return bare


def is_bare_ogg(content: bytes) -> bool:
    """True for one Opus stream from the first byte to the last, whose note says at most by what it was made."""
    at = 0
    serials: set[bytes] = set()
    packets: list[bytes] = []
    while at < len(content):
        if content[at : at + 4] != b"OggS" or at + 27 > len(content):
            return False
        segments = content[at + 27 : at + 27 + content[at + 26]]
        body = at + 27 + len(segments)
        serials.add(content[at + 14 : at + 18])
        if len(packets) < 2:
            packets.append(content[body : body + sum(segments)])
        at = body + sum(segments)
    if at != len(content) or len(serials) != 1 or len(packets) < 2:
        return False
    return packets[0].startswith(b"OpusHead") and packets[0][9] == 1 and _has_no_notes(packets[1])


def _has_no_notes(packet: bytes) -> bool:
    if not packet.startswith(b"OpusTags") or len(packet) < 16:
        return False
    try:
        (length,) = struct.unpack("<I", packet[8:12])
        at = 12 + length
        (count,) = struct.unpack("<I", packet[at : at + 4])
        at += 4
        for _ in range(min(count, 4)):
            (size,) = struct.unpack("<I", packet[at : at + 4])
            if not packet[at + 4 : at + 4 + size].lower().startswith(b"encoder="):
                return False
            at += 4 + size
    except struct.error:
        return False
    return count < 4 and len(packet) - at <= 1 and length < 80
