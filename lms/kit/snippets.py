"""How the editor stores what stands beside pages."""

from typing import Any

from django.http import HttpRequest
from django.views import View


class SavedByHand(View):
    """Before a view that adds or edits a snippet: nothing is stored while somebody types, since it shows at once."""

    autosave_enabled = True

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.autosave_enabled = False
