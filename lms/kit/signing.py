"""Keys that sign certificates: ES256 (ECDSA on P-256 with SHA-256), one PEM file each, outside the database.

A key's name (`kid`) is the first eight bytes of its JWK thumbprint (RFC 7638) in base64url. The file `active` names the
key that signs. Retiring a key replaces its file by the public half: it goes on verifying and can never sign again.
"""

import base64
import fcntl
import hashlib
import json
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from urllib.parse import quote, urlsplit

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature, encode_dss_signature
from django.conf import settings

SHORT_BYTES = 4
SIGNATURE_BYTES = 64

_ACTIVE = "active"
_LOCK = ".lock"
_SUFFIX = ".pem"
_HASH = ec.ECDSA(hashes.SHA256())
_REPEATABLE_HASH = ec.ECDSA(hashes.SHA256(), deterministic_signing=True)


class NoUsableKey(Exception):
    """The folder of keys lacks what is needed; the text says which file and what to do."""


@dataclass(frozen=True)
class PublicKey:
    """What anybody needs to verify."""

    kid: str
    key: ec.EllipticCurvePublicKey

    @property
    def short(self) -> bytes:
        """The first four bytes of the name, as the compact statement carries them."""
        return short_of(self.kid)

    def verify(self, message: bytes, signature: bytes) -> bool:
        """Whether these 64 bytes (r, then s) are this key's signature of the message."""
        if len(signature) != SIGNATURE_BYTES:
            return False
        r, s = int.from_bytes(signature[:32]), int.from_bytes(signature[32:])
        try:
            self.key.verify(encode_dss_signature(r, s), message, _HASH)
        except InvalidSignature:
            return False
        return True

    def jwk(self) -> dict[str, str]:
        """The key as a public JWK (RFC 7517)."""
        return {**_jwk(self.key), "kid": self.kid, "use": "sig", "alg": "ES256"}


@dataclass(frozen=True)
class SigningKey:
    """The active key."""

    public: PublicKey
    private: ec.EllipticCurvePrivateKey

    @property
    def kid(self) -> str:
        return self.public.kid

    @property
    def short(self) -> bytes:
        return self.public.short

    def sign(self, message: bytes) -> bytes:
        """The signature as 64 bytes, r then s. The same message gives the same signature (RFC 6979)."""
        r, s = decode_dss_signature(self.private.sign(message, _REPEATABLE_HASH))
        return r.to_bytes(32) + s.to_bytes(32)


def active_key(folder: Path | None = None) -> SigningKey:
    """The key that signs now. NoUsableKey when there is none."""
    folder = folder or _configured_folder()
    marker = folder / _ACTIVE
    if not marker.is_file():
        raise NoUsableKey(f"No signing key has been made in {folder}. Start the site once, or run rotate_signing_key.")
    key = _read(folder / (marker.read_text("ascii").strip() + _SUFFIX))
    if not isinstance(key, SigningKey):
        raise NoUsableKey(f"The active key in {folder} is retired. Run rotate_signing_key.")
    return key


def public_keys(folder: Path | None = None) -> dict[str, PublicKey]:
    """Every key that verifies, active and retired, by its name."""
    folder = folder or _configured_folder()
    found = (_read(path) for path in sorted(folder.glob("*" + _SUFFIX)))
    return {key.kid: key.public if isinstance(key, SigningKey) else key for key in found}


def jwks(folder: Path | None = None) -> dict[str, list[dict[str, str]]]:
    """The public keys as a JSON Web Key Set, for `/.well-known/jwks.json`."""
    return {"keys": [key.jwk() for key in public_keys(folder).values()]}


def did_web(site_url: str) -> str:
    """The name of the site as an issuer (did:web), under which its DID document lists the public keys."""
    return "did:web:" + quote(urlsplit(site_url).netloc, safe="")


def did_document(site_url: str, folder: Path | None = None) -> dict[str, object]:
    """The DID document for `/.well-known/did.json`: every public key, active and retired, the active one first."""
    did, active = did_web(site_url), active_key(folder).kid
    keys = sorted(public_keys(folder).values(), key=lambda key: key.kid != active)
    methods = [
        {"id": f"{did}#{key.kid}", "type": "JsonWebKey", "controller": did, "publicKeyJwk": key.jwk()} for key in keys
    ]
    return {
        "@context": ["https://www.w3.org/ns/did/v1", "https://w3id.org/security/jwk/v1"],
        "id": did,
        "verificationMethod": methods,
        "assertionMethod": [method["id"] for method in methods],
    }


