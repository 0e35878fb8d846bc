"""A practical task as a file: `tugas.yaml`."""

from dataclasses import dataclass
from typing import Any

from wagtail.rich_text import RichText

from assessments.models import PracticalPage
from assessments.models.practicals import FIELD_KINDS, LEVELS, MOST_TRIES, MOST_WEIGHT, USUAL_TRIES, WITH_OPTIONS
from courses.curriculum.block_files import Finder
from courses.curriculum.files import ModuleFile
from courses.curriculum.gathering import tidy, to_html, to_markdown
from courses.curriculum.kinds import StepKind, register_step_kind
from courses.curriculum.nodes import Fields
from lms.kit.words import Sentence, gettext_noop

WRITTEN_MUST = {0: False, LEVELS - 1: True}


@dataclass(frozen=True, slots=True)
class TaskFieldFile:
    code: str
    label: str
    kind: str
    help: str
    required: bool
    options: tuple[str, ...]
    columns: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CriterionFile:
    """`levels`: what 0, 1, 2 and 3 look like. `must`: the lowest level that passes, 0 when the row is no must.

    `weight`: how often its level counts in the percent.
    """

    code: str
    criterion: str
    must: int
    levels: tuple[str, ...]
    weight: int = 1


@dataclass(frozen=True, slots=True)
class PracticalFile:
    mode: str
    note: str
    instructions: str
    case: str
    fields: tuple[TaskFieldFile, ...]
    rubric: tuple[CriterionFile, ...]
    pass_percent: int
    guide: str
    tries: int = USUAL_TRIES
    second: bool = False


def register() -> None:
    register_step_kind(
        StepKind(kind=PracticalPage.kind, page=PracticalPage, read=read, gather=gather, fill=fill, write=write)
    )


def read(fields: Fields, module: ModuleFile, _find: Finder) -> PracticalFile:
    questions = fields.rows("fields", required=False)
    criteria = fields.rows("rubric")
    task = PracticalFile(
        mode=fields.choice("mode", PracticalPage.Modes.values),
        note=fields.text("note", required=False),
        instructions=fields.markdown("instructions"),
        case=fields.markdown("case", required=False),
        fields=tuple(_read_field(row) for row in questions),
        rubric=tuple(_read_criterion(row) for row in criteria),
        pass_percent=fields.whole("pass_percent", 1, 100),
        guide=fields.markdown("guide", required=False),
        tries=fields.whole("tries", 1, MOST_TRIES, default=USUAL_TRIES),
        second=fields.flag("second", default=False),
    )
    for rows, codes in (questions, [one.code for one in task.fields]), (criteria, [one.code for one in task.rubric]):
        for place, (row, code) in enumerate(zip(rows, codes, strict=True)):
            if code in codes[:place]:
                row.problem(Sentence(gettext_noop("“%(code)s” stands here twice."), {"code": code}), "id")
    return task


def _read_field(row: Fields) -> TaskFieldFile:
    field = TaskFieldFile(
        code=row.code("id"),
        label=row.text("label", most=120),
        kind=row.choice("kind", FIELD_KINDS),
        help=row.text("help", required=False, most=250),
        required=row.flag("required", default=True),
        options=row.words("options"),
        columns=row.words("columns"),
    )
    row.close()
    if (field.kind in WITH_OPTIONS) != bool(field.options):
        row.problem(Sentence(gettext_noop("Give a list for a choice, and for nothing else.")), "options")
    if (field.kind == "table") != bool(field.columns):
        row.problem(Sentence(gettext_noop("Give columns for a table, and for nothing else.")), "columns")
    return field


def _read_criterion(row: Fields) -> CriterionFile:
    criterion = CriterionFile(
        code=row.code("id"),
        criterion=row.text("criterion", most=160),
        must=_read_must(row),
        levels=row.words("levels", required=True),
        weight=row.whole("weight", 1, MOST_WEIGHT, default=1),
    )
    row.close()
    if len(criterion.levels) != LEVELS or any(len(level) > 250 for level in criterion.levels):
        row.problem(Sentence(gettext_noop("Give four levels, from 0 to 3, each of 250 letters at most.")), "levels")
    return criterion


