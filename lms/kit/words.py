"""Sentences that a rule may say before anybody has chosen a language."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

Translate = Callable[[str], str]


def gettext_noop(message: str) -> str:
    """Mark a template for translation and hand it back as it is."""
    return message


@dataclass(frozen=True)
class Sentence:
    """A template marked with `gettext_noop` and the values of its named placeholders, e.g. `%(hours)s`.

    A value may itself be a sentence, or a tuple of sentences, which is written as a list with commas.
    """

    template: str
    params: Mapping[str, object] = field(default_factory=dict)

    def render(self, translate: Translate) -> str:
        """The sentence in the language of `translate`. Without values a percent sign stays a percent sign."""
        words = str(translate(self.template))
        if not self.params:
            return words
        return words % {name: _said(value, translate) for name, value in self.params.items()}


def _said(value: object, translate: Translate) -> object:
    if isinstance(value, Sentence):
        return value.render(translate)
    if isinstance(value, tuple):
        return ", ".join(str(_said(one, translate)) for one in value)
    return value
