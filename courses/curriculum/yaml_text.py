"""YAML written in one canonical way: order kept, nothing wrapped, quotes only where they are needed."""

import json
import re
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Any
from uuid import UUID

import yaml

SHORT = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")


def to_yaml(value: Mapping[str, Any] | Sequence[Mapping[str, Any]]) -> str:
    """A mapping, or a list of mappings with blank lines between, as text that ends with a newline."""
    groups = [_mapping(value, "")] if isinstance(value, Mapping) else [_rows([row], "") for row in value]
    return "\n".join("".join(line + "\n" for line in group) for group in groups)


def _mapping(value: Mapping[str, Any], indent: str) -> list[str]:
    lines: list[str] = []
    for name, one in value.items():
        lines.extend(_pair(name, one, indent))
    return lines


def _pair(name: str, value: Any, indent: str) -> list[str]:
    if isinstance(value, str) and "\n" in value:
        # A first line that begins with spaces would need an explicit indent; texts here never do.
        block = [f"{indent}  {line}" if line else "" for line in value.split("\n")]
        return [f"{indent}{name}: |", *block]
    if isinstance(value, Mapping):
        return [f"{indent}{name}:", *_mapping(value, indent + "  ")]
    if isinstance(value, str) or not isinstance(value, Sequence):
        return [f"{indent}{name}: {scalar(value)}"]
    if any(isinstance(one, Mapping) for one in value):
        return [f"{indent}{name}:", *_rows(value, indent + "  ")]
    if all(SHORT.fullmatch(str(one)) for one in value):
        return [f"{indent}{name}: [{', '.join(scalar(one, in_list=True) for one in value)}]"]
    return [f"{indent}{name}:", *(f"{indent}  - {scalar(one)}" for one in value)]


def _rows(rows: Sequence[Mapping[str, Any]], indent: str) -> list[str]:
    lines: list[str] = []
    for row in rows:
        first, *rest = _mapping(row, indent + "  ")
        lines.append(f"{indent}- {first[len(indent) + 2 :]}")
        lines.extend(rest)
    return lines


def scalar(value: Any, *, in_list: bool = False) -> str:
    """One value. A text stands plain when YAML reads the same text back; else in double quotes."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        return format(value.normalize(), "f")
    if isinstance(value, int | date | UUID):
        return str(value)
    text = str(value)
    return text if _is_plain(text, in_list) else json.dumps(text, ensure_ascii=not text.isprintable())


@lru_cache(maxsize=8192)
def _is_plain(text: str, in_list: bool) -> bool:
    if not text or text != text.strip() or "\n" in text:
        return False
    try:
        node = yaml.compose(f"[{text}]" if in_list else f"a: {text}", Loader=yaml.SafeLoader)
    except yaml.YAMLError:
        return False
    if node is None:
        return False
    values = node.value if in_list else [node.value[0][1]]
    return (
        len(values) == 1
        and isinstance(values[0], yaml.ScalarNode)
        and values[0].tag == "tag:yaml.org,2002:str"
        and values[0].value == text
    )
