"""What a text is made of, whichever form it came in."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from itertools import groupby

from lms.kit.words import Sentence


@dataclass(frozen=True, slots=True)
class Span:
    """A run of text with the same marks; a line break is a newline in the text."""

    text: str
    strong: bool = False
    emphasis: bool = False
    link: str = ""

    @property
    def marks(self) -> tuple[bool, bool, str]:
        return self.strong, self.emphasis, self.link


Spans = tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Paragraph:
    spans: Spans


@dataclass(frozen=True, slots=True)
class Heading:
    spans: Spans


@dataclass(frozen=True, slots=True)
class Quote:
    spans: Spans


@dataclass(frozen=True, slots=True)
class Item:
    spans: Spans
    lists: tuple["ItemList", ...] = ()


@dataclass(frozen=True, slots=True)
class ItemList:
    ordered: bool
    items: tuple[Item, ...]


Block = Paragraph | Heading | Quote | ItemList
Blocks = tuple[Block, ...]


class MarkdownProblem(ValueError):
    """The text cannot be read; `line` counts from 1 inside the text."""

    def __init__(self, line: int, sentence: Sentence) -> None:
        super().__init__(sentence.render(str))
        self.line = line
        self.sentence = sentence


ADDRESS = re.compile(r"(https?://|mailto:|tel:|page:|#|/(?!/))[^\s<>\"\\]*")


def is_safe_address(address: str) -> bool:
    """True for web, mail, phone and page addresses, anchors and paths of this site."""
    return ADDRESS.fullmatch(address) is not None


def tidy_spans(spans: Iterable[Span]) -> Spans:
    """White space collapsed, none at the ends or around a line break; neighbours with equal marks joined."""
    letters: list[tuple[str, Span]] = []
    before = "\n"
    for span in spans:
        for letter in span.text:
            if letter in " \t\r":
                if before in " \n":
                    continue
                letter = " "
            elif letter == "\n":
                if before == " ":
                    letters.pop()
                if not letters:
                    continue
            letters.append((letter, span))
            before = letter
    while letters and letters[-1][0] in " \n":
        letters.pop()
    return _joined(letters)


def _joined(letters: list[tuple[str, Span]]) -> Spans:
    runs = groupby(letters, key=lambda pair: pair[1].marks)
    return tuple(Span("".join(letter for letter, _span in run), *marks) for marks, run in runs)


def tidy_blocks(blocks: Iterable[Block]) -> Blocks:
    """Empty blocks dropped; lists of one kind that follow each other are one list; a heading is one line."""
    kept: list[Block] = []
    for block in blocks:
        if isinstance(block, ItemList):
            tidied = _tidy_list(block)
            last = kept[-1] if kept else None
            if tidied.items and isinstance(last, ItemList) and last.ordered == tidied.ordered:
                kept[-1] = ItemList(tidied.ordered, last.items + tidied.items)
            elif tidied.items:
                kept.append(tidied)
            continue
        spans = tidy_spans(block.spans)
        if isinstance(block, Heading):
            spans = tidy_spans(replace(span, text=span.text.replace("\n", " ")) for span in spans)
        if spans:
            kept.append(type(block)(spans))
    return tuple(kept)


def _tidy_list(block: ItemList) -> ItemList:
    items = []
    for item in block.items:
        lists = tuple(one for one in tidy_blocks(item.lists) if isinstance(one, ItemList))
        spans = tidy_spans(item.spans)
        if spans or lists:
            items.append(Item(spans, lists))
    return ItemList(block.ordered, tuple(items))


def relinked(blocks: Blocks, rewrite: Callable[[str], str]) -> Blocks:
    """The same text with every link address rewritten; an empty answer takes the link away."""

    def spans(old: Spans) -> Spans:
        return tuple(replace(span, link=rewrite(span.link)) if span.link else span for span in old)

    def items(old: ItemList) -> ItemList:
        return ItemList(
            old.ordered, tuple(Item(spans(item.spans), tuple(map(items, item.lists))) for item in old.items)
        )

    return tidy_blocks(
        items(block) if isinstance(block, ItemList) else type(block)(spans(block.spans)) for block in blocks
    )
