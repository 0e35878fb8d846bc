"""Standards and codes of ethics in the editor: to read, never to change."""

import pytest
from django.core.management import call_command

from certificates.models import PledgeText, Standard
from lms.people import joining
from tests.cast import LONG_AGO, THEN
from tests.certificates.build import load_small


@pytest.fixture
def anggrek(cast, sign_in):
    """The trainer's browser, with the editor open to her."""
    load_small()
    call_command("set_up", verbosity=0)
    return sign_in(cast.anggrek)


@pytest.mark.parametrize("name", ["standard", "pledgetext"])
def test_a_trainer_reads_them(anggrek, name):
    pk = (Standard if name == "standard" else PledgeText).objects.get().pk
    assert anggrek.get(f"/admin/snippets/certificates/{name}/").status_code == 200
    assert anggrek.get(f"/admin/snippets/certificates/{name}/inspect/{pk}/").status_code == 200


@pytest.mark.parametrize("name", ["standard", "pledgetext"])
def test_nobody_adds_changes_or_deletes_them_there(cast, anggrek, sign_in, name):
    model = Standard if name == "standard" else PledgeText
    pk = model.objects.get().pk
    joining.give_role(person=cast.jati, kind="owner", starts_on=LONG_AGO, now=THEN)
    for browser in (anggrek, sign_in(cast.jati)):
        for path in ("add/", f"edit/{pk}/", f"delete/{pk}/"):
            answer = browser.post(f"/admin/snippets/certificates/{name}/{path}", {"title": "Lain"})
            assert answer.status_code in {302, 403, 404}
    assert model.objects.count() == 1
    assert model.objects.get().title != "Lain"
