"""Text with few marks in two forms: a plain Markdown subset in files, and the HTML that the editor keeps.

Between the two stand blocks of spans. Each way and back gives the same blocks, so nothing is lost:
paragraphs, headings, quotes, nested lists, line breaks, strong, emphasis, links.
"""

from lms.kit.richtext.blocks import Blocks, MarkdownProblem, is_safe_address, relinked
from lms.kit.richtext.html import from_html, to_html
from lms.kit.richtext.markdown import from_markdown, to_markdown

__all__ = [
    "Blocks",
    "MarkdownProblem",
    "from_html",
    "from_markdown",
    "is_safe_address",
    "relinked",
    "to_html",
    "to_markdown",
]
