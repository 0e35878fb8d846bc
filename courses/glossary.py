"""Words that a lesson explains lead to their explanation wherever the lesson uses them. Reads only."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.html import escape

# Blocks whose running text may use a word, and parts of a page where a link would be in the way.
TEXTS = frozenset({"text", "key_point", "callout", "story", "dialogue", "discussion"})
QUIET = frozenset({"a", "b", "button", "dfn", "h1", "h2", "h3", "h4", "label", "summary", "svg", "th"})
TAG = re.compile(r"(<[^>]+>)")
NAME = re.compile(r"</?([a-z0-9]+)")


@dataclass(frozen=True, slots=True)
class Word:
    """A word and the place on the page that explains it."""

    term: str
    anchor: str


def words_of(body: Iterable[Any]) -> tuple[Word, ...]:
    """The words that the `term` blocks of a lesson explain, in their order."""
    terms = [block.value["term"] for block in body if block.block_type == "term"]
    return tuple(Word(term, f"kata-{number}") for number, term in enumerate(terms, 1) if term)


def linked(html: str, words: tuple[Word, ...]) -> str:
    """A drawn block with the first use of each word as a link to its explanation; headings and links stay."""
    left = sorted(words, key=lambda word: -len(word.term))
    pieces: list[str] = []
    quiet = 0
    for piece in TAG.split(html):
        tag = NAME.match(piece)
        if tag:
            quiet += _step(piece, tag[1])
        elif not quiet:
            piece, left = _marked(piece, left)
        pieces.append(piece)
    return "".join(pieces)


def _step(tag: str, name: str) -> int:
    if name not in QUIET or tag.endswith("/>"):
        return 0
    return -1 if tag.startswith("</") else 1


def _marked(text: str, words: list[Word]) -> tuple[str, list[Word]]:
    """The text with links, and the words that are still to be found. No word is sought inside a link."""
    for word in words:
        found = re.search(rf"\b{re.escape(escape(word.term))}\b", text, re.I)
        if found:
            rest = [one for one in words if one != word]
            before, rest = _marked(text[: found.start()], rest)
            after, rest = _marked(text[found.end() :], rest)
            link = f'<a class="word" href="#{word.anchor}" aria-describedby="{word.anchor}">{found[0]}</a>'
            return f"{before}{link}{after}", rest
    return text, words
