"""What a PIN or password must be; the rule is in `rules.is_good_secret`."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from lms.people import rules, scoping


class SecretValidator:
    """Six digits or more for a learner's PIN, twelve characters for staff."""

    def validate(self, password: str, user: Any = None) -> None:
        if not rules.is_good_secret(password, is_staff=scoping.is_staff(user)):
            raise ValidationError(self.help_for(user), code="weak_secret")

    def get_help_text(self) -> str:
        return self.help_for(None)

    def help_for(self, user: Any) -> str:
        if scoping.is_staff(user):
            return _("Use a password of at least 12 characters.")
        return _("Use a PIN of at least 6 digits, not in a row and not all the same.")
