"""The Open Badges 3.0 credential: read by three libraries, refused when hostile, taken back with the certificate."""

import base64
import json
from datetime import timedelta
from pathlib import Path

import jwt
import pytest
from joserfc import jws as independent
from joserfc.errors import JoseError
from joserfc.jwk import ECKey
from openbadgeslib.baking import ITXT_KEYWORD_OB3, extract_png
from openbadgeslib.ob3 import OB3VerificationError, OB3Verifier, check_credential_status
from PIL import Image

from certificates import issuing, printing
from certificates.models import Certificate, Paper, StateChange
from lms.kit import clock, codes, signing
from tests.certificates.build import NOW, TODAY, TWO_MODULES, certify, load_small, make_ready

SITE = "https://lopo.contoh.or.id"


@pytest.fixture(autouse=True)
def on_that_day(monkeypatch, settings):
    settings.SITE_URL = SITE
    settings.ALLOWED_HOSTS = ["*"]
    monkeypatch.setattr(clock, "today", lambda: TODAY)
    monkeypatch.setattr(clock, "now", lambda: NOW)


@pytest.fixture
def certificate(cast):
    load_small()
    make_ready(cast.melati, cast.dahlia)
    certify(cast.melati, cast.soka)
    Certificate.objects.update(topics=TWO_MODULES)
    return Certificate.objects.get()


@pytest.fixture
def site(client, monkeypatch):
    """What a verifier fetches from the address of the site."""
    monkeypatch.setattr("django.conf.settings.SECURE_SSL_REDIRECT", False)
    return lambda address: client.get(address.removeprefix(SITE)).content


def token_of(client, certificate) -> str:
    answer = client.get(f"/v/{certificate.pretty_code}.json")
    assert answer.status_code == 200
    assert answer["Content-Type"] == "application/vc+jwt"
    return answer.content.decode()


def header_of(token: str) -> dict:
    return json.loads(base64.urlsafe_b64decode(token.split(".")[0] + "=="))


def published_key(site, token: str) -> dict:
    methods = json.loads(site(f"{SITE}/.well-known/did.json"))["verificationMethod"]
    return next(method["publicKeyJwk"] for method in methods if method["id"] == header_of(token)["kid"])


def test_the_credential_is_verified_by_two_libraries_that_did_not_make_it(client, certificate, site):
    token = token_of(client, certificate)
    key = published_key(site, token)
    first = json.loads(independent.deserialize_compact(token, ECKey.import_key(key), algorithms=["ES256"]).payload)
    second = jwt.decode(token, jwt.PyJWK(key), algorithms=["ES256"], options={"verify_nbf": False, "verify_exp": False})
    assert first == second
    assert first["issuer"]["id"] == "did:web:lopo.contoh.or.id"


def test_its_own_library_finds_the_key_by_the_name_of_the_issuer(client, certificate, site):
    token = token_of(client, certificate)
    verifier = OB3Verifier.for_issuer_did("did:web:lopo.contoh.or.id", download=site)
    made = verifier.verify(token)
    assert made.achievement.name == "Pendamping 2026"
    assert made.identifiers[0].identity_hash == "M. K."
    check_credential_status(made, download=site, verify_list=False)


def test_topics_and_hours_are_claims_that_a_program_reads(client, certificate, site):
    token = token_of(client, certificate)
    made = OB3Verifier.for_issuer_did("did:web:lopo.contoh.or.id", download=site).verify(token)
    titles = {one.id: one.name for one in made.achievement.result_descriptions}
    said = {titles[one.result_description]: one.value for one in made.results}
    assert said == {"Peran": "5", "Bentuk dan tanda": "6", "Magang": "3"}


def test_the_credential_has_the_shape_that_the_published_schema_asks_for(client, certificate):
    payload = json.loads(base64.urlsafe_b64decode(token_of(client, certificate).split(".")[1] + "=="))
    assert {"@context", "id", "type", "credentialSubject", "issuer", "validFrom"} <= set(payload)
    assert payload["@context"][0] == "https://www.w3.org/ns/credentials/v2"
    assert payload["type"] == ["VerifiableCredential", "OpenBadgeCredential"]
    assert set(payload["credentialSubject"]["achievement"]) >= {"id", "type", "criteria", "description", "name"}
    assert payload["credentialStatus"] == {
        "id": f"{SITE}/v/status.jwt#{certificate.number}",
        "type": "BitstringStatusListEntry",
        "statusPurpose": "revocation",
        "statusListIndex": str(certificate.number),
        "statusListCredential": f"{SITE}/v/status.jwt",
    }
    assert payload["jti"] == payload["id"] == f"{SITE}/v/{certificate.pretty_code}.json"
    assert payload["validFrom"] == "2026-11-20T16:00:00Z"  # midnight in Makassar
    for secret in ("Air Lontar", "Kelompok", "Dahlia", "Soka", "Kekerasan"):
        assert secret not in json.dumps(payload)


