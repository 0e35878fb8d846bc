from django.core.management.base import BaseCommand

from courses import setting_up


class Command(BaseCommand):
    help = "Make the root of the page tree and the editors' rights. Repeatable: what is there stays."

    def handle(self, *args: object, **options: object) -> None:
        index = setting_up.set_up()
        self.stdout.write(f"Ready: {index.url_path}")
