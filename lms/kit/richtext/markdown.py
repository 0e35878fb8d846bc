"""The Markdown subset.

Paragraphs, `### ` headings, `> ` quotes, `- ` and `1. ` lists (nested by indenting), a line break (a backslash at the
end of a line), **strong**, *emphasis*, [link](address). A backslash takes a sign its meaning.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

from lms.kit.richtext.blocks import (
    Block,
    Blocks,
    Heading,
    Item,
    ItemList,
    MarkdownProblem,
    Paragraph,
    Quote,
    Span,
    Spans,
    is_safe_address,
    tidy_blocks,
    tidy_spans,
)
from lms.kit.words import Sentence, gettext_noop

MARKER = re.compile(r"( *)([-*]|\d{1,4}\.)(?: +(.*))?")
PUNCTUATION = frozenset("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~")
LINK_TAIL = re.compile(r"\]\(((?:\\.|\([^()\s\\]*\)|[^()\s\\])*)\)")


@dataclass(slots=True)
class _Row:
    """One list item as it is read: how deep it stands, and its text."""

    indent: int
    ordered: bool
    text: str
    line: int


def from_markdown(text: str) -> Blocks:
    """Blocks of a Markdown text; raises `MarkdownProblem`."""
    lines = text.replace("\r\n", "\n").split("\n")
    blocks: list[Block] = []
    at = 0
    while at < len(lines):
        line = lines[at]
        if not line.strip():
            at += 1
        elif line.startswith("#"):
            blocks.append(Heading(_inline(_heading_text(line, at), at)))
            at += 1
        elif line.startswith(">"):
            end = _end_of(lines, at, lambda one: one.startswith(">"))
            blocks.append(Quote(_inline("\n".join(one[1:] for one in lines[at:end]), at)))
            at = end
        elif MARKER.fullmatch(line):
            rows, at = _rows(lines, at)
            blocks.extend(_lists(rows))
        else:
            end = _end_of(lines, at + 1, lambda one: bool(one.strip()) and not _interrupts(one))
            blocks.append(Paragraph(_inline("\n".join(lines[at:end]), at)))
            at = end
    return tidy_blocks(blocks)


def _end_of(lines: list[str], at: int, goes_on: Callable[[str], bool]) -> int:
    while at < len(lines) and goes_on(lines[at]):
        at += 1
    return at


def _interrupts(line: str) -> bool:
    """A paragraph ends where one of these begins, also without a blank line."""
    if line.startswith((">", "### ")):
        return True
    marker = MARKER.fullmatch(line)
    return marker is not None and not marker[1] and marker[2] in {"-", "*", "1."}


def _heading_text(line: str, at: int) -> str:
    if not line.startswith("### "):
        raise MarkdownProblem(
            at + 1, Sentence(gettext_noop("Begin a heading with three signs and a space: ### Heading."))
        )
    return line[4:]


def _rows(lines: list[str], at: int) -> tuple[list[_Row], int]:
    """The items that follow each other, whatever their depth; an indented line goes on with its item."""
    rows: list[_Row] = []
    while at < len(lines):
        line = lines[at]
        if marker := MARKER.fullmatch(line):
            rows.append(_Row(len(marker[1]), marker[2][-1] == ".", marker[3] or "", at))
        elif line.startswith(" ") and line.strip():
            rows[-1].text += "\n" + line.strip()
        else:
            break
        at += 1
    return rows, at


def _lists(rows: list[_Row]) -> list[ItemList]:
    """Nest the rows: what stands deeper than an item belongs to it."""
    lists: list[ItemList] = []
    at = 0
    while at < len(rows):
        head = rows[at]
        end = at + 1
        while end < len(rows) and rows[end].indent > head.indent:
            end += 1
        item = Item(_inline(head.text, head.line), tuple(_lists(rows[at + 1 : end])))
        if lists and lists[-1].ordered == head.ordered:
            lists[-1] = ItemList(head.ordered, (*lists[-1].items, item))
        else:
            lists.append(ItemList(head.ordered, (item,)))
        at = end
    return lists


def _one_line(text: str) -> str:
    """A newline is a space; with a backslash before it, it is a line break and stays a newline."""
    parts = []
    for line in text.split("\n"):
        bare = line.strip(" \t")
        slashes = len(bare) - len(bare.rstrip("\\"))
        parts.append(bare[:-1] + "\n" if slashes % 2 else bare + " ")
    return "".join(parts).rstrip(" \n")


def _inline(text: str, at: int) -> Spans:
    """Spans of one block that begins on line `at` (from 0). Marks are switches: their order does not matter."""
    source = _one_line(text)
    spans: list[Span] = []
    strong = emphasis = False
    link, closes, goes_on = "", -1, -1
    place = 0
    while place < len(source):
        sign = source[place]
        if place == closes:
            link, closes, place = "", -1, goes_on
        elif sign == "\\" and source[place + 1 : place + 2] in PUNCTUATION:
            spans.append(Span(source[place + 1], strong, emphasis, link))
            place += 2
        elif source.startswith("**", place):
            strong = not strong
            place += 2
        elif sign == "*":
            emphasis = not emphasis
            place += 1
        elif sign == "[" and closes < 0 and (tail := _link_tail(source, place + 1)):
            link, closes, goes_on = _address(tail[1], at), tail.start(), tail.end()
            place += 1
        else:
            spans.append(Span(sign, strong, emphasis, link))
            place += 1
    if strong or emphasis:
        raise MarkdownProblem(at + 1, Sentence(gettext_noop("A star mark is not closed. For a real star write \\*.")))
    return tidy_spans(spans)


def _address(written: str, at: int) -> str:
    address = re.sub(r"\\(.)", r"\1", written)
    if not is_safe_address(address):
        raise MarkdownProblem(
            at + 1, Sentence(gettext_noop("This is not an address: “%(address)s”."), {"address": address})
        )
    return address


def _link_tail(source: str, place: int) -> re.Match[str] | None:
    """The `](address)` that closes a bracket opened just before `place`, if there is one."""
    while place < len(source):
        if source[place] == "\\":
            place += 2
        elif source[place] == "[":
            return None
        elif source[place] == "]":
            return LINK_TAIL.match(source, place)
        else:
            place += 1
    return None


def to_markdown(blocks: Blocks) -> str:
    """The canonical Markdown: one line per block, a blank line between blocks, no newline at the end."""
    parts = []
    for block in tidy_blocks(blocks):
        if isinstance(block, ItemList):
            parts.append("\n".join(_list_lines(block, "")))
        elif isinstance(block, Heading):
            parts.append("### " + _marked(block.spans))
        elif isinstance(block, Quote):
            parts.append("\n".join("> " + line for line in _marked(block.spans).split("\n")))
        else:
            parts.append("\n".join(_safe_start(line) for line in _marked(block.spans).split("\n")))
    return "\n\n".join(parts)


def _list_lines(block: ItemList, indent: str) -> list[str]:
    lines = []
    for number, item in enumerate(block.items, 1):
        marker = f"{number}. " if block.ordered else "- "
        deeper = indent + " " * len(marker)
        first, *rest = _marked(item.spans).split("\n")
        lines.append((indent + marker + first).rstrip(" "))
        lines.extend(deeper + _safe_start(line) for line in rest)
        for one in item.lists:
            lines.extend(_list_lines(one, deeper))
    return lines


def _safe_start(line: str) -> str:
    """A line whose first signs would be read as a mark gets a backslash."""
    marker = MARKER.fullmatch(line)
    if marker and marker[2][-1] == ".":
        return line.replace(".", "\\.", 1)
    if marker or line.startswith(("#", ">", ":::")):
        return "\\" + line
    return line


def _marked(spans: Spans) -> str:
    out: list[str] = []
    now = Span("")
    for span in (*spans, Span("")):
        if now.link and span.link != now.link:
            address = re.sub(r"[()\\]", r"\\\g<0>", now.link)
            out.append(f"]({address})")
        if span.strong != now.strong:
            out.append("**")
        if span.emphasis != now.emphasis:
            out.append("*")
        if span.link and span.link != now.link:
            out.append("[")
        out.append(re.sub(r"[\\*\[\]]" if span.link else r"[\\*\[]", r"\\\g<0>", span.text).replace("\n", "\\\n"))
        now = span
    return "".join(out)
