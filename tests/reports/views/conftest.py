from __future__ import annotations

import pytest

from accounts.models import Role
from tests.factories import make_area, make_grant, make_user


@pytest.fixture
def office(db: None) -> None:
    """Kabupaten Lima Puluh Kota receives reports."""
    make_area("13.07.11.2004")
    make_grant(make_user(), Role.REPORT_COORDINATOR, "13.07")
