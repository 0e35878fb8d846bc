import csv
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from lms.people import mapping


class Command(BaseCommand):
    help = "Load village groups from a CSV file with the columns village (its code), name and kind. Repeatable."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path = options["file"]
        try:
            with path.open(newline="", encoding="utf-8-sig") as file:
                columns = ("village", "name", "kind")
                rows = [tuple((row[one] or "").strip() for one in columns) for row in csv.DictReader(file)]
        except (OSError, UnicodeDecodeError, KeyError, csv.Error) as error:
            raise CommandError(f"{path.name} cannot be read as CSV with village, name and kind: {error}") from error
        try:
            new, other = mapping.load_groups(rows=[(village, name, kind) for village, name, kind in rows])
        except mapping.BadRow as error:
            raise CommandError(f"{path.name}, row {error.row + 1}: {error}") from error
        self.stdout.write(f"{new} new groups, {other} of another kind now, {len(rows) - new - other} as before.")