def test_a_badge_saved_before_is_refused_as_soon_as_it_is_revoked(client, cast, certificate, site):
    verifier = OB3Verifier.for_issuer_did("did:web:lopo.contoh.or.id", download=site)
    made = verifier.verify(token_of(client, certificate))
    issuing.revoke(certificate=certificate, revoker=cast.soka, now=NOW)
    with pytest.raises(OB3VerificationError, match="revo"):
        check_credential_status(made, download=site)
    assert client.get(f"/v/{certificate.pretty_code}.json").status_code == 404


def test_no_badge_is_handed_out_while_she_is_suspended(client, sign_in, cast, certificate):
    StateChange.objects.create(
        person=cast.melati, move="suspend", hold="suspended", by=cast.soka, made_as="panel", at=NOW
    )
    assert client.get(f"/v/{certificate.pretty_code}.json").status_code == 404
    printing.make(paper_id=Paper.objects.get(kind="png").pk, now=NOW)
    assert sign_in(cast.melati).get(f"/sertifikat/{certificate.code}/lencana.png").status_code == 404


def test_an_expired_badge_is_still_genuine_and_says_until_when(client, certificate, monkeypatch):
    monkeypatch.setattr(clock, "today", lambda: certificate.expires_on + timedelta(days=1))
    assert token_of(client, certificate)


def test_a_badge_of_a_retired_key_goes_on_verifying(client, certificate, site):
    token = token_of(client, certificate)
    signing.rotate()
    assert published_key(site, token)["kid"] != signing.active_key().kid
    assert OB3Verifier.for_issuer_did("did:web:lopo.contoh.or.id", download=site).verify(token)
    assert header_of(token_of(client, certificate))["kid"].endswith(signing.active_key().kid)


def test_the_header_carries_no_key_and_no_address_of_one(client, certificate):
    header = header_of(token_of(client, certificate))
    assert set(header) == {"alg", "kid", "typ"}
    assert header["alg"] == "ES256"


def test_every_flipped_bit_of_a_badge_is_refused(client, certificate, site):
    token = token_of(client, certificate)
    key = ECKey.import_key(published_key(site, token))
    parts = [base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)) for part in token.split(".")]
    for place, part in enumerate(parts):
        for bit in range(0, len(part) * 8, 7 if place == 1 else 1):
            changed = bytearray(part)
            changed[bit // 8] ^= 1 << bit % 8
            forged = [*parts[:place], bytes(changed), *parts[place + 1 :]]
            text = ".".join(base64.urlsafe_b64encode(one).rstrip(b"=").decode() for one in forged)
            with pytest.raises((JoseError, ValueError, TypeError, KeyError, AttributeError)):
                independent.deserialize_compact(text, key, algorithms=["ES256"])


def test_unknown_codes_are_not_found_and_counted(client, certificate):
    for text in (codes.new_code(), "x", certificate.code[:-1]):
        assert client.get(f"/v/{text}.json").status_code == 404


def test_the_holder_saves_a_picture_with_the_credential_inside(client, sign_in, cast, certificate, site, tmp_path):
    paper = Paper.objects.get(kind="png")
    printing.make(paper_id=paper.pk, now=NOW)
    address = f"/sertifikat/{certificate.code}/lencana.png"
    assert client.get(address).status_code == 302
    assert sign_in(cast.kenari).get(address).status_code == 404
    answer = sign_in(cast.melati).get(address)
    inside, published = extract_png(answer.content, keyword=ITXT_KEYWORD_OB3), token_of(client, certificate)
    hers = jwt.decode(inside, jwt.PyJWK(published_key(site, inside)), algorithms=["ES256"])
    read_by_all = jwt.decode(published, jwt.PyJWK(published_key(site, published)), algorithms=["ES256"])
    assert read_by_all["credentialSubject"]["identifier"][0].pop("identityHash") == "M. K."
    assert hers["credentialSubject"]["identifier"][0].pop("identityHash") == "Melati Kusambi"
    assert hers == read_by_all
    assert "lencana" in answer["Content-Disposition"]
    file = Path(tmp_path / "badge.png")
    file.write_bytes(answer.content)
    with Image.open(file) as picture:
        picture.load()
        assert picture.width == 1080
    issuing.revoke(certificate=certificate, revoker=cast.soka, now=NOW)
    assert sign_in(cast.melati).get(address).status_code == 404
