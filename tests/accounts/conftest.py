"""Who opens the scoped admin, and the rows that are theirs or not."""

import pytest

from tests.factories import make_institution


@pytest.fixture
def no_cards(monkeypatch):
    """The cards of the other apps link to lists that this site does not have."""
    monkeypatch.setattr("accounts.admin_scope._card_makers", [])


@pytest.fixture
def own(cast):
    return make_institution("Dinas Milik Sendiri", area="13.07", email="dinas@contoh.invalid")


@pytest.fixture
def foreign(cast):
    return make_institution("Dinas Seberang", area="13.71")


@pytest.fixture
def officer(client, cast):
    client.force_login(cast.officer)
    return client


@pytest.fixture
def keeper(client, cast):
    client.force_login(cast.superuser)
    return client
