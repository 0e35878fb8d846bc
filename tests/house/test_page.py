"""docs/house.md is read first by whoever is new here: it names every file that does the work."""

import re

from tests.house.plan import APPS, ROOT, files

PAGE = (ROOT / "docs" / "house.md").read_text(encoding="utf-8").split("## Where things are")[1].split("```")[1]
NAMED = set(re.findall(r"[a-z_]+", PAGE))


def test_the_page_names_every_module_of_every_app():
    """Doors have the same names in every app and need no line of their own."""
    found = [one for one in files() if one.name.rpartition(".")[0] in APPS]
    top = [one for one in found if one.kind != "doors" and one.path.stem != "apps"]
    assert len(top) > 100
    assert [one.name for one in top if one.name.rpartition(".")[2] not in NAMED] == []
