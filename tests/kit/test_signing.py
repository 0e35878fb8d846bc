"""The keys of certificates: made once, turned, retired."""

import base64
import multiprocessing
import stat
from pathlib import Path

import pytest
from joserfc import jws
from joserfc.jwk import ECKey

from lms.kit import signing

MESSAGE = b"Melati Kusambi"


def test_the_first_start_makes_one_key_that_only_its_owner_can_read(tmp_path: Path) -> None:
    folder = tmp_path / "keys"
    kid = signing.make_key_if_none(folder)
    assert signing.make_key_if_none(folder) == kid
    assert signing.active_key(folder).kid == kid
    assert stat.S_IMODE((folder / f"{kid}.pem").stat().st_mode) == 0o600
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert [path.name for path in folder.glob("*.new")] == []


def test_processes_that_start_at_once_agree_on_one_key(tmp_path: Path) -> None:
    with multiprocessing.get_context("spawn").Pool(4) as pool:
        names = pool.map(signing.make_key_if_none, [tmp_path] * 12)
    assert len(set(names)) == 1
    assert len(signing.public_keys(tmp_path)) == 1


def test_without_a_key_nothing_is_signed_and_the_sentence_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(signing.NoUsableKey, match="rotate_signing_key"):
        signing.active_key(tmp_path)
    assert signing.public_keys(tmp_path) == {}


def test_a_signature_verifies_and_a_changed_message_does_not(tmp_path: Path) -> None:
    kid = signing.make_key_if_none(tmp_path)
    signature = signing.active_key(tmp_path).sign(MESSAGE)
    public = signing.public_keys(tmp_path)[kid]
    assert len(signature) == 64
    assert public.verify(MESSAGE, signature)
    assert not public.verify(MESSAGE + b"!", signature)
    assert not public.verify(MESSAGE, signature[:-1])
    assert not public.verify(MESSAGE, bytes(64))
    assert not public.verify(MESSAGE, b"\xff" * 64)


def test_the_same_message_is_signed_the_same_way(tmp_path: Path) -> None:
    signing.make_key_if_none(tmp_path)
    key = signing.active_key(tmp_path)
    assert key.sign(MESSAGE) == key.sign(MESSAGE)


def test_a_retired_key_verifies_and_can_never_sign_again(tmp_path: Path) -> None:
    first = signing.make_key_if_none(tmp_path)
    signature = signing.active_key(tmp_path).sign(MESSAGE)
    second = signing.rotate(tmp_path)
    assert signing.active_key(tmp_path).kid == second != first
    assert signing.public_keys(tmp_path)[first].verify(MESSAGE, signature)
    assert not signing.public_keys(tmp_path)[second].verify(MESSAGE, signature)
    assert b"PRIVATE" not in (tmp_path / f"{first}.pem").read_bytes()
    assert stat.S_IMODE((tmp_path / f"{first}.pem").stat().st_mode) == 0o600


def test_a_retired_key_put_back_as_active_is_refused(tmp_path: Path) -> None:
    first = signing.make_key_if_none(tmp_path)
    signing.rotate(tmp_path)
    (tmp_path / "active").write_text(first)
    with pytest.raises(signing.NoUsableKey, match="retired"):
        signing.active_key(tmp_path)


def test_turning_an_empty_folder_makes_its_first_key(tmp_path: Path) -> None:
    assert signing.rotate(tmp_path) == signing.active_key(tmp_path).kid


def test_a_rotation_cut_short_keeps_the_old_key_signing(tmp_path: Path) -> None:
    kid = signing.make_key_if_none(tmp_path)
    (tmp_path / "unfinished.pem.new").write_bytes(b"half a ke")
    (tmp_path / f"{kid}.pem.new").write_bytes(b"half a ke")
    assert signing.active_key(tmp_path).sign(MESSAGE)
    signing.rotate(tmp_path)
    assert set(signing.public_keys(tmp_path)) >= {kid}


def test_the_key_set_shows_public_halves_only_and_others_can_use_it(tmp_path: Path) -> None:
    first = signing.make_key_if_none(tmp_path)
    second = signing.rotate(tmp_path)
    shown = signing.jwks(tmp_path)["keys"]
    assert {key["kid"] for key in shown} == {first, second}
    assert all(set(key) == {"kty", "crv", "x", "y", "kid", "use", "alg"} for key in shown)
    active = next(key for key in shown if key["kid"] == second)
    protected = b"eyJhbGciOiJFUzI1NiJ9.TWVsYXRp"
    compact = protected + b"." + base64.urlsafe_b64encode(signing.active_key(tmp_path).sign(protected)).rstrip(b"=")
    assert jws.deserialize_compact(compact, ECKey.import_key(active)).payload == b"Melati"


def test_a_name_is_the_start_of_the_thumbprint(tmp_path: Path) -> None:
    kid = signing.make_key_if_none(tmp_path)
    public = signing.public_keys(tmp_path)[kid]
    assert ECKey.import_key({k: public.jwk()[k] for k in ("kty", "crv", "x", "y")}).thumbprint().startswith(kid[:10])
    assert len(public.short) == signing.SHORT_BYTES
    assert public.short == signing.active_key(tmp_path).short == signing.short_of(kid)


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        (b"", "damaged"),
        (b"-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n", "damaged"),
        (None, "another key"),
    ],
)
def test_a_damaged_or_exchanged_key_file_is_named(tmp_path: Path, content: bytes | None, complaint: str) -> None:
    kid = signing.make_key_if_none(tmp_path)
    other = tmp_path / "other"
    stranger = signing.make_key_if_none(other)
    (tmp_path / f"{kid}.pem").write_bytes((other / f"{stranger}.pem").read_bytes() if content is None else content)
    with pytest.raises(signing.NoUsableKey, match=complaint):
        signing.active_key(tmp_path)


def test_a_key_of_another_curve_is_refused(tmp_path: Path) -> None:
    kid = signing.make_key_if_none(tmp_path)
    (tmp_path / f"{kid}.pem").write_text(ECKey.generate_key("P-384", private=True).as_pem(private=True).decode())
    with pytest.raises(signing.NoUsableKey, match="P-256"):
        signing.public_keys(tmp_path)


def test_a_missing_key_file_is_named(tmp_path: Path) -> None:
    kid = signing.make_key_if_none(tmp_path)
    (tmp_path / f"{kid}.pem").unlink()
    with pytest.raises(signing.NoUsableKey, match="cannot be read"):
        signing.active_key(tmp_path)
