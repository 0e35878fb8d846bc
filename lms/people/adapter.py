"""What allauth asks the site: no open sign-up, second factor for staff, neutral words."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.http import HttpRequest

from lms.people import scoping


class AccountAdapter(DefaultAccountAdapter):
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        return "/"

    def clean_username(self, username: str, shallow: bool = False) -> str:
        return super().clean_username(username.lower(), shallow=shallow)


class SecondFactorAdapter(DefaultMFAAdapter):
    def get_totp_label(self, user: Any) -> str:
        return str(user.username)

    def is_mfa_enabled(self, user: Any, types: Any = None) -> bool:
        return super().is_mfa_enabled(user, types)

    def can_add_second_factor(self, user: Any) -> bool:
        return scoping.is_staff(user)
