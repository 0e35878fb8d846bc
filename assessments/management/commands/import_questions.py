from argparse import ArgumentParser
from pathlib import Path
from tempfile import TemporaryDirectory

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext

from assessments import exchanging
from assessments.exchange import carrying, planning
from assessments.exchange.planning import Fate, Planned
from assessments.models import Question
from lms.kit import clock
from lms.kit.unfit import UnfitFile

SAID = {Fate.NEW: "+", Fate.CHANGED: "~", Fate.SAME: "=", Fate.REFUSED: "!"}


class Command(BaseCommand):
    help = "Take questions from a .gift, .xml (Moodle) or .xlsx file into the bank of a module: all or none."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("module", help="the code of the module, for example m3")
        parser.add_argument(
            "--use", choices=Question.Use.values, default="exam", help="of questions that do not say it"
        )
        parser.add_argument("--dry-run", action="store_true", help="only say what would change")
        parser.add_argument("--twins", action="store_true", help="also new ones that say nearly the same as another")

    def handle(self, *args: object, **options: object) -> None:
        file = Path(str(options["file"]))
        module = carrying.module_called(str(options["module"]))
        if module is None or not file.is_file():
            raise CommandError(gettext("There is no such file, or not one module of that code."))
        with TemporaryDirectory() as folder:
            try:
                reading = carrying.read(file.read_bytes(), file.name)
                plan = planning.plan(reading, module, str(options["use"]), Path(folder))
            except UnfitFile as unfit:
                raise CommandError(unfit.sentence.render(gettext)) from unfit
            for one in plan:
                self.stdout.write(line_of(one))
            coming = [one for one in plan if one.fate in exchanging.COMING]
            chosen = {one.code for one in coming if options["twins"] or one.fate == Fate.CHANGED or not one.like}
            if chosen and not options["dry_run"]:
                exchanging.take_in(plan=plan, module=module, codes=chosen, by=None, now=clock.now())
        count = 0 if options["dry_run"] else len(chosen)
        self.stdout.write(gettext("%(count)s of %(total)s questions taken in.") % {"count": count, "total": len(plan)})


def line_of(one: Planned) -> str:
    """+ new, ~ changed, = the same, ! refused; then the line of the file, the code and what is to be said."""
    said = [sentence.render(gettext) for sentence in (*one.reasons, *one.notes)]
    if one.like:
        said.append(gettext("Says nearly the same as %(codes)s.") % {"codes": ", ".join(one.like)})
    return f"{SAID[one.fate]} {one.line}: {one.code or one.name} {' '.join(said)}".rstrip()
