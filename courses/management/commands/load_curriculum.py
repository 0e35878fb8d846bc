from argparse import ArgumentParser
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext

from courses.curriculum import loading, reading
from courses.curriculum.problems import CurriculumRefused
from lms.kit import clock
from lms.kit.refusing import Refused


class Command(BaseCommand):
    help = "Bring a course from a folder into the site. Repeatable: only what differs is published anew."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path)
        parser.add_argument(
            "--overwrite", action="store_true", help="take the files also where trainers edited, moved or deleted pages"
        )

    def handle(self, *args: object, **options: object) -> None:
        folder = Path(str(options["folder"]))
        if not folder.is_dir():
            raise CommandError(gettext("There is no folder %(folder)s.") % {"folder": folder})
        try:
            course = reading.read_course(folder)
            changes = loading.load_course(course=course, now=clock.now(), overwrite=bool(options["overwrite"]))
        except CurriculumRefused as refused:
            lines = "\n".join(problem.render(gettext) for problem in refused.problems)
            raise CommandError(gettext("The folder has problems. Nothing changed.") + "\n" + lines) from refused
        except Refused as refused:
            raise CommandError(str(refused)) from refused
        for line in changes or [gettext("Nothing changed.")]:
            self.stdout.write(line)
