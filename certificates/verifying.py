"""Answer a stranger who checks a certificate: the least, in the same shape for every code. Reads only."""

from dataclasses import dataclass, field
from datetime import date

from django.conf import settings
from django.utils import timezone

from certificates.models import Certificate, Standard
from certificates.rules.credential import Reason, Statement, read_token, state_of
from certificates.rules.states import State
from lms.kit import codes, signing

MOST_TITLES = 50


@dataclass(frozen=True)
class Verdict:
    """What anyone may know. `state`: valid, early, expired, suspended, revoked, unknown (code) or forged (signature).

    Topics are (title safe to show, hours of study). While it is early, `present` is the code of the certificate of the
    same person that is valid until then.
    """

    state: str
    code: str = ""
    name: str = ""
    standard: str = ""
    issuer: str = ""
    issued_on: date | None = None
    until: date | None = None
    topics: tuple[tuple[str, int], ...] = field(default=())
    practice_minutes: int = 0
    present: str = ""

    @property
    def is_ours(self) -> bool:
        return self.state not in {"unknown", "forged"}

    @property
    def study_hours(self) -> int:
        return sum(hours for _title, hours in self.topics)


def check_code(text: str, *, today: date) -> Verdict:
    """Judge what somebody typed. A wrong check character and a code that never was give the same answer."""
    certificate = _found(codes.normalise(text) or "", today)
    return _of_certificate(certificate, certificate.public_name, today) if certificate else Verdict("unknown")


def check_token(token: str, *, today: date) -> Verdict:
    """Judge the statement of a QR code: first its signature, then whether it was revoked since.

    The statement itself carries the whole name, so that is what is said.
    """
    statement = read_token(token, signing.public_keys().values())
    if isinstance(statement, Reason):
        return Verdict("forged")
    certificate = _found(statement.code, today)
    if certificate is None:
        return _of_statement(statement, today)
    return _of_certificate(certificate, certificate.name, today)


def titles() -> dict[str, str]:
    """The titles of the newest versions of standards, as "code/version" of a statement, for checks on the phone."""
    rows = Standard.objects.order_by("-pk").values_list("code", "version", "title")
    return {f"{code}/{version}": title for code, version, title in rows[:MOST_TITLES]}


def _found(code: str, today: date) -> Certificate | None:
    """In one query, whatever there is to find."""
    rows = Certificate.objects.with_hold().with_public_name().with_present(today).select_related("standard")
    return rows.filter(code=code).first()


def _of_certificate(certificate: Certificate, name: str, today: date) -> Verdict:
    state = certificate.public_state_on(today)
    revoked_at = certificate.revoked_at
    is_suspended = getattr(certificate, "hold", "") == State.SUSPENDED
    present = getattr(certificate, "present", None) if state == "early" and not is_suspended else None
    return Verdict(
        state=state,
        code=certificate.pretty_code,
        name=name,
        standard=certificate.standard.title,
        issuer=settings.ORGANISATION_NAME,
        issued_on=certificate.issued_on,
        until=timezone.localdate(revoked_at) if revoked_at else certificate.expires_on,
        topics=tuple((topic["outer_title"], topic["hours"]) for topic in certificate.topics),
        practice_minutes=certificate.practice_minutes,
        present=codes.pretty(present) if present else "",
    )


def _of_statement(statement: Statement, today: date) -> Verdict:
    """Signed by us, yet not in our books (restored from an older copy): the signature alone speaks."""
    version = Standard.objects.filter(code=statement.standard, version=statement.version).first()
    titles = [module.outer_title for module in version.rules.modules] if version else []
    return Verdict(
        state=state_of(statement, today=today, is_revoked=False, is_suspended=False),
        code=codes.pretty(statement.code),
        name=statement.name,
        standard=version.title if version else statement.standard,
        issuer=settings.ORGANISATION_NAME,
        issued_on=statement.valid_from,
        until=statement.expires_on,
        topics=tuple(zip(titles, statement.topic_hours, strict=False)),
        practice_minutes=statement.practice_minutes,
    )
