"""What the editor's form of a practical task asks beyond the fields: a ready form to start from."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from django import forms
from django.utils.translation import gettext_lazy as _

from courses.models.page_forms import NeutralPageForm

READY = Path(__file__).resolve().parent.parent / "content" / "forms"


@dataclass(frozen=True, slots=True)
class ReadyForm:
    """A form that any task may start from. `fields` as the editor keeps them."""

    code: str
    title: str
    fields: tuple[dict[str, Any], ...]


@cache
def ready_forms() -> dict[str, ReadyForm]:
    """By code, which is the name of the file; in their order."""
    read = {path.stem: yaml.safe_load(path.read_text("utf-8")) for path in READY.glob("*.yaml")}
    codes = sorted(read, key=lambda code: int(read[code]["place"]))
    return {code: ReadyForm(code, read[code]["title"], tuple(map(_field, read[code]["fields"]))) for code in codes}


def _field(row: dict[str, Any]) -> dict[str, Any]:
    return {"code": row["id"], "options": [], "columns": [], **{name: one for name, one in row.items() if name != "id"}}


class PracticalPageForm(NeutralPageForm):
    """Choosing a ready form adds its questions to those that stand there; none comes twice."""

    start_from = forms.ChoiceField(
        label=_("start from a ready form"),
        required=False,
        help_text=_("Choose one and save. Its questions then stand below, and you may change them."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "start_from" in self.fields:
            choices = [(one.code, one.title) for one in ready_forms().values()]
            self.fields["start_from"].choices = [("", _("No, I write my own")), *choices]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        chosen, asked = ready_forms().get(cleaned.get("start_from") or ""), cleaned.get("fields")
        if chosen and asked is not None:
            taken = {one.value["code"] for one in asked}
            block = asked.stream_block.child_blocks["field"]
            for row in chosen.fields:
                if row["code"] not in taken:
                    asked.append(("field", block.to_python(row)))
        return cleaned
