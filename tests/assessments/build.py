"""Small makers for tests of assessments."""

from typing import Any

from assessments.rules.items import TRUE_OR_FALSE, Choice, Item, Kind


def item(code: str = "T1-1", **more: Any) -> Item:
    """A question with one right choice of three, unless told otherwise."""
    kind = Kind(more.pop("kind", Kind.SINGLE))
    keys = more.pop("choices", ("a", "b", "c"))
    choices = TRUE_OR_FALSE if kind is Kind.TRUE_FALSE else tuple(Choice(key, f"Pilihan {key}") for key in keys)
    if kind is Kind.MATCHING:
        more["lefts"] = tuple(Choice(key, f"Kiri {key}") for key in more.pop("lefts", keys))
    pairs = tuple(f"{key}>{key}" for key in keys)
    usual = {Kind.TRUE_FALSE: ("true",), Kind.ORDERING: tuple(keys), Kind.MATCHING: pairs, Kind.NUMBER: ("72",)}
    right = tuple(more.pop("right", usual.get(kind, ("a",))))
    return Item(code=code, kind=kind, stem=more.pop("stem", f"Soal {code}?"), choices=choices, right=right, **more)
