"""Regions and groups are loaded from a file, again and again."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from lms.people.models import Region, VillageGroup

VILLAGES = "code,name\n99,Nusa Lontar\n99.01,Lontar Raya\n99.01.01,Bukit Gewang\n99.01.01.2001,Air Lontar\n"


def load(tmp_path: Path, text: str, command: str = "load_regions") -> str:
    file = tmp_path / "rows.csv"
    file.write_text(text, encoding="utf-8")
    out = StringIO()
    call_command(command, str(file), stdout=out)
    return out.getvalue()


@pytest.mark.django_db
def test_loading_twice_changes_nothing_and_a_new_name_is_taken_over(tmp_path: Path) -> None:
    text = "code,name\n99,Nusa Lontar\n99.01,Lontar Raya\n"
    assert load(tmp_path, text).startswith("2 new regions, 0 renamed")
    assert load(tmp_path, text).startswith("0 new regions, 0 renamed, 2 as before")
    assert load(tmp_path, text.replace("Lontar Raya", "Lontar Besar")).startswith("0 new regions, 1 renamed")
    assert Region.objects.get(code="99.01").name == "Lontar Besar"
    assert set(Region.objects.inside("99.01")) < set(Region.objects.inside(""))
    assert Region.objects.of_level(1).count() == 1


@pytest.mark.django_db
@pytest.mark.parametrize("row", ["99-01,X", "99.01,", "98.01,X"])
def test_a_bad_row_is_named_and_nothing_is_loaded(tmp_path: Path, row: str) -> None:
    with pytest.raises(CommandError, match="row 3"):
        load(tmp_path, f"code,name\n99,Nusa Lontar\n{row}\n")
    assert not Region.objects.exists()


@pytest.mark.django_db
def test_a_file_without_the_columns_is_refused_in_words(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="code and name"):
        load(tmp_path, "kode,nama\n99,X\n")


@pytest.mark.django_db
def test_groups_are_loaded_twice_without_change_and_a_new_kind_is_taken_over(tmp_path: Path) -> None:
    load(tmp_path, VILLAGES)
    text = "village,name,kind\n99.01.01.2001,Kelompok Air Lontar,women\n99.01.01.2001,Karang Taruna,women\n"
    assert load(tmp_path, text, "load_groups").startswith("2 new groups, 0 of another kind")
    assert load(tmp_path, text, "load_groups").startswith("0 new groups, 0 of another kind now, 2 as before")
    assert load(tmp_path, text.replace("Taruna,women", "Taruna,youth"), "load_groups").startswith("0 new groups, 1 of")
    assert VillageGroup.objects.get(name="Karang Taruna").kind == VillageGroup.Kind.YOUTH


@pytest.mark.django_db
@pytest.mark.parametrize("row", ["99.01,Kabupaten,women", "99.01.01.2001,,women", "99.01.01.2001,Arisan,choir"])
def test_a_row_that_is_no_group_of_a_village_is_named_and_nothing_is_loaded(tmp_path: Path, row: str) -> None:
    load(tmp_path, VILLAGES)
    with pytest.raises(CommandError, match="row 3"):
        load(tmp_path, f"village,name,kind\n99.01.01.2001,Kelompok Air Lontar,women\n{row}\n", "load_groups")
    assert not VillageGroup.objects.exists()
