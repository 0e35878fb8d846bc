"""Regions come in by their official codes, groups by the village they meet in. Action."""

from collections.abc import Sequence

from lms.kit.writing import writing
from lms.people import rules
from lms.people.models import Region, VillageGroup


class BadRow(ValueError):
    """A row that is no region or group; `row` counts from 1."""

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


def load_groups(*, rows: Sequence[tuple[str, str, str]]) -> tuple[int, int]:
    """Add groups by (village code, name, kind); returns (new, of another kind now). Raises BadRow before any write."""
    villages = dict(Region.objects.of_level(4).filter(code__in={row[0] for row in rows}).values_list("code", "name"))
    for number, (village, name, kind) in enumerate(rows, start=1):
        if village not in villages:
            raise BadRow(number, f"{village!r} is no village that is known. Load it with load_regions first.")
        if not name:
            raise BadRow(number, f"a group of {villages[village]} has no name.")
        if kind not in VillageGroup.Kind:
            raise BadRow(number, f"{kind!r} is none of {', '.join(VillageGroup.Kind.values)}.")
    known = {(group.village_id, group.name): group for group in VillageGroup.objects.filter(village__in=villages)}
    wanted = {(village, name): kind for village, name, kind in rows}
    new = [VillageGroup(village_id=v, name=n, kind=k) for (v, n), k in wanted.items() if (v, n) not in known]
    other = [known[key] for key, kind in wanted.items() if key in known and known[key].kind != kind]
    for group in other:
        group.kind = wanted[group.village_id, group.name]
    with writing():
        VillageGroup.objects.bulk_create(new, batch_size=500)
        VillageGroup.objects.bulk_update(other, ["kind"], batch_size=500)
    return len(new), len(other)
