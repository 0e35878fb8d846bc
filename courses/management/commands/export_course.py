from argparse import ArgumentParser
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext

from courses.curriculum import gathering, writing, zipped
from courses.models import CoursePage


class Command(BaseCommand):
    help = "Write a published course as a folder, or a zip, that load_curriculum reads back."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("slug")
        parser.add_argument("folder", type=Path, help="a folder, or a file name that ends in .zip")

    def handle(self, *args: object, **options: object) -> None:
        slug, folder = str(options["slug"]), Path(str(options["folder"]))
        page = CoursePage.objects.live().filter(slug=slug).first()
        if page is None:
            raise CommandError(gettext("There is no published course “%(slug)s”.") % {"slug": slug})
        course = gathering.gather_course(page)
        if folder.suffix == ".zip":
            with folder.open("wb") as file:
                count = zipped.write_zip(course, file)
        else:
            count = len(writing.write_course(course, folder))
        self.stdout.write(gettext("%(count)s files written to %(folder)s.") % {"count": count, "folder": folder})
