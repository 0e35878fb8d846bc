"""How an action says no."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from django.utils.functional import Promise


class Refused(Exception):
    """An action does not do what was asked; nothing was written.

    `sentence` is what the person reads: what happened and what to do next, marked for translation.
    `field` is the form field it belongs to, or empty; `code` is a short stable word for machines.
    """

    def __init__(self, sentence: str | Promise, *, field: str = "", code: str = "refused") -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.field = field
        self.code = code

    def __str__(self) -> str:
        return str(self.sentence)
