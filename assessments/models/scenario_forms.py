"""What the editor's form of a branching story asks beyond the fields."""

from courses.models.page_forms import NeutralPageForm


class ScenarioPageForm(NeutralPageForm):
    """An unfinished story may be saved; Wagtail defers what is required then, and the page defers its own checks."""

    def _post_clean(self) -> None:
        self.instance.is_only_saved = self.is_deferred_validation
        super()._post_clean()
