"""Sixty-four processes at the same moment: nothing twice, nothing lost, no number left out."""

import pytest

from tests.certificates import at_once


@pytest.mark.django_db(transaction=True)
def test_sixty_four_processes_issue_each_certificate_once_and_leave_no_gap():
    jobs = at_once.prepare()
    assert len(jobs) == at_once.PROCESSES == 64
    at_once.check(at_once.race(jobs))