def _read_must(row: Fields) -> int:
    """`true` means the highest level."""
    if row.has("must") and row.text("must") in {"2", "3"}:
        return row.whole("must", 2, 3)
    return LEVELS - 1 if row.flag("must", default=False) else 0


def gather(page: PracticalPage) -> PracticalFile:
    return PracticalFile(
        mode=page.mode,
        note=tidy(page.note),
        instructions=to_markdown(RichText(page.instructions)),
        case=to_markdown(RichText(page.case)),
        fields=tuple(_gather_field(field.value) for field in page.fields),
        rubric=tuple(_gather_criterion(criterion.value) for criterion in page.rubric),
        pass_percent=page.pass_percent,
        guide=to_markdown(RichText(page.guide)),
        tries=page.tries,
        second=page.second,
    )


def _gather_field(value: Any) -> TaskFieldFile:
    return TaskFieldFile(
        code=value["code"],
        label=tidy(value["label"]),
        kind=value["kind"],
        help=tidy(value["help"] or ""),
        required=bool(value["required"]),
        options=tuple(one.strip() for one in value["options"]),
        columns=tuple(one.strip() for one in value["columns"]),
    )


def _gather_criterion(value: Any) -> CriterionFile:
    levels = tuple(level.strip() for level in value["levels"])
    return CriterionFile(value["code"], tidy(value["criterion"]), int(value["must"] or 0), levels, value["weight"])


def fill(page: PracticalPage, data: PracticalFile) -> None:
    page.mode, page.note, page.pass_percent = data.mode, data.note, data.pass_percent
    page.tries, page.second = data.tries, data.second
    page.instructions, page.case, page.guide = map(to_html, (data.instructions, data.case, data.guide))
    page.fields = page.fields.stream_block.to_python([{"type": "field", "value": _field(one)} for one in data.fields])
    page.rubric = page.rubric.stream_block.to_python(
        [
            {"type": "criterion", "value": {**_criterion(one, str(one.must or "")), "weight": one.weight}}
            for one in data.rubric
        ]
    )


def _field(one: TaskFieldFile) -> dict[str, Any]:
    return {
        "code": one.code,
        "label": one.label,
        "kind": one.kind,
        "help": one.help,
        "required": one.required,
        "options": list(one.options),
        "columns": list(one.columns),
    }


def _criterion(one: CriterionFile, must: object) -> dict[str, Any]:
    return {"code": one.code, "criterion": one.criterion, "must": must, "levels": list(one.levels)}


def write(data: PracticalFile) -> dict[str, Any]:
    unusual = {"tries": data.tries} if data.tries != USUAL_TRIES else {}
    return {
        "mode": data.mode,
        "note": data.note,
        "instructions": data.instructions,
        "case": data.case,
        "fields": [_write_field(one) for one in data.fields],
        "rubric": [_write_criterion(one) for one in data.rubric],
        "pass_percent": data.pass_percent,
        **unusual,
        **({"second": True} if data.second else {}),
        "guide": data.guide,
    }


def _write_field(one: TaskFieldFile) -> dict[str, Any]:
    field = _named(_field(one))
    return {name: value for name, value in field.items() if name not in {"options", "columns"} or value}


def _write_criterion(one: CriterionFile) -> dict[str, Any]:
    usual = {} if one.weight == 1 else {"weight": one.weight}
    return _named({**_criterion(one, WRITTEN_MUST.get(one.must, one.must)), **usual})


def _named(data: dict[str, Any]) -> dict[str, Any]:
    """In files a short name is an id."""
    return {("id" if name == "code" else name): value for name, value in data.items()}
