"""Tables as a file: XLSX, CSV (several in one ZIP) or a printed PDF, with a line in the trail. Action.

openpyxl is imported where it is used: it costs time and memory that a process without a workbook should not pay.
"""

import csv
import io
import zipfile
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from lms.kit import cells
from lms.people import trailing
from lms.people.models import Person

Cell = str | int | float | date | None
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
WIDTH = 22


@dataclass(frozen=True)
class Sheet:
    """One table: a short title (also a file name), its head, its rows."""

    title: str
    head: Sequence[str]
    rows: Iterable[Sequence[Cell]]


@dataclass(frozen=True)
class File:
    name: str
    media_type: str
    content: bytes


def hand_out(
    *,
    sheets: Sequence[Sheet],
    name: str,
    kind: str,
    actor: Person,
    verb: str,
    now: datetime,
    detail: dict[str, Any],
    printed: Callable[[], bytes] | None = None,
) -> File:
    """The file, and one line in the trail that says who took it out and how many rows it held.

    `printed` makes the PDF of those tables that have one.
    """
    kept = [Sheet(sheet.title, sheet.head, [tuple(row) for row in sheet.rows]) for sheet in sheets]
    if kind == "pdf" and printed:
        made = File(f"{name}.pdf", "application/pdf", printed())
    else:
        made = as_xlsx(kept, name) if kind == "xlsx" else as_csv(kept, name)
    rows = sum(len(list(sheet.rows)) for sheet in kept)
    trailing.record(
        actor=actor, verb=verb, subject=actor, person=actor, detail={"rows": rows, "kind": kind, **detail}, now=now
    )
    return made


def as_xlsx(sheets: Sequence[Sheet], name: str) -> File:
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    for sheet in sheets:
        page = book.create_sheet(sheet.title[:31])
        page.freeze_panes = "A2"
        for number in range(len(sheet.head)):
            page.column_dimensions[chr(ord("A") + number)].width = WIDTH
        page.append([_bold(page, word) for word in sheet.head])
        for row in sheet.rows:
            page.append([_safe(value) for value in row])
    stream = io.BytesIO()
    book.save(stream)
    return File(f"{name}.xlsx", XLSX, stream.getvalue())


def as_csv(sheets: Sequence[Sheet], name: str) -> File:
    """One sheet is one CSV; several are files of one ZIP."""
    texts = [(sheet.title, _csv(sheet)) for sheet in sheets]
    if len(texts) == 1:
        return File(f"{name}.csv", "text/csv; charset=utf-8", texts[0][1])
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as folder:
        for title, text in texts:
            folder.writestr(f"{title}.csv", text)
    return File(f"{name}.zip", "application/zip", stream.getvalue())


def _csv(sheet: Sheet) -> bytes:
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerow([cells.plain(word) for word in sheet.head])
    for row in sheet.rows:
        writer.writerow([_safe(value) for value in row])
    return stream.getvalue().encode("utf-8-sig")


def _safe(value: Cell) -> Cell:
    """No text of a person becomes a formula."""
    return cells.plain(value) if isinstance(value, str) else value


def _bold(page: Any, word: str) -> Any:
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Font

    cell = WriteOnlyCell(page, value=cells.plain(word))
    cell.font = Font(bold=True)
    return cell
