from pathlib import Path
from typing import Any

import yaml
from django.core.management.base import BaseCommand, CommandError, CommandParser

from lms.kit import clock
from lms.kit.refusing import Refused
from lms.library import shelving


class Command(BaseCommand):
    help = "Put what a folder's pustaka.yaml names into the library. What is there, and what was removed, stays so."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        folder: Path = options["folder"]
        try:
            rows = yaml.safe_load((folder / "pustaka.yaml").read_text(encoding="utf-8"))
        except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
            raise CommandError(f"pustaka.yaml cannot be read: {error}") from error
        try:
            added = shelving.begin_with(rows=rows, folder=folder, now=clock.now())
        except Refused as refused:
            raise CommandError(f"pustaka.yaml: {refused}") from refused
        self.stdout.write(f"New in the library: {added}")
