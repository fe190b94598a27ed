"""A KIM, its admin, and the officer of its regency: who stands before most pages."""

from __future__ import annotations

import pytest

from accounts.models import Role, User
from groups.models import Kim
from tests.factories import make_grant, make_kim, make_user


@pytest.fixture
def admin() -> User:
    return make_user(name="Rina Admin")


@pytest.fixture
def kim(admin: User) -> Kim:
    return make_kim(name="KIM Singgalang", admin=admin)


@pytest.fixture
def officer() -> User:
    user = make_user()
    make_grant(user, Role.KIM_VERIFIER, "13.07")
    return user
