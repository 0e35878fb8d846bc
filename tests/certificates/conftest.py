from collections.abc import Iterator

import pytest

from lms.celery import app


@pytest.fixture(scope="session", autouse=True)
def own_broker() -> Iterator[None]:
    """What tests ask the worker for must never reach a site that runs on this machine."""
    before = app.conf.broker_url, app.conf.broker_transport_options
    app.conf.update(broker_url="memory://", broker_transport_options={})
    yield
    app.conf.broker_url, app.conf.broker_transport_options = before
