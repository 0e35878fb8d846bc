"""`python -m lms.preparing`: bring database, files, keys and starter content up to date. Repeatable.

A process of its own, so that what it loads does not stay in the memory of what serves.
"""

import compileall
import io
import os
import sys
from pathlib import Path

import django
from django.conf import settings
from django.core.management import call_command

STEPS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("Reading the words of the interface", ("messages", "--compile")),
    ("Preparing the database", ("migrate",)),
    ("Preparing pages, groups and keys", ("set_up",)),
    ("Collecting style sheets and scripts", ("collectstatic", "--noinput")),
    ("Loading the starter curriculum", ("load_curriculum", "courses/content/ids")),
    ("Filling the library", ("load_library", "lms/library/content")),
    ("Loading the certification standard", ("load_standard", "certificates/content/pendamping-2026.yaml")),
)
DEMO_STEP = ("Making the demo cast", ("seed_demo",))
CODE = ("lms", "courses", "assessments", "certificates")


def compile_code(root: Path) -> None:
    """Keep our bytecode beside the source, also where Python is told to write none; a folder nobody may write stays."""
    for folder in CODE:
        compileall.compile_dir(root / folder, quiet=2)


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lms.settings")
    compile_code(settings.BASE_DIR)
    django.setup()
    steps = (*STEPS, DEMO_STEP) if settings.DEMO else STEPS
    for number, (title, command) in enumerate(steps, start=1):
        sys.stdout.write(f"[{number}/{len(steps)}] {title} ...\n")
        sys.stdout.flush()
        # The demo's logins are for reading; what the other steps did is not.
        out = sys.stdout if command == DEMO_STEP[1] else io.StringIO()
        call_command(*command, stdout=out, verbosity=0)


if __name__ == "__main__":
    main()
