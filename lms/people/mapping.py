"""Regions come in by their official codes. Action."""

from collections.abc import Sequence

from lms.kit.writing import writing
from lms.people import rules
from lms.people.models import Region


class BadRow(ValueError):
    """A row that is no region; `row` counts from 1."""

    def __init__(self, row: int, sentence: str) -> None:
        super().__init__(sentence)
        self.row = row


def load_regions(*, rows: Sequence[tuple[str, str]]) -> tuple[int, int]:
    """Add and rename regions; returns (new, renamed). Nothing is deleted. Raises BadRow before any write."""
    known = dict(Region.objects.values_list("code", "name"))
    codes = set(known) | {code for code, _name in rows}
    for number, (code, name) in enumerate(rows, start=1):
        if not rules.is_region_code(code):
            raise BadRow(number, f"{code!r} is not a code of the form 53.02.01.2001.")
        if not name:
            raise BadRow(number, f"{code} has no name.")
        if rules.parent_of(code) and rules.parent_of(code) not in codes:
            raise BadRow(number, f"{code} lies in {rules.parent_of(code)}, which is not known.")
    new = [Region(code=c, name=n, level=rules.level_of(c)) for c, n in dict(rows).items() if c not in known]
    renamed = [Region(code=c, name=n) for c, n in dict(rows).items() if c in known and known[c] != n]
    with writing():
        Region.objects.bulk_create(new, batch_size=500)
        Region.objects.bulk_update(renamed, ["name"], batch_size=500)
    return len(new), len(renamed)
