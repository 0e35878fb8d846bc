"""The certificate as an Open Badges 3.0 credential, for other programs and for wallets. Reads only.

openbadgeslib is imported where it is used: it costs 19 MB, which a process that hands out no badge should not pay.
"""

from datetime import date, datetime, time, timedelta
from typing import Any

from django.conf import settings
from django.utils import timezone

from certificates.models import Certificate
from certificates.rules import statuslist
from certificates.rules.statuslist import Purpose
from lms.kit import signing

HOURS = "ext:Hours"


def credential_of(certificate: Certificate, name: str) -> str:
    """The signed VC-JWT: the least, with topics and hours as results. `name`: as it may be read by who gets it."""
    did = signing.did_web(settings.SITE_URL)
    return signing.jws(payload_of(certificate, name, issuer=did), key=signing.active_key(), issuer=did)


def baked(certificate: Certificate, picture: bytes) -> bytes:
    """The picture of the certificate (PNG) with the credential inside, as wallets read it, for her to show."""
    from openbadgeslib import baking

    return baking.bake_png(picture, credential_of(certificate, certificate.name), keyword=baking.ITXT_KEYWORD_OB3)


def payload_of(certificate: Certificate, name: str, *, issuer: str) -> dict[str, Any]:
    """The content of the credential. Its bit stands in the list of the revoked; schemas allow one list only."""
    from openbadgeslib.ob3 import Achievement, IdentityObject, Issuer, OpenBadgeCredential, Result, ResultDescription

    site, standard = settings.SITE_URL, certificate.standard
    home = f"{site}/v/{certificate.pretty_code}"
    hours = [(f"{home}#{topic['code']}", topic["outer_title"], topic["hours"]) for topic in certificate.topics]
    hours.append((f"{home}#magang", "Magang", certificate.practice_minutes / 60))
    made = OpenBadgeCredential(
        id=f"{home}.json",
        issuer=Issuer(id=issuer, name=settings.ORGANISATION_NAME, url=site),
        recipient_id=None,
        identifiers=[IdentityObject(identity_hash=name, identity_type="name", hashed=False)],
        achievement=Achievement(
            id=f"{site}/v/#{standard.code}-{standard.version}",
            name=standard.title,
            description=f"{standard.title}, versi {standard.version}. Sertifikat lembaga, bukan sertifikat profesi.",
            criteria_narrative="Jam belajar tiap materi dan jam magang, diperiksa dua orang. Rinciannya pada hasil.",
            achievement_type="Certificate",
            result_descriptions=[ResultDescription(id=key, name=title, result_type=HOURS) for key, title, _n in hours],
        ),
        results=[Result(value=f"{number:g}", result_description=key) for key, _title, number in hours],
        issuance_date=_midnight(certificate.issued_on),
        expiration_date=_midnight(certificate.expires_on + timedelta(days=1)),
        credential_status=[dict(statuslist.entry(Purpose.REVOCATION, certificate.number, site_url=site))],
    )
    return made.to_jwt_payload()


def _midnight(day: date) -> datetime:
    """The first moment of the day on the wall of the site."""
    return timezone.make_aware(datetime.combine(day, time.min))