def jws(payload: Mapping[str, object], *, key: SigningKey, issuer: str) -> str:
    """A compact VC-JWT (RFC 7515), ES256; its `kid` is the key's name in the issuer's DID document.

    The same payload gives the same text, so that a phone asking again is told that nothing changed.
    """
    header = {"alg": "ES256", "kid": f"{issuer}#{key.kid}", "typ": "vc+jwt"}
    parts = [_base64url(json.dumps(part, separators=(",", ":")).encode()) for part in (header, payload)]
    return ".".join([*parts, _base64url(key.sign(".".join(parts).encode("ascii")))])


def make_key_if_none(folder: Path | None = None) -> str:
    """Make the first key when there is none; several processes may ask at once. The active key's name."""
    folder = folder or _configured_folder()
    with _alone(folder):
        marker = folder / _ACTIVE
        return marker.read_text("ascii").strip() if marker.is_file() else _make(folder)


def rotate(folder: Path | None = None) -> str:
    """Make a new active key and retire the one before. The new key's name."""
    folder = folder or _configured_folder()
    with _alone(folder):
        before = [key for path in folder.glob("*" + _SUFFIX) if isinstance(key := _read(path), SigningKey)]
        kid = _make(folder)
        for key in before:
            _write(folder / (key.kid + _SUFFIX), _public_pem(key.public.key))
        return kid


def short_of(kid: str) -> bytes:
    """The first four bytes of a key's name."""
    return base64.urlsafe_b64decode(kid + "=" * (-len(kid) % 4))[:SHORT_BYTES]


def kid_of(key: ec.EllipticCurvePublicKey) -> str:
    """The name of a key."""
    canonical = json.dumps(_jwk(key), sort_keys=True, separators=(",", ":")).encode()
    return _base64url(hashlib.sha256(canonical).digest()[:8])


def _configured_folder() -> Path:
    return Path(settings.KEYS_DIR)


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    with (folder / _LOCK).open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _make(folder: Path) -> str:
    taken = {key.short for key in public_keys(folder).values()}
    while True:
        private = ec.generate_private_key(ec.SECP256R1())
        kid = kid_of(private.public_key())
        if short_of(kid) not in taken:
            break
    pem = private.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    _write(folder / (kid + _SUFFIX), pem)
    _write(folder / _ACTIVE, kid.encode("ascii"))
    return kid


def _write(path: Path, content: bytes) -> None:
    """Put the whole file in place or nothing, readable by the owner alone, and on the disk before going on."""
    unfinished = path.with_name(path.name + ".new")
    unfinished.unlink(missing_ok=True)
    descriptor = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    unfinished.replace(path)
    directory = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(directory)
    finally:
        os.close(directory)


def _read(path: Path) -> SigningKey | PublicKey:
    try:
        return _parsed(path, path.read_bytes())
    except OSError as error:
        raise NoUsableKey(f"The key file {path} cannot be read. Restore it from the copy of the keys.") from error


@lru_cache(maxsize=32)
def _parsed(path: Path, pem: bytes) -> SigningKey | PublicKey:
    try:
        if b"PRIVATE KEY" in pem:
            private = serialization.load_pem_private_key(pem, password=None)
            public = private.public_key()
        else:
            private, public = None, serialization.load_pem_public_key(pem)
    except (ValueError, TypeError) as error:
        raise NoUsableKey(f"The key file {path} is damaged. Restore it from the copy of the keys.") from error
    if not isinstance(public, ec.EllipticCurvePublicKey) or not isinstance(public.curve, ec.SECP256R1):
        raise NoUsableKey(f"The key file {path} holds no P-256 key.")
    if kid_of(public) != path.stem:
        raise NoUsableKey(f"The key file {path} holds another key than its name says.")
    named = PublicKey(kid_of(public), public)
    return SigningKey(named, private) if isinstance(private, ec.EllipticCurvePrivateKey) else named


def _public_pem(key: ec.EllipticCurvePublicKey) -> bytes:
    return key.public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)


def _jwk(key: ec.EllipticCurvePublicKey) -> dict[str, str]:
    numbers = key.public_numbers()
    return {
        "crv": "P-256",
        "kty": "EC",
        "x": _base64url(numbers.x.to_bytes(32)),
        "y": _base64url(numbers.y.to_bytes(32)),
    }


def _base64url(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode("ascii")
