from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from certificates import seeding
from lms.kit import clock
from lms.people.models import Person


class Command(BaseCommand):
    help = "Make the demo cast in an invented regency and print its logins. Refuses where real people may be."

    def handle(self, *args: Any, **options: Any) -> None:
        if Person.objects.filter(username=seeding.LOGINS[0][0]).exists():
            self.say_logins("The demo cast is here already.")
            return
        if Person.objects.exists() and not settings.DEBUG:
            raise CommandError("There are people in this database. The demo needs an empty one.")
        seeding.seed(now=clock.now(), today=clock.today())
        self.say_logins("The demo cast is ready.")

    def say_logins(self, title: str) -> None:
        self.stdout.write(f"\n{title}\n")
        for username, secret, role in seeding.LOGINS:
            self.stdout.write(f"  {username:<14}{secret:<18}{role}")
        self.stdout.write("")
