import sys
from getpass import getpass
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from lms.kit import clock
from lms.kit.refusing import Refused
from lms.people import joining, rules
from lms.people.models import Region


class Command(BaseCommand):
    help = "Add a trainer, coordinator or owner. The password is asked for, or read as one line from a pipe."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--username", required=True)
        parser.add_argument("--name", required=True)
        parser.add_argument("--role", required=True, choices=sorted(rules.STAFF_ROLES))
        parser.add_argument("--region", default="", help="code of the region; empty means everywhere")

    def handle(self, *args: Any, **options: Any) -> None:
        region = Region.objects.filter(code=options["region"]).first()
        if options["region"] and region is None:
            raise CommandError(f"The region {options['region']} is not known. Load it with load_regions first.")
        secret = getpass("Password: ") if sys.stdin.isatty() else sys.stdin.readline().rstrip("\n")
        try:
            person = joining.add_staff(
                username=options["username"],
                name=options["name"],
                role=options["role"],
                region=region,
                secret=secret,
                now=clock.now(),
                today=clock.today(),
            )
        except Refused as refused:
            raise CommandError(refused.sentence) from refused
        self.stdout.write(f"{person.name} can sign in as {person.username}.")
