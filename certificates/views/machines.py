"""What programs ask for: the public keys and which certificates are revoked or suspended. Signed, dated, cacheable."""

import hashlib
import json

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from certificates import status
from certificates.rules.statuslist import Purpose
from lms.kit import clock, signing

STATIC = ("css/lopo.css", "js/exit.js", "js/verify.js", "ikon.svg")
VERIFIER = "lms/js/verify-token.js"  # imported by its plain name
VC_JWT = "application/vc+jwt"
TO_EVERYBODY = {"Access-Control-Allow-Origin": "*"}  # pages of other verifiers may read it


@require_safe
@cache_control(public=True, max_age=300)
def keys(request: HttpRequest) -> JsonResponse:
    """/.well-known/jwks.json: the public keys, active and retired."""
    return JsonResponse(signing.jwks(), headers=TO_EVERYBODY)


@require_safe
@cache_control(public=True, max_age=300)
def did(request: HttpRequest) -> JsonResponse:
    """/.well-known/did.json: the same keys for who knows the issuer as did:web."""
    return JsonResponse(
        signing.did_document(settings.SITE_URL), content_type="application/did+json", headers=TO_EVERYBODY
    )


@require_safe
@cache_control(public=True, max_age=60)
def status_list(request: HttpRequest, purpose: str) -> HttpResponse:
    """/v/status.jwt and /v/suspension.jwt: a minute old at most, wherever they come from."""
    text = status.signed_list(Purpose(purpose), now=clock.now())
    response = HttpResponse(text, content_type=VC_JWT, headers=TO_EVERYBODY)
    response["ETag"] = f'"{hashlib.sha256(text.encode()).hexdigest()[:16]}"'
    return get_conditional_response(request, etag=response["ETag"], response=response) or response


@require_safe
@cache_control(no_cache=True)
def worker(request: HttpRequest) -> HttpResponse:
    """/v/sw.js and /V/sw.js: what a phone keeps to check without a network. Its version is that of the files."""
    page = reverse("certificates:verify")
    names = ("status_list", "suspension_list", "jwks")
    files = [
        page,
        f"{page}?bahasa=en",
        *(reverse(f"certificates:{name}") for name in names),
        *(static(f"lms/{name}") for name in STATIC),
        settings.STATIC_URL + VERIFIER,
    ]
    version = hashlib.sha256("".join(files).encode()).hexdigest()[:8]
    context = {"files": json.dumps(files), "version": version}
    return render(request, "certificates/sw.js", context, content_type="text/javascript")
