"""Migrations: none missing, none unnamed, none over 150 lines."""

import re

import pytest
from django.core.management import call_command

from tests.house.plan import files

OURS = [house.path for house in files(migrations=True) if house.path.parent.name == "migrations"]
MIGRATIONS = [path for path in OURS if path.name != "__init__.py"]


@pytest.mark.django_db
def test_no_migration_is_missing() -> None:
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def test_every_migration_has_a_name() -> None:
    assert [path.name for path in MIGRATIONS if re.search(r"_auto_\d|^\d{4}_initial", path.name)] == []


def test_no_migration_is_over_150_lines() -> None:
    assert {p.name: n for p in MIGRATIONS if (n := len(p.read_text("utf-8").splitlines())) > 150} == {}
