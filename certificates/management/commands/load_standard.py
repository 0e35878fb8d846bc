from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml
from django.core.management.base import BaseCommand, CommandError, CommandParser

from certificates import loading
from certificates.models import PledgeText
from lms.kit import clock
from lms.kit.refusing import Refused

# Which name in a standard's file names the file of which text, in the same folder.
BESIDE = {"pledge_text": PledgeText.Kind.ETHICS, "safeguarding_text": PledgeText.Kind.SAFEGUARDING}


class Command(BaseCommand):
    help = "Load a certification standard and the texts to sign. Repeatable: what has changed becomes a new version."
    # `make run` reads the same file at every start; what the owner wrote in the editor since must stay.

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--again", action="store_true", help="go back to it even when it was loaded once before")

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path = options["file"]
        data = dict(read(path))
        named = {kind: data.pop(name, None) for name, kind in BESIDE.items()}
        texts = {str(kind): read(path.parent / Path(str(file)).name) for kind, file in named.items() if file}
        try:
            loaded = loading.load_standard(data=data, texts=texts, now=clock.now(), once=not options["again"])
        except Refused as refused:
            raise CommandError(f"{path.name}: {refused}") from refused
        self.say(f"Standard {loaded.standard.code}", loaded.standard.version, loaded.is_new)
        for one in loaded.texts:
            self.say(one.text.title, one.text.version, one.is_new)

    def say(self, what: str, version: int, is_new: bool) -> None:
        self.stdout.write(f"{what}: version {version}{'' if is_new else ', as before'}.")


def read(path: Path) -> Mapping[str, Any]:
    try:
        data = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise CommandError(f"{path.name} cannot be read: {error}") from error
    if not isinstance(data, Mapping):
        raise CommandError(f"{path.name} is no list of names and values.")
    return data
