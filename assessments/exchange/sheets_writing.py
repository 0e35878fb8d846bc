"""Questions written as a spreadsheet, and the empty one to fill in."""

from collections.abc import Iterable, Mapping, Sequence
from io import BytesIO
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from assessments.exchange.drafts import CONTROL, MOST_QUESTIONS
from assessments.exchange.sheets import COLUMNS, FLAGS, KINDS, LEVELS, MOST_ANSWERS, SHEET, USES, marked
from lms.kit.words import Sentence, Translate, gettext_noop

MOST_CELL = 32_000
WIDE = {"stem": 60, "reason": 40, "to_check": 30}
USUAL_WIDTH = 16
HELP: Sequence[tuple[str, Sentence]] = (
    ("", Sentence(gettext_noop("One row is one question. Leave a cell empty when there is nothing to say."))),
    ("Kode", Sentence(gettext_noop("Names the question, for example M3-12. Empty: a code is given."))),
    ("Jenis", Sentence(gettext_noop("What kind of question: one of the words in the list."))),
    ("Dipakai untuk", Sentence(gettext_noop("ujian, latihan or istirahat (not asked now)."))),
    ("Soal", Sentence(gettext_noop("The last line is the question; lines before it tell the scene."))),
    (
        "Jawaban 1",
        Sentence(gettext_noop("The answers. Urutan: in the right order. Isian singkat: every form that counts.")),
    ),
    (
        "Benar",
        Sentence(gettext_noop("The numbers of the right answers, for example 1 or 1, 3. Benar salah: benar or salah.")),
    ),
    ("Pasangan 1", Sentence(gettext_noop("Menjodohkan: what belongs to the answer of the same number."))),
    ("Pengecoh", Sentence(gettext_noop("Menjodohkan: matches that belong to nothing, one a line."))),
    ("Toleransi", Sentence(gettext_noop("Angka: how far the answer may be from the number in Jawaban 1."))),
    ("Salah ketik", Sentence(gettext_noop("Isian singkat: how many typing slips are forgiven, 0 to 2."))),
    ("Nilai sebagian", Sentence(gettext_noop("ya: parts of a mark are given."))),
    ("Soal keselamatan", Sentence(gettext_noop("ya: always asked, and must be right to pass."))),
    ("Kompetensi", Sentence(gettext_noop("k0 to k8."))),
    ("Pelajaran", Sentence(gettext_noop("The code of the lesson to read again."))),
    ("Keluarga", Sentence(gettext_noop("Questions of one family stand in for each other."))),
    ("Hukum", Sentence(gettext_noop("Tags with commas between; so too Sumber and Tanda."))),
)
EXAMPLES: Sequence[Mapping[str, Any]] = (
    {
        "code": "CONTOH-1",
        "kind": "single",
        "stem": "Seorang ibu datang dan diam.\nApa yang Anda lakukan lebih dulu?",
        "choices": [{"text": "Duduk dan menunggu.", "right": True}, {"text": "Bertanya banyak.", "right": False}],
        "reason": "Ia bicara bila siap.",
    },
    {
        "code": "CONTOH-2",
        "kind": "multiple",
        "stem": "Mana yang dicatat?",
        "partial": True,
        "choices": [
            {"text": "Tanggal", "right": True},
            {"text": "Kata-katanya sendiri", "right": True},
            {"text": "Dugaan kita", "right": False},
        ],
    },
    {"code": "CONTOH-3", "kind": "true_false", "stem": "Gender dapat berubah.", "answer": True},
    {
        "code": "CONTOH-4",
        "kind": "ordering",
        "stem": "Urutkan.",
        "choices": [{"text": "Dengar"}, {"text": "Tanya"}, {"text": "Catat"}],
    },
    {
        "code": "CONTOH-5",
        "kind": "matching",
        "stem": "Pasangkan.",
        "pairs": [{"text": "Luka", "match": "Puskesmas"}, {"text": "Surat", "match": "Kantor desa"}],
        "decoys": ["Pasar"],
    },
    {
        "code": "CONTOH-6",
        "kind": "short",
        "stem": "Nomor darurat?",
        "accepted": ["112", "seratus dua belas"],
        "slips": 1,
    },
    {
        "code": "CONTOH-7",
        "kind": "number",
        "stem": "Paling lama berapa jam?",
        "value": "72",
        "tolerance": "2",
        "unit": "jam",
    },
)


def write(questions: Iterable[Mapping[str, Any]], translate: Translate) -> bytes:
    """The file; each question in the form of questions.yaml and of a kind that a row can hold."""
    return _saved(_book(questions, translate))


