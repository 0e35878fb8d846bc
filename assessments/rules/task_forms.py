"""The form of a practical task: what an answer may be, what is still missing, the words in it.

An answer is a text; for a checklist a list of chosen options; for a table a list of rows of cells.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

MOST_LETTERS = {"short": 200, "long": 2500, "date": 10}
MOST_ROWS = 20
MOST_CELL_LETTERS = 300
FEWEST_ROWS = 2

Answers = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class TaskField:
    """One question of the form. `kind`: section (a heading), short, long, choice, checklist, table, date or pick."""

    code: str
    label: str
    kind: str
    help: str = ""
    required: bool = True
    options: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()

    @property
    def is_asked(self) -> bool:
        return self.kind != "section"


@dataclass(frozen=True, slots=True)
class Section:
    """A heading of the form and the questions under it; the first one may have no heading."""

    heading: TaskField | None
    fields: list[TaskField] = field(default_factory=list)


def read(rows: Iterable[Mapping[str, Any]]) -> tuple[TaskField, ...]:
    """The form as a task keeps it."""
    return tuple(
        TaskField(
            code=row["code"],
            label=row["label"],
            kind=row["kind"],
            help=row.get("help") or "",
            required=bool(row.get("required")),
            options=tuple(row.get("options") or ()),
            columns=tuple(row.get("columns") or ()),
        )
        for row in rows
    )


def sections(fields: Iterable[TaskField]) -> list[Section]:
    found: list[Section] = []
    for one in fields:
        if not one.is_asked:
            found.append(Section(one))
            continue
        if not found:
            found.append(Section(None))
        found[-1].fields.append(one)
    return found


def sound(asked: TaskField, value: Any) -> Any:
    """The answer in its canonical form; None when it does not fit the question."""
    if asked.kind == "table":
        return _rows(asked, value)
    if asked.kind == "checklist":
        chosen = _texts(value, len(asked.options))
        fits = chosen is not None and set(chosen) <= set(asked.options)
        return [one for one in asked.options if one in chosen] if chosen is not None and fits else None
    if not isinstance(value, str):
        return None
    text = _tidy(value)
    if asked.kind in ("choice", "pick"):
        return text if text in ("", *asked.options) else None
    if asked.kind == "date" and text and not _is_day(text):
        return None
    return text if len(text) <= MOST_LETTERS.get(asked.kind, 0) else None


def _rows(asked: TaskField, value: Any) -> list[list[str]] | None:
    """Without empty rows; each row has a cell for each column."""
    if not isinstance(value, list) or len(value) > MOST_ROWS:
        return None
    rows = []
    for given in value:
        cells = _texts(given, len(asked.columns))
        if cells is None or any(len(cell) > MOST_CELL_LETTERS for cell in cells):
            return None
        rows.append([_tidy(cell) for cell in cells] + [""] * (len(asked.columns) - len(cells)))
    return [row for row in rows if any(row)]


def _tidy(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\x00", "").strip()


def _texts(value: Any, most: int) -> list[str] | None:
    is_list = isinstance(value, list | tuple) and len(value) <= most
    return list(value) if is_list and all(isinstance(one, str) for one in value) else None


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text) is not None
    except ValueError:
        return False


def missing(fields: Iterable[TaskField], answers: Answers) -> list[TaskField]:
    """Questions that must be answered and are not."""
    return [one for one in fields if one.is_asked and one.required and not answers.get(one.code)]


def words(answer: Any) -> str:
    """All that she wrote in one answer, for a check; cells of a row side by side."""
    return "\n".join(_lines(answer))


def _lines(answer: Any) -> Iterator[str]:
    if isinstance(answer, str):
        yield answer
    elif isinstance(answer, Sequence):
        for one in answer:
            yield one if isinstance(one, str) else " \n ".join(str(cell) for cell in one)


def written(asked: TaskField, answer: Any) -> str:
    """What she wrote herself: options that were only chosen are the task's own words."""
    return "" if asked.options else words(answer)
