from argparse import ArgumentParser
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext

from courses.curriculum import gathering, writing
from courses.models import CoursePage


class Command(BaseCommand):
    help = "Write a published course as a folder that load_curriculum reads back."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("slug")
        parser.add_argument("folder", type=Path)

    def handle(self, *args: object, **options: object) -> None:
        slug, folder = str(options["slug"]), Path(str(options["folder"]))
        page = CoursePage.objects.live().filter(slug=slug).first()
        if page is None:
            raise CommandError(gettext("There is no published course “%(slug)s”.") % {"slug": slug})
        written = writing.write_course(gathering.gather_course(page), folder)
        self.stdout.write(gettext("%(count)s files written to %(folder)s.") % {"count": len(written), "folder": folder})
