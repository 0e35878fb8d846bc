"""YAML read with its line numbers: every wrong value becomes a sentence with file and line, and reading goes on."""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any
from uuid import UUID

import yaml

from courses.curriculum.problems import Problems
from lms.kit import richtext
from lms.kit.words import Sentence, gettext_noop

TRUE = {"true", "yes"}
FALSE = {"false", "no"}
MOST_DEPTH = 12
CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")


@dataclass(frozen=True, slots=True)
class Source:
    """A piece of YAML inside a file: its text and the line before its first one."""

    file: str
    text: str
    before: int = 0


class Fields:
    """One mapping. Each getter reads one key, notes what is wrong and gives a plain value back."""

    def __init__(self, node: Any, source: Source, problems: Problems) -> None:
        self.source = source
        self.problems = problems
        self._nodes: dict[str, Any] = {}
        self._lines: dict[str, int] = {}
        self._asked: set[str] = set()
        self._line = _line_of(node, source)
        if node is None:
            return
        if not isinstance(node, yaml.MappingNode):
            self._note(self._line, gettext_noop("Write names and values here, such as “title: …”."))
            return
        for key, value in node.value:
            if key.value in self._nodes:
                self._note(_line_of(key, source), gettext_noop("“%(name)s” stands here twice."), name=key.value)
            self._nodes[str(key.value)] = value
            self._lines[str(key.value)] = _line_of(key, source)

    def has(self, name: str) -> bool:
        node = self._nodes.get(name)
        return node is not None and not _is_null(node)

    def line(self, name: str = "") -> int:
        """Where the name stands; where the mapping begins when it does not."""
        return self._lines.get(name, self._line)

    def problem(self, sentence: Sentence, name: str = "") -> None:
        """Note that the value of `name` (or the whole mapping) is wrong."""
        self.problems.add(self.source.file, self.line(name), sentence)

    def _note(self, line: int, template: str, **params: object) -> None:
        self.problems.add(self.source.file, line, Sentence(template, params))

    def _scalar(self, name: str, *, required: bool) -> str | None:
        """The value as it is written; None when it is missing or null."""
        self._asked.add(name)
        node = self._nodes.get(name)
        if node is None or _is_null(node):
            if required:
                self._note(self._line, gettext_noop("“%(name)s” is missing."), name=name)
            return None
        if not isinstance(node, yaml.ScalarNode):
            self._note(self.line(name), gettext_noop("“%(name)s” takes one value, not a list."), name=name)
            return None
        return str(node.value)

    def text(self, name: str, *, required: bool = True, most: int = 0) -> str:
        """A text without white space at its ends; `most` letters."""
        value = (self._scalar(name, required=required) or "").strip()
        value = "\n".join(line.rstrip() for line in value.split("\n"))
        if required and not value and self.has(name):
            self._note(self.line(name), gettext_noop("“%(name)s” is empty."), name=name)
        if most and len(value) > most:
            self._note(
                self.line(name),
                gettext_noop("“%(name)s” is longer than %(most)s letters."),
                name=name,
                most=most,
            )
        return value

    def markdown(self, name: str, *, required: bool = True) -> str:
        """A text with marks, in its canonical form."""
        value = self.text(name, required=required)
        try:
            return richtext.to_markdown(richtext.from_markdown(value))
        except richtext.MarkdownProblem as problem:
            node = self._nodes[name]
            is_block = getattr(node, "style", None) in {"|", ">"}
            self.problems.add(
                self.source.file, self.line(name) + problem.line - (0 if is_block else 1), problem.sentence
            )
            return ""

    def code(self, name: str, *, required: bool = True, most: int = 30) -> str:
        value = self.text(name, required=required, most=most)
        if value and not CODE.fullmatch(value):
            self._note(self.line(name), gettext_noop("“%(name)s” takes letters, digits and hyphens."), name=name)
        return value

    def whole(self, name: str, low: int, high: int, default: int | None = None) -> int:
        """A whole number from `low` to `high`; required when there is no default."""
        value = self._scalar(name, required=default is None)
        if value is None:
            return low if default is None else default
        if not re.fullmatch(r"-?\d{1,9}", value) or not low <= int(value) <= high:
            self._note(
                self.line(name),
                gettext_noop("“%(name)s” takes a whole number from %(low)s to %(high)s."),
                name=name,
                low=low,
                high=high,
            )
            return low
        return int(value)

    def number(self, name: str, default: str = "1") -> Decimal:
        value = self._scalar(name, required=False)
        try:
            number = Decimal(value if value is not None else default)
        except InvalidOperation:
            number = Decimal(-1)
        if not 0 <= number < 1000:
            self._note(self.line(name), gettext_noop("“%(name)s” takes a number from 0 to 999."), name=name)
            return Decimal(default)
        return number

    def flag(self, name: str, default: bool | None = None) -> bool:
        value = self._scalar(name, required=default is None)
        if value is None:
            return bool(default)
        if value.lower() not in TRUE | FALSE:
            self._note(self.line(name), gettext_noop("“%(name)s” takes true or false."), name=name)
        return value.lower() in TRUE

    def choice(self, name: str, options: Collection[str], default: str | None = None) -> str:
        value = self._scalar(name, required=default is None)
        if value is None:
            return default or next(iter(options))
        if value not in options:
            self._note(
                self.line(name),
                gettext_noop("“%(name)s” takes one of: %(options)s."),
                name=name,
                options=", ".join(options),
            )
            return next(iter(options))
        return value

    def uuid(self, name: str) -> UUID:
        value = self._scalar(name, required=True)
        try:
            return UUID(value)
        except (TypeError, ValueError):
            if value is not None:
                self._note(self.line(name), gettext_noop("“%(name)s” is not a UUID. Make a new one."), name=name)
            return UUID(int=0)

    def day(self, name: str) -> date | None:
        value = self._scalar(name, required=False)
        try:
            return date.fromisoformat(value) if value else None
        except ValueError:
            self._note(self.line(name), gettext_noop("“%(name)s” takes a date such as 2026-03-31."), name=name)
            return None

    def words(self, name: str, *, required: bool = False) -> tuple[str, ...]:
        """A list of short texts."""
        words = []
        for node in self._items(name, required=required):
            if isinstance(node, yaml.ScalarNode) and not _is_null(node) and node.value.strip():
                words.append(node.value.strip())
            else:
                self._note(_line_of(node, self.source), gettext_noop("Write one text here."))
        return tuple(words)

    def rows(self, name: str, *, required: bool = True) -> list["Fields"]:
        """A list of mappings."""
        return [Fields(node, self.source, self.problems) for node in self._items(name, required=required)]

    def part(self, name: str) -> "Fields | None":
        """A mapping in the place of a value, or None when it is not there."""
        self._asked.add(name)
        node = self._nodes.get(name)
        return None if node is None or _is_null(node) else Fields(node, self.source, self.problems)

    def _items(self, name: str, *, required: bool) -> list[Any]:
        self._asked.add(name)
        node = self._nodes.get(name)
        if node is None or _is_null(node):
            if required:
                self._note(self._line, gettext_noop("“%(name)s” is missing."), name=name)
            return []
        if not isinstance(node, yaml.SequenceNode):
            self._note(self.line(name), gettext_noop("“%(name)s” takes a list."), name=name)
            return []
        return list(node.value)

    def close(self) -> None:
        """Note every name that nobody asked for: it is a slip of the pen."""
        for name in self._nodes:
            if name not in self._asked:
                self._note(self.line(name), gettext_noop("“%(name)s” is not known here."), name=name)


