from django.core.management.base import BaseCommand

from courses import setting_up
from lms.kit import signing


class Command(BaseCommand):
    help = "Make the page tree's root, the editors' rights and the signing key. Repeatable: what is there stays."

    def handle(self, *args: object, **options: object) -> None:
        index = setting_up.set_up()
        signing.make_key_if_none()
        self.stdout.write(f"Ready: {index.url_path}")
