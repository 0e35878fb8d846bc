"""What the editor's form of a practice asks beyond the fields."""

from typing import Any

from django import forms

from assessments.models.bank import Question
from courses.models.page_forms import NeutralPageForm


class PracticePageForm(NeutralPageForm):
    """Practice questions of the module, to tick; those chosen already come first, in their order."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "questions" in self.fields:
            self.fields["questions"] = forms.MultipleChoiceField(
                label=self.fields["questions"].label,
                help_text=self.fields["questions"].help_text,
                choices=self._choices(),
                widget=forms.CheckboxSelectMultiple,
                required=False,
            )

    def _choices(self) -> list[tuple[str, str]]:
        if self.parent_page is None:
            return []
        bank = Question.objects.of_module(self.parent_page.translation_key).for_practice()
        words = {question.code: str(question) for question in bank}
        chosen = [code for code in self.instance.questions if code in words]
        return [(code, words[code]) for code in [*chosen, *(code for code in words if code not in chosen)]]
