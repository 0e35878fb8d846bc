"""XML as a small tree that knows its lines. Entities, foreign files and endless depth are refused before they act."""

from dataclasses import dataclass, field
from io import BytesIO
from typing import Any
from xml.sax.handler import ContentHandler
from xml.sax.xmlreader import Locator

from defusedxml import DefusedXmlException
from defusedxml.sax import make_parser

from lms.kit.unfit import UnfitFile
from lms.kit.words import Sentence, gettext_noop

MOST_DEPTH = 20
MOST_ELEMENTS = 200_000


@dataclass(slots=True)
class Element:
    tag: str
    line: int
    attributes: dict[str, str]
    pieces: list[str] = field(default_factory=list)
    children: list["Element"] = field(default_factory=list)

    @property
    def words(self) -> str:
        return "".join(self.pieces)

    def all(self, tag: str) -> list["Element"]:
        return [child for child in self.children if child.tag == tag]

    def first(self, tag: str) -> "Element | None":
        return next((child for child in self.children if child.tag == tag), None)

    def text(self, *path: str) -> str:
        """The words of the element at the end of the path, or nothing."""
        found: Element | None = self
        for tag in path:
            found = found.first(tag) if found else None
        return found.words.strip() if found else ""


class _Builder(ContentHandler):
    def __init__(self) -> None:
        super().__init__()
        self.top = Element("", 0, {})
        self.open = [self.top]
        self.count = 0
        self.locator: Any = None

    def setDocumentLocator(self, locator: Locator) -> None:  # noqa: N802 - the name that SAX calls
        self.locator = locator

    def startElement(self, name: str, attrs: Any) -> None:  # noqa: N802
        self.count += 1
        if len(self.open) > MOST_DEPTH or self.count > MOST_ELEMENTS:
            raise UnfitFile(Sentence(gettext_noop("This XML is nested too deep or has too many parts.")))
        element = Element(name, self.locator.getLineNumber() or 0, dict(attrs.items()))
        self.open[-1].children.append(element)
        self.open.append(element)

    def endElement(self, name: str) -> None:  # noqa: N802
        self.open.pop()

    def characters(self, content: str) -> None:
        self.open[-1].pieces.append(content)


def parse(content: bytes) -> Element:
    """The top element. Raises UnfitFile with the line for what is no whole, harmless XML."""
    builder = _Builder()
    parser = make_parser()
    parser.forbid_dtd = parser.forbid_entities = parser.forbid_external = True
    parser.setContentHandler(builder)
    try:
        parser.parse(BytesIO(content.lstrip()))
    except DefusedXmlException as error:
        sentence = gettext_noop("This XML brings definitions of its own (DOCTYPE). Such files are not taken.")
        raise UnfitFile(Sentence(sentence)) from error
    except UnfitFile:
        raise
    except Exception as error:  # a decoder met by a hostile file may raise anything
        line = getattr(error, "getLineNumber", lambda: 0)() or 1
        sentence = gettext_noop("Line %(line)s: this is no whole XML in the letters it names (UTF-8). Export it again.")
        raise UnfitFile(Sentence(sentence, {"line": line})) from error
    return builder.top.children[0]
