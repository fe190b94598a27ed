"""What partnerships hold about a person: copied for them, let go on erasure."""

from __future__ import annotations

import pytest

from accounts import personal_data
from tests.facilitation_access import make_guideline
from tests.factories import make_document, make_user

pytestmark = pytest.mark.django_db
NAME = "pedoman yang diterbitkan"


class TestGuidelines:
    def test_the_copy_names_the_editions_of_this_person_alone_and_erasure_lets_go(self) -> None:
        user, other = make_user(), make_user()
        row = make_guideline()
        edition = row.publish(make_document(), by=user, note="Bab dua")
        row.publish(make_document(), by=other)
        assert [(each["pedoman"], each["yang berubah"]) for each in personal_data.copy_of(user)[NAME]] == [
            (row.title, "Bab dua")
        ]
        personal_data.erase(user)
        edition.refresh_from_db()
        assert edition.published_by is None
        assert personal_data.copy_of(user)[NAME] == []
        assert len(personal_data.copy_of(other)[NAME]) == 1
