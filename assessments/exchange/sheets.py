"""Questions in a spreadsheet, one row each. The words of the headings are the format: they stand in Indonesian."""

import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from io import BytesIO
from typing import Any

from assessments.exchange.drafts import CONTROL, MOST_QUESTIONS, Draft, NoQuestion, Reading, check_count
from lms.kit import sniffing
from lms.kit.cells import FORMULA
from lms.kit.unfit import UnfitFile
from lms.kit.words import Sentence, gettext_noop

SHEET = "Soal"
MOST_ANSWERS = 8
MOST_COLUMNS = 80
HEAD_ROWS = 5
KINDS = {
    "satu jawaban": "single",
    "beberapa jawaban": "multiple",
    "benar salah": "true_false",
    "urutan": "ordering",
    "menjodohkan": "matching",
    "isian singkat": "short",
    "angka": "number",
}
USES = {"ujian": "exam", "latihan": "practice", "istirahat": "resting"}
LEVELS = {"mudah": 1, "biasa": 2, "sulit": 3}
FLAGS = {"ya": True, "tidak": False}
TRUTH = {"benar": True, "salah": False, **FLAGS}
# Heading -> what the column holds, by the names of questions.yaml.
ANSWERS = [f"Jawaban {number}" for number in range(1, MOST_ANSWERS + 1)]
MATCHES = [f"Pasangan {number}" for number in range(1, MOST_ANSWERS + 1)]
COLUMNS: Mapping[str, str] = {
    "Kode": "code",
    "Jenis": "kind",
    "Dipakai untuk": "use",
    "Soal": "stem",
    **{heading: heading for heading in ANSWERS},
    "Benar": "right",
    **{heading: heading for heading in MATCHES},
    "Pengecoh": "decoys",
    "Toleransi": "tolerance",
    "Satuan": "unit",
    "Salah ketik": "slips",
    "Nilai sebagian": "partial",
    "Alasan": "reason",
    "Soal keselamatan": "critical",
    "Tingkat": "difficulty",
    "Kompetensi": "competency",
    "Pelajaran": "lesson",
    "Keluarga": "family",
    "Hukum": "laws",
    "Sumber": "sources",
    "Tanda": "tags",
    "Perlu diperiksa": "to_check",
}
TEXTS = ("code", "stem", "reason", "competency", "lesson", "family", "to_check")
LISTS = ("laws", "sources", "tags")
CHOSEN: Mapping[str, Mapping[str, Any]] = {"use": USES, "difficulty": LEVELS, "critical": FLAGS}
BY_NAME = {" ".join(heading.casefold().split()): name for heading, name in COLUMNS.items()}

Row = Mapping[str, str]


def read(content: bytes) -> Reading:
    """The questions of the sheet “Soal”, or of the only sheet. Raises UnfitFile."""
    sniffing.check_document("soal.xlsx", content)
    reading = Reading()
    try:
        for number, row in _rows(content):
            try:
                reading.drafts.append(_draft(number, row))
            except NoQuestion as no:
                reading.leave_out(number, row.get("code", "") or row.get("stem", ""), no.sentence)
    except (zipfile.BadZipFile, KeyError, ValueError, TypeError, AttributeError, IndexError, EOFError) as error:
        raise UnfitFile(Sentence(gettext_noop("This spreadsheet is damaged. Save it anew and try again."))) from error
    check_count(reading)
    return reading


def _rows(content: bytes) -> Iterator[tuple[int, Row]]:
    """Every row below the headings that holds something, with its number in the sheet."""
    from openpyxl import load_workbook

    book = load_workbook(BytesIO(content), read_only=True, data_only=False)
    names: list[str] = []
    found = 0
    sheet = book[SHEET] if SHEET in book.sheetnames else book.worksheets[0]
    for number, cells in enumerate(sheet.iter_rows(max_col=MOST_COLUMNS), 1):
        texts = [_text(cell) for cell in cells]
        if not names:
            names = _headings(number, texts)
        elif any(texts):
            found += 1
            if found > MOST_QUESTIONS + 1:  # one more than is taken: the count is refused in words
                return
            yield number, {name: text for name, text in zip(names, texts, strict=False) if name}
    if not names:
        raise _no_headings()


