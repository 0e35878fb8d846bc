import csv
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from lms.people import mapping


class Command(BaseCommand):
    help = "Load regions from a CSV file with the columns code and name (Kemendagri codes). Repeatable."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path = options["file"]
        try:
            with path.open(newline="", encoding="utf-8-sig") as file:
                rows = [(row["code"].strip(), row["name"].strip()) for row in csv.DictReader(file)]
        except (OSError, UnicodeDecodeError, KeyError, csv.Error) as error:
            raise CommandError(f"{path.name} cannot be read as a CSV file with code and name: {error}") from error
        try:
            new, renamed = mapping.load_regions(rows=rows)
        except mapping.BadRow as error:
            raise CommandError(f"{path.name}, row {error.row + 1}: {error}") from error
        self.stdout.write(f"{new} new regions, {renamed} renamed, {len(rows) - new - renamed} as before.")
