"""What Moodle has no place for travels in its tags: “lopo:lesson=3”, so that our own files come back as they went."""

from collections.abc import Iterable, Mapping
from typing import Any

PREFIX = "lopo:"
LISTS = {"law": "laws", "source": "sources"}
FLAGS = ("critical", "partial")
WHOLE = ("difficulty", "slips")
TEXTS = ("use", "lesson", "family", "competency", "unit")
USUAL: Mapping[str, Any] = {"lesson": "", "family": "", "competency": "", "critical": False, "laws": [], "sources": []}


def to_tags(fields: Mapping[str, Any]) -> list[str]:
    """Tags for one question: its own, then what stands in its other fields."""
    tags = [str(tag) for tag in fields.get("tags") or ()]
    for name in TEXTS:
        value = "" if name == "family" and fields.get(name) == fields.get("code") else fields.get(name)
        if value:
            tags.append(f"{PREFIX}{name}={value}")
    if fields.get("kind") == "picture":
        tags.append(f"{PREFIX}kind=picture")
    tags += [f"{PREFIX}{name}={fields[name]}" for name in WHOLE if fields.get(name)]
    tags += [f"{PREFIX}{name}" for name in FLAGS if fields.get(name)]
    tags += [f"{PREFIX}{short}={one}" for short, name in LISTS.items() for one in fields.get(name) or ()]
    return tags


def from_tags(tags: Iterable[str]) -> dict[str, Any]:
    """The fields that these tags say. One tag of ours means that all of them were written: the rest is as usual."""
    given = [tag.strip() for tag in tags if tag.strip()]
    ours = [tag.removeprefix(PREFIX) for tag in given if tag.startswith(PREFIX)]
    fields: dict[str, Any] = {"tags": list(dict.fromkeys(tag for tag in given if not tag.startswith(PREFIX)))}
    if not ours:
        return fields if fields["tags"] else {}
    fields |= {name: list(value) if isinstance(value, list) else value for name, value in USUAL.items()}
    fields["partial"] = False
    for tag in ours:
        name, _equals, value = tag.partition("=")
        if name in LISTS:
            fields[LISTS[name]].append(value)
        elif name in FLAGS:
            fields[name] = True
        elif name in (*TEXTS, *WHOLE, "kind"):
            fields[name] = value
    return fields