def _headings(number: int, texts: Sequence[str]) -> list[str]:
    """What each column holds; nothing while this is not the row of the headings."""
    named = [" ".join(text.casefold().split()) for text in texts]
    if not {"jenis", "soal"} <= set(named):
        if number >= HEAD_ROWS:
            raise _no_headings()
        return []
    unknown = [text for text, name in zip(texts, named, strict=True) if name and name not in BY_NAME]
    if unknown:
        sentence = gettext_noop("Column “%(name)s” is not known. Take the headings of the template.")
        raise UnfitFile(Sentence(sentence, {"name": unknown[0][:60]}))
    return [BY_NAME.get(name, "") for name in named]


def _no_headings() -> UnfitFile:
    return UnfitFile(Sentence(gettext_noop("The row with the headings is missing. Begin with the template.")))


def _text(cell: Any) -> str:
    """What a cell says. A formula stays what it is and is refused later; an error says nothing."""
    value = cell.value
    if value is None:
        return ""
    if cell.data_type in ("f", "e"):
        return "\0"
    if isinstance(value, bool):
        return "ya" if value else "tidak"
    if isinstance(value, float):
        return f"{value:.10f}".rstrip("0").rstrip(".").replace(".", ",")
    if isinstance(value, datetime | date):
        return value.strftime("%d-%m-%Y")
    return unmarked(CONTROL.sub("", str(value).replace("\r\n", "\n").replace("_x000D_", "")).strip())


def unmarked(text: str) -> str:
    """Without the sign that keeps a spreadsheet from taking it for a formula."""
    return text[1:] if text.startswith("'") and text.lstrip("'").startswith(FORMULA) else text


def marked(text: str) -> str:
    """A cell that no spreadsheet takes for a formula; `unmarked` gives back what it was."""
    return f"'{text}" if text.lstrip("'").startswith(FORMULA) else text


def _draft(number: int, row: Row) -> Draft:
    if "\0" in row.values():
        raise NoQuestion(Sentence(gettext_noop("A cell holds a formula. Write its value instead.")))
    kind = _chosen(row, "kind", KINDS)
    fields: dict[str, Any] = {name: row[name] for name in TEXTS if name in row}
    fields |= {name: _list(row[name]) for name in LISTS if name in row}
    fields |= {name: _chosen(row, name, words) for name, words in CHOSEN.items() if row.get(name)}
    if "critical" in row and not row["critical"]:
        fields["critical"] = False
    if not fields.get("code"):
        fields.pop("code", None)
    fields = {**fields, "kind": kind, **_answers(str(kind), row)}
    return Draft(number, row.get("stem", ""), fields, is_sure="code" in fields)


def _list(text: str) -> list[str]:
    return list(dict.fromkeys(one.strip() for one in re.split(r"[,;\n]", text) if one.strip()))


def _chosen(row: Row, name: str, words: Mapping[str, Any]) -> Any:
    said = " ".join(row.get(name, "").casefold().replace("-", " ").split())
    if said not in words:
        heading = next(heading for heading, one in COLUMNS.items() if one == name)
        params = {"name": heading, "options": ", ".join(words)}
        raise NoQuestion(Sentence(gettext_noop("“%(name)s” takes one of: %(options)s."), params))
    return words[said]


def _answers(kind: str, row: Row) -> dict[str, Any]:
    texts = [row.get(heading, "") for heading in ANSWERS]
    partial = {"partial": _chosen(row, "partial", FLAGS) if row.get("partial") else False}
    if kind == "true_false":
        return {"answer": _chosen(row, "right", TRUTH)}
    if kind == "number":
        return {"value": texts[0], "tolerance": row.get("tolerance", ""), "unit": row.get("unit", "")}
    if kind == "short":
        return {"accepted": [text for text in texts if text], "slips": row.get("slips") or "0"}
    if kind == "matching":
        sides = list(zip(texts, (row.get(heading, "") for heading in MATCHES), strict=True))
        pairs = [{"text": left, "match": right} for left, right in sides if left]
        decoys = [one.strip() for one in row.get("decoys", "").split("\n") if one.strip()]
        return {"pairs": pairs, "decoys": decoys + [right for left, right in sides if right and not left], **partial}
    if kind == "ordering":
        return {"choices": [{"text": text} for text in texts if text], **partial}
    rights = {int(one) for one in re.findall(r"\d+", row.get("right", ""))}
    too_high = [one for one in rights if not 1 <= one <= MOST_ANSWERS or not texts[one - 1]]
    if too_high:
        sentence = gettext_noop("“Benar” names answer %(number)s, which is empty.")
        raise NoQuestion(Sentence(sentence, {"number": too_high[0]}))
    choices = [{"text": text, "right": place in rights} for place, text in enumerate(texts, 1) if text]
    return {"choices": choices, **(partial if kind == "multiple" else {})}