def template(translate: Translate) -> bytes:
    """Empty rows with lists to choose from, a sheet of help, and an example of each kind."""
    book = _book((), translate)
    examples = book.create_sheet("Contoh")
    _fill(examples, [{"use": "practice", "difficulty": 2, **one} for one in EXAMPLES])
    return _saved(book)


def _saved(book: Workbook) -> bytes:
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def _book(questions: Iterable[Mapping[str, Any]], translate: Translate) -> Workbook:
    book = Workbook()
    book.properties.creator = book.properties.lastModifiedBy = ""
    sheet = book.worksheets[0]
    sheet.title = SHEET
    _fill(sheet, questions)
    _lists(sheet)
    helping = book.create_sheet("Bantuan")
    for heading, sentence in HELP:
        helping.append([heading, sentence.render(translate)])
    helping.append(["Jenis", ", ".join(KINDS)])
    helping.column_dimensions["A"].width, helping.column_dimensions["B"].width = 20, 90
    for cell in helping["A"]:
        cell.font = Font(bold=True)
    for cell in helping["B"]:
        cell.alignment = Alignment(wrap_text=True, vertical="top")
    return book


def _fill(sheet: Any, questions: Iterable[Mapping[str, Any]]) -> None:
    sheet.append(list(COLUMNS))
    for place, name in enumerate(COLUMNS.values(), 1):
        head = sheet.cell(1, place)
        head.font, head.fill = Font(bold=True), PatternFill("solid", fgColor="EFE7DA")
        sheet.column_dimensions[get_column_letter(place)].width = WIDE.get(name, USUAL_WIDTH)
    sheet.freeze_panes = "B2"
    for number, question in enumerate(questions, 2):
        cells = _cells(question)
        for place, name in enumerate(COLUMNS.values(), 1):
            if cells.get(name):
                cell = sheet.cell(number, place)
                cell.value, cell.data_type = marked(CONTROL.sub("", cells[name])), "s"
                cell.alignment = Alignment(wrap_text=name in WIDE, vertical="top")


def _lists(sheet: Any) -> None:
    """What a column takes, to choose from."""
    for name, words in (
        ("kind", KINDS),
        ("use", USES),
        ("difficulty", LEVELS),
        ("critical", FLAGS),
        ("partial", FLAGS),
    ):
        letter = get_column_letter(list(COLUMNS.values()).index(name) + 1)
        rule = DataValidation(type="list", formula1='"' + ",".join(words) + '"', allow_blank=True)
        sheet.add_data_validation(rule)
        rule.add(f"{letter}2:{letter}{MOST_QUESTIONS + 1}")


def _word(words: Mapping[str, Any], value: Any) -> str:
    return next((word for word, one in words.items() if one == value), "")


def _cells(question: Mapping[str, Any]) -> dict[str, str]:
    """What each column of one row says."""
    kind = question["kind"]
    cells = {name: str(question.get(name) or "") for name in ("code", "stem", "reason", "competency", "lesson")}
    cells |= {name: str(question.get(name) or "") for name in ("family", "to_check", "tolerance", "unit", "slips")}
    cells |= {name: ", ".join(question.get(name) or ()) for name in ("laws", "sources", "tags")}
    cells["kind"] = _word(KINDS, kind)
    cells["use"] = _word(USES, question.get("use"))
    cells["difficulty"] = _word(LEVELS, int(question.get("difficulty") or 2))
    cells["critical"] = _word(FLAGS, bool(question.get("critical")))
    if kind in ("multiple", "ordering", "matching"):
        cells["partial"] = _word(FLAGS, bool(question.get("partial")))
    if cells["family"] == cells["code"]:
        cells["family"] = ""
    return {**cells, **_answers(kind, question)}


def _answers(kind: str, question: Mapping[str, Any]) -> dict[str, str]:
    if kind == "true_false":
        return {"right": "benar" if question["answer"] else "salah"}
    if kind == "number":
        return {"Jawaban 1": str(question["value"])}
    if kind == "short":
        return _numbered("Jawaban", question["accepted"])
    if kind == "matching":
        pairs = question["pairs"]
        found = _numbered("Jawaban", [one["text"] for one in pairs]) | _numbered(
            "Pasangan", [o["match"] for o in pairs]
        )
        return {**found, "decoys": "\n".join(question.get("decoys") or ())}
    found = _numbered("Jawaban", [one["text"] for one in question["choices"]])
    if kind != "ordering":
        found["right"] = ", ".join(str(n) for n, one in enumerate(question["choices"], 1) if one["right"])
    return found


def _numbered(word: str, texts: Sequence[str]) -> dict[str, str]:
    return {f"{word} {number}": text for number, text in enumerate(texts[:MOST_ANSWERS], 1)}
