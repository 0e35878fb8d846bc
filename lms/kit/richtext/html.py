"""The HTML that Wagtail's editor keeps, for the same subset."""

from collections.abc import Callable, Mapping
from html import escape
from html.parser import HTMLParser

from lms.kit.richtext.blocks import (
    Block,
    Blocks,
    Heading,
    Item,
    ItemList,
    Paragraph,
    Quote,
    Span,
    Spans,
    is_safe_address,
    tidy_blocks,
)

STRONG = {"b", "strong"}
EMPHASIS = {"i", "em"}
BLOCK_OF: Mapping[str, Callable[[Spans], Block]] = {
    "p": Paragraph,
    "blockquote": Quote,
    **{f"h{level}": Heading for level in range(1, 7)},
}
# Their text is not text.
SILENT = {"script", "style"}


class _OpenList:
    """A list whose items are still being read."""

    def __init__(self, *, ordered: bool) -> None:
        self.ordered = ordered
        self.items: list[tuple[list[Span], list[ItemList]]] = []

    def closed(self) -> ItemList:
        return ItemList(self.ordered, tuple(Item(tuple(spans), tuple(lists)) for spans, lists in self.items))


class _Reader(HTMLParser):
    """Collects blocks; unknown tags are passed through, their text is kept."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.blocks: list[Block] = []
        self.spans: list[Span] = []
        self.kind: Callable[[Spans], Block] = Paragraph
        self.lists: list[_OpenList] = []
        self.strong = self.emphasis = self.silent = 0
        self.link = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in BLOCK_OF and not self.lists:
            self.flush()
            self.kind = BLOCK_OF[tag]
        elif tag in {"ul", "ol"}:
            self.flush()
            self.lists.append(_OpenList(ordered=tag == "ol"))
        elif tag == "li" and self.lists:
            self.lists[-1].items.append(([], []))
        elif tag == "br":
            self.handle_data("\n", is_break=True)
        elif tag == "a":
            self.link = _address_of(dict(attrs))
        self._mark(tag, 1)

    def handle_endtag(self, tag: str) -> None:
        if tag in BLOCK_OF and not self.lists:
            self.flush()
        elif tag in {"ul", "ol"} and self.lists:
            done = self.lists.pop().closed()
            if not self.lists:
                self.blocks.append(done)
            elif self.lists[-1].items:
                self.lists[-1].items[-1][1].append(done)
        elif tag == "a":
            self.link = ""
        self._mark(tag, -1)

    def _mark(self, tag: str, step: int) -> None:
        if tag in STRONG:
            self.strong = max(0, self.strong + step)
        elif tag in EMPHASIS:
            self.emphasis = max(0, self.emphasis + step)
        elif tag in SILENT:
            self.silent = max(0, self.silent + step)

    def handle_data(self, data: str, *, is_break: bool = False) -> None:
        if self.silent:
            return
        text = data if is_break else data.replace("\n", " ")
        span = Span(text, bool(self.strong), bool(self.emphasis), self.link)
        if self.lists:
            if self.lists[-1].items:
                self.lists[-1].items[-1][0].append(span)
        else:
            self.spans.append(span)

    def flush(self) -> None:
        self.blocks.append(self.kind(tuple(self.spans)))
        self.spans, self.kind = [], Paragraph


def _address_of(attrs: dict[str, str | None]) -> str:
    if attrs.get("linktype") == "page":
        address = f"page:{attrs.get('id')}"
    else:
        address = (attrs.get("href") or "").strip().replace(" ", "%20")
    return address if is_safe_address(address) else ""


def from_html(html: str) -> Blocks:
    """Blocks of the editor's HTML. Marks outside the subset are dropped, their text stays."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    while reader.lists:
        reader.handle_endtag("ul")
    reader.flush()
    return tidy_blocks(reader.blocks)


def to_html(blocks: Blocks, *, heading: int = 3, classes: Mapping[str, str] | None = None) -> str:
    """HTML of the blocks: as the editor keeps it, or dressed for a page with a heading level and classes by tag."""
    return "".join(_block_html(block, heading, classes or {}) for block in tidy_blocks(blocks))


def _block_html(block: Block, heading: int, classes: Mapping[str, str]) -> str:
    if isinstance(block, ItemList):
        items = "".join(
            f"<li>{_spans_html(item.spans)}{''.join(_block_html(one, heading, classes) for one in item.lists)}</li>"
            for item in block.items
        )
        return _tagged("ol" if block.ordered else "ul", items, classes)
    tag = {Paragraph: "p", Quote: "blockquote", Heading: f"h{heading}"}[type(block)]
    return _tagged(tag, _spans_html(block.spans), classes)


def _tagged(tag: str, inner: str, classes: Mapping[str, str]) -> str:
    worn = f' class="{classes[tag]}"' if tag in classes else ""
    return f"<{tag}{worn}>{inner}</{tag}>"


def _spans_html(spans: Spans) -> str:
    """Links hold strong, strong holds emphasis; a tag stays open as long as its mark goes on."""
    out: list[str] = []
    open_tags: list[str] = []
    for span in (*spans, Span("")):
        wanted = [
            *([_link_tag(span.link)] if span.link else []),
            *(["<b>"] if span.strong else []),
            *(["<i>"] if span.emphasis else []),
        ]
        same = 0
        while same < min(len(wanted), len(open_tags)) and wanted[same] == open_tags[same]:
            same += 1
        out.extend(f"</{tag[1]}>" for tag in reversed(open_tags[same:]))
        out.extend(wanted[same:])
        open_tags = wanted
        out.append(escape(span.text, quote=False).replace("\n", "<br/>"))
    return "".join(out)


def _link_tag(address: str) -> str:
    if address.startswith("page:"):
        return f'<a linktype="page" id="{escape(address[5:])}">'
    return f'<a href="{escape(address)}">'
