from argparse import ArgumentParser
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext

from assessments.exchange import carrying


class Command(BaseCommand):
    help = "Write the question bank of a module as .gift, .xml (Moodle) or .xlsx, by the ending of the file."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("module", help="the code of the module, for example m3")
        parser.add_argument("file", type=Path)

    def handle(self, *args: object, **options: object) -> None:
        file = Path(str(options["file"]))
        module = carrying.module_called(str(options["module"]))
        if module is None:
            raise CommandError(gettext("There is no such file, or not one module of that code."))
        if file.suffix not in carrying.FORMS:
            raise CommandError(gettext("Take a file that ends in %(forms)s.") % {"forms": ", ".join(carrying.FORMS)})
        questions = carrying.questions_of(module)
        losses = carrying.losses(questions, file.suffix)
        for code, is_out, why in losses:
            self.stdout.write(f"{'!' if is_out else '-'} {code} {why.render(gettext)}")
        file.write_bytes(carrying.write(questions, file.suffix, gettext))
        count = len(questions) - sum(is_out for _code, is_out, _why in losses)
        params = {"count": count, "total": len(questions), "file": file}
        self.stdout.write(gettext("%(count)s of %(total)s questions written to %(file)s.") % params)