def _line_of(node: Any, source: Source) -> int:
    return source.before + (node.start_mark.line if node is not None else 0) + 1


def _is_null(node: Any) -> bool:
    return isinstance(node, yaml.ScalarNode) and node.tag == "tag:yaml.org,2002:null"


def fields_of(source: Source, problems: Problems) -> Fields:
    """The mapping that a file or block is."""
    return Fields(_composed(source, problems), source, problems)


def rows_of(source: Source, problems: Problems) -> list[Fields]:
    """The list of mappings that a file is."""
    node = _composed(source, problems)
    if not isinstance(node, yaml.SequenceNode):
        if node is not None:
            problems.add(
                source.file, source.before + 1, Sentence(gettext_noop("Write a list here: each item begins with “- ”."))
            )
        return []
    return [Fields(one, source, problems) for one in node.value]


def _unsafe(events: Iterable[yaml.Event]) -> Sentence | None:
    """What would make composing endless or too deep."""
    depth = 0
    for event in events:
        if isinstance(event, yaml.AliasEvent):
            return Sentence(gettext_noop("References with * and & are not taken."))
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > MOST_DEPTH:
            return Sentence(gettext_noop("This YAML is nested too deep."))
    return None


def _composed(source: Source, problems: Problems) -> Any:
    """The top node, or None when its problem is noted already."""
    try:
        fault = _unsafe(yaml.parse(source.text, Loader=yaml.SafeLoader))
        if fault:
            problems.add(source.file, source.before + 1, fault)
            return None
        node = yaml.compose(source.text, Loader=yaml.SafeLoader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = source.before + (mark.line if mark else 0) + 1
        problems.add(
            source.file,
            line,
            Sentence(
                gettext_noop("This is not valid YAML: %(what)s. Texts with “: ” or “#” need quotes."),
                {"what": getattr(error, "problem", None) or "?"},
            ),
        )
        return None
    if node is None:
        problems.add(source.file, source.before + 1, Sentence(gettext_noop("Nothing is written here.")))
        return None
    return node
