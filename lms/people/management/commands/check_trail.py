from typing import Any

from django.core.management.base import BaseCommand, CommandError

from lms.people import trailing
from lms.people.models import TrailLine


class Command(BaseCommand):
    help = "Walk the trail from its first line and say whether every line is sealed by the one before."

    def handle(self, *args: Any, **options: Any) -> None:
        found = list(trailing.breaks())
        for line, sentence in found:
            self.stderr.write(f"Line {line} {sentence}")
        if found:
            raise CommandError(f"The trail is broken in {len(found)} places.")
        self.stdout.write(f"The trail is whole: {TrailLine.objects.count()} lines.")
