"""The typst compiler, one in each process: only our layouts, only our letters, nothing of the machine."""

import json
import threading
import unicodedata
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from anyascii import anyascii

from certificates.paper.layout import SheetData, pictures_of, words_of
from lms.kit import qr

if TYPE_CHECKING:
    import typst

FOLDER = Path(__file__).parent
LETTERS = FOLDER / "fonts"
_one_at_a_time = threading.Lock()


def printed(layout: str, sheet: SheetData, **options: Any) -> Any:
    """One layout filled with one sheet, in the format that the options name; pictures of many pages are a list."""
    return compiled(layout, inputs_of(sheet), **options)


def inputs_of(sheet: SheetData) -> dict[str, str]:
    """All that a layout is told, as texts."""
    return {
        "words": as_json(words_of(sheet)),
        "pictures": json.dumps(pictures_of(sheet), default=list),
        "qr": qr.encode(sheet.address).svg().decode("ascii"),
    }


def compiled(layout: str, inputs: dict[str, str], **options: Any) -> Any:
    """What the typesetter makes of a layout and its inputs."""
    with _one_at_a_time:
        return _press().compile(FOLDER / layout, sys_inputs=inputs, **options)


def as_json(words: object) -> str:
    return json.dumps(_with_our_letters(words), ensure_ascii=False)


@cache
def _press() -> "typst.Compiler":
    import typst  # eighty megabytes that only the worker needs

    letters = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[LETTERS])
    return typst.Compiler(root=FOLDER, font_paths=letters, ignore_system_fonts=True)


def _with_our_letters(value: Any) -> Any:
    """The same words, where a letter that none of our files holds is written in Latin; else typst refuses."""
    if isinstance(value, str):
        return "".join(letter if ord(letter) in _known() else _in_latin(letter) for letter in value)
    if isinstance(value, list):
        return [_with_our_letters(one) for one in value]
    if isinstance(value, dict):
        return {name: _with_our_letters(one) for name, one in value.items()}
    return value


def _in_latin(letter: str) -> str:
    return anyascii(letter) if unicodedata.category(letter)[0] in "LMNZ" else ""


@cache
def _known() -> frozenset[int]:
    spans = (line.split("-") for line in (LETTERS / "letters.txt").read_text("ascii").split())
    return frozenset(point for first, last in spans for point in range(int(first, 16), int(last, 16) + 1))
