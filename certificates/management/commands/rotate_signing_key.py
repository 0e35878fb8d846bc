from typing import Any

from django.core.management.base import BaseCommand

from certificates import rotating
from lms.kit import clock


class Command(BaseCommand):
    help = "Make a new signing key. The old one goes on verifying and never signs again."

    def handle(self, *args: Any, **options: Any) -> None:
        kid = rotating.rotate_key(now=clock.now())
        self.stdout.write(f"New certificates are signed by key {kid}. Copy the folder of keys to a safe place.")
