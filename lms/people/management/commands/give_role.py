from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from lms.kit import clock
from lms.people import joining, rules
from lms.people.models import Person, Region, Role


class Command(BaseCommand):
    help = "Give somebody who is here already a role in a region, such as mentor; or let it end today."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--username", required=True)
        parser.add_argument("--role", required=True, choices=Role.Kind.values)
        parser.add_argument("--region", default="", help="code of the region; empty means everywhere")
        parser.add_argument("--end", action="store_true", help="let the role end today instead")

    def handle(self, *args: Any, **options: Any) -> None:
        person = Person.objects.filter(username=options["username"]).first()
        if person is None:
            raise CommandError(f"Nobody is called {options['username']}.")
        region = Region.objects.filter(code=options["region"]).first()
        if options["region"] and region is None:
            raise CommandError(f"The region {options['region']} is not known. Load it with load_regions first.")
        held = Role.objects.on(clock.today()).filter(person=person)
        if options["end"]:
            self._end(held.filter(kind=options["role"], region=region, ends_on=None).first())
        elif options["role"] in rules.STAFF_ROLES and not held.filter(kind__in=rules.STAFF_ROLES).exists():
            raise CommandError(f"{person.name} has a PIN. Staff need a password: add them with add_staff.")
        else:
            joining.give_role(
                person=person, kind=options["role"], region=region, starts_on=clock.today(), now=clock.now()
            )
        self.stdout.write(f"{person.name}: {', '.join(str(one.get_kind_display()) for one in held.order_by('pk'))}.")

    def _end(self, role: Role | None) -> None:
        if role is None:
            raise CommandError("There is no such open role. Nothing was changed.")
        joining.end_role(role=role, ends_on=clock.today(), now=clock.now())
