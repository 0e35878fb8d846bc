import tempfile
from argparse import ArgumentParser
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext

from courses.curriculum import loading, reading, zipped
from courses.curriculum.problems import CurriculumRefused
from lms.kit import clock
from lms.kit.refusing import Refused


class Command(BaseCommand):
    help = "Bring a course from a folder or a zip into the site. Repeatable: only what differs is published anew."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path, help="the folder of the course, or a zip of it")
        parser.add_argument(
            "--overwrite", action="store_true", help="take the files also where trainers edited, moved or deleted pages"
        )
        parser.add_argument("--dry-run", action="store_true", help="say what would change, and change nothing")

    def handle(self, *args: object, **options: object) -> None:
        source = Path(str(options["folder"]))
        if not source.exists():
            raise CommandError(gettext("There is no folder %(folder)s.") % {"folder": source})
        with tempfile.TemporaryDirectory() as unpacked:
            try:
                folder = self.folder_of(source, Path(unpacked))
                changes = self.load(folder, overwrite=bool(options["overwrite"]), is_trial=bool(options["dry_run"]))
            except CurriculumRefused as refused:
                lines = "\n".join(problem.render(gettext) for problem in refused.problems)
                raise CommandError(gettext("The folder has problems. Nothing changed.") + "\n" + lines) from refused
            except Refused as refused:
                raise CommandError(str(refused)) from refused
        for line in changes or [gettext("Nothing changed.")]:
            self.stdout.write(line)

    def folder_of(self, source: Path, unpacked: Path) -> Path:
        if source.is_dir():
            return source
        with source.open("rb") as file:
            return zipped.unpack(file, unpacked)

    def load(self, folder: Path, *, overwrite: bool, is_trial: bool) -> list[str]:
        course = reading.read_course(folder)
        if is_trial:
            return loading.foretell_course(course=course, now=clock.now(), overwrite=overwrite)
        return loading.load_course(course=course, now=clock.now(), overwrite=overwrite)
