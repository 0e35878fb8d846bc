import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation.template import templatize

KEYWORDS: dict[str, Any] = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}
# What Wagtail's own Indonesian lacks or says less plainly: its texts, so they are not gathered here.
EDITOR_WORDS = Path(settings.BASE_DIR) / "lms" / "kit" / "locale" / "id" / "LC_MESSAGES"
FOLDERS = ("lms", "courses", "assessments", "certificates", "templates")
# Django writes `%%` for a percent sign of a template; a lone one is not a placeholder.
PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]|\{(\w+)\}")


def found_messages(base: Path) -> Iterator[tuple[str, int, Any, str | None]]:
    """Every marked text of the product: (file, line, message, context)."""
    for folder in FOLDERS:
        for path in sorted((base / folder).rglob("*")):
            if path.suffix not in {".py", ".html", ".txt"} or "migrations" in path.parts or "content" in path.parts:
                continue
            source = path.read_text(encoding="utf-8")
            if path.suffix != ".py":
                source = templatize(source, origin=path.name)
            file = io.BytesIO(source.encode("utf-8"))
            for line, message, _comments, context in extract("python", file, keywords=KEYWORDS):
                yield str(path.relative_to(base)), line, message, context


def compiled(path: Path, catalog: Catalog) -> None:
    with path.with_suffix(".mo").open("wb") as file:
        write_mo(file, catalog)


class Command(BaseCommand):
    help = "Gather the marked texts, bring the Indonesian catalogue up to date, compile it, and list what it lacks."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--check", action="store_true", help="change nothing; fail when a text is missing")
        parser.add_argument("--compile", action="store_true", help="only compile")

    def handle(self, *args: Any, **options: Any) -> None:
        path = Path(settings.LOCALE_PATHS[0]) / "id" / "LC_MESSAGES" / "django.po"
        catalog = self.read(path)
        if not options["compile"]:
            template = Catalog(domain="django")
            for _file, _line, message, context in found_messages(settings.BASE_DIR):
                if message:
                    template.add(message, context=context)
            catalog.update(template, no_fuzzy_matching=True)
            catalog.obsolete.clear()
            self.report(catalog, strict=options["check"])
        if options["check"]:
            return
        if not options["compile"]:
            with path.open("wb") as file:
                write_po(file, catalog, sort_output=True, width=120, no_location=True)
        compiled(path, catalog)
        for words in sorted(EDITOR_WORDS.glob("*.po")):
            compiled(words, self.read(words))

    def read(self, path: Path) -> Catalog:
        if not path.is_file():
            return Catalog(locale="id", domain="django", project="Lopo")
        with path.open("rb") as file:
            return read_po(file, locale="id", domain="django")

    def report(self, catalog: Catalog, *, strict: bool) -> None:
        faults = []
        for message in catalog:
            if not message.id:
                continue
            ids, texts = as_texts(message.id), as_texts(message.string)
            if not texts or not all(texts):
                faults.append(f"without Indonesian: {ids[0]!r}")
            elif placeholders(*texts) - placeholders(*ids) or placeholders(ids[-1]) - placeholders(*texts):
                faults.append(f"placeholder lost or invented: {ids[0]!r}")
        for fault in faults:
            self.stdout.write(fault)
        self.stdout.write(f"{len(catalog)} texts, {len(faults)} faults.")
        if strict and faults:
            raise CommandError("The Indonesian catalogue is not complete. Run manage.py messages.")


def as_texts(value: Any) -> tuple[str, ...]:
    """One text, or the forms of a plural."""
    return (value,) if isinstance(value, str) else tuple(value or ())


def placeholders(*texts: str) -> set[str]:
    return {name for text in texts for pair in PLACEHOLDER.findall(text) for name in pair if name}
