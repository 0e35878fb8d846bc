"""The one way to write: all or nothing, and one after the other."""

import threading

import pytest
from django.db import connection

from lms.kit.refusing import Refused
from lms.kit.writing import writing
from lms.people.models import Region


@pytest.mark.django_db(transaction=True)
def test_what_fails_half_way_leaves_nothing() -> None:
    with pytest.raises(Refused), writing():
        Region.objects.create(code="98", name="Sementara", level=1)
        raise Refused("No.")
    assert not Region.objects.filter(code="98").exists()


@pytest.mark.django_db(transaction=True)
def test_an_action_inside_another_joins_its_transaction() -> None:
    with pytest.raises(Refused), writing():
        with writing():
            Region.objects.create(code="98", name="Sementara", level=1)
        raise Refused("No.")
    assert not Region.objects.filter(code="98").exists()


@pytest.mark.django_db(transaction=True)
def test_eight_writers_at_once_all_get_their_turn() -> None:
    failed: list[BaseException] = []

    def write(number: int) -> None:
        try:
            for turn in range(5):
                with writing():
                    Region.objects.create(code=f"{number}{turn}", name="Sementara", level=1)
        except BaseException as error:
            failed.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=write, args=(number,)) for number in range(1, 9)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []
    assert Region.objects.filter(name="Sementara").count() == 40
