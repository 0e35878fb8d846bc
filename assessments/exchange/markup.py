"""Text out of the HTML that Moodle keeps: paragraphs become lines, pictures are named, the rest of the marks goes."""

import base64
import binascii
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import unquote

from assessments.exchange.drafts import NoQuestion, tidy
from lms.kit.unfit import UnfitFile
from lms.kit.words import Sentence, gettext_noop

PLUGIN = "@@PLUGINFILE@@/"
BLOCKS = frozenset(
    {"p", "div", "li", "ul", "ol", "tr", "table", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "pre", "br", "hr"}
    | {"section", "article", "dl", "dt", "dd"}
)
SILENT = frozenset({"script", "style", "head", "title", "template"})
SOUNDS = frozenset({"audio", "video", "object", "embed", "iframe"})
LOOKS_LIKE_HTML = re.compile(r"</?[a-zA-Z][^<>]*>|&(?:[a-zA-Z]+|#\d+);")
EMPHASIS = re.compile(r"(?<!\w)(\*\*|__|\*|_|`)(?=\S)(.+?)(?<=\S)\1(?!\w)")
DATA = re.compile(r"data:image/[a-z+.-]+;base64,(.*)", re.I | re.S)

Keep = Callable[[bytes, str], str]


@dataclass(slots=True)
class Told:
    """The plain text of one piece, and the pictures in it: file name and what they show."""

    text: str
    pictures: list[dict[str, str]] = field(default_factory=list)
    lost: list[Sentence] = field(default_factory=list)


def told(source: str, form: str = "html", files: Mapping[str, bytes] | None = None, keep: Keep | None = None) -> Told:
    """The piece as plain text. `form`: html, plain, markdown or anything else (text that may hold HTML).

    `keep` takes a picture's bytes and name, and gives the name under which it is kept. Raises NoQuestion for a picture
    that cannot be taken.
    """
    if form == "plain" or (form != "html" and not LOOKS_LIKE_HTML.search(source)):
        text = EMPHASIS.sub(r"\2", source) if form == "markdown" else source
        return Told(tidy(text))
    parser = _Plain(files or {}, keep)
    parser.feed(source)
    parser.close()
    return Told(tidy("".join(parser.words)), parser.pictures, parser.lost)


class _Plain(HTMLParser):
    def __init__(self, files: Mapping[str, bytes], keep: Keep | None) -> None:
        super().__init__(convert_charrefs=True)
        self.files = files
        self.keep = keep
        self.words: list[str] = []
        self.pictures: list[dict[str, str]] = []
        self.lost: list[Sentence] = []
        self.silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.silent += tag in SILENT
        if tag in BLOCKS:
            self.words.append("\n")
        elif tag in ("td", "th"):
            self.words.append(" ")
        elif tag == "img":
            values = dict(attrs)
            self.picture(values.get("src") or "", values.get("alt") or "")
        elif tag in SOUNDS:
            self.lost.append(Sentence(gettext_noop("Its sound or film is not taken along.")))

    def handle_endtag(self, tag: str) -> None:
        self.silent = max(0, self.silent - (tag in SILENT))
        if tag in BLOCKS:
            self.words.append("\n")

    def handle_data(self, data: str) -> None:
        if not self.silent:
            self.words.append(re.sub(r"\s+", " ", data))

    def picture(self, address: str, alt: str) -> None:
        content, name = self.found(address)
        if self.keep is None:
            raise NoQuestion(Sentence(gettext_noop("A picture cannot stand in this place of a question.")))
        try:
            self.pictures.append({"file": self.keep(content, name), "alt": " ".join(alt.split())})
        except UnfitFile as unfit:
            params = {"file": name, "what": unfit.sentence}
            raise NoQuestion(Sentence(gettext_noop("“%(file)s”: %(what)s"), params)) from unfit

    def found(self, address: str) -> tuple[bytes, str]:
        inside = DATA.fullmatch(address.strip())
        if inside:
            return decoded(inside[1]), "gambar"
        name = unquote(address.removeprefix(PLUGIN)).split("?")[0]
        if not address.startswith(PLUGIN):
            raise NoQuestion(Sentence(gettext_noop("A picture lies on another site. Put it into the question first.")))
        if name not in self.files:
            raise NoQuestion(Sentence(gettext_noop("The picture “%(file)s” is not in the file."), {"file": name[:60]}))
        return self.files[name], name


def decoded(text: str) -> bytes:
    """Bytes out of base64. Raises NoQuestion."""
    try:
        return base64.b64decode("".join(text.split()), validate=True)
    except (binascii.Error, ValueError) as error:
        raise NoQuestion(Sentence(gettext_noop("A picture of this question is damaged. Export it again."))) from error
