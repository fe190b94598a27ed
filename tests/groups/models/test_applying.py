from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError

from accounts.models import Role
from groups.models import Application, FormDraft, Kim, NothingToFile, file_application, has_verifier
from groups.models.applying import verified_areas
from groups.workflow import Status
from tests.factories import make_area, make_grant, make_user
from tests.together import together

VILLAGE = "13.07.11.2004"


def make_application(name: str = "KIM Singgalang", **chair: object) -> Application:
    kim = {"area": make_area(VILLAGE), "name": name, "mode": "hybrid"}
    return Application(kim, [{"post": "chair", "name": "Rina", **chair}])


@pytest.mark.django_db
class TestFileApplication:
    def test_needs_the_draft_it_was_written_in(self) -> None:
        with pytest.raises(NothingToFile):
            file_application(make_application(), by=make_user())

    def test_all_or_nothing(self) -> None:
        user = make_user()
        FormDraft.objects.keep(user, "kim", {"name": "KIM A"})
        application = make_application()
        application.decree = {"number": "1"}
        with pytest.raises(ValidationError):
            file_application(application, by=user)
        assert not Kim.objects.exists()
        assert FormDraft.objects.answers(user, "kim") == {"name": "KIM A"}


@pytest.mark.django_db(transaction=True)
class TestTogether:
    def test_six_presses_at_once_make_one_kim(self) -> None:
        user, application = make_user(), make_application()
        FormDraft.objects.keep(user, "kim", {})

        def press() -> object:
            try:
                return file_application(application, by=user).status
            except NothingToFile:
                return "nothing"

        assert sorted(map(str, together(6, press))) == ["nothing"] * 5 + [Status.SUBMITTED.value]
        assert Kim.objects.count() == 1


@pytest.mark.django_db
class TestHasVerifier:
    def test_a_grant_over_the_area_or_above_that_holds_today(self) -> None:
        make_area(VILLAGE)
        assert not has_verifier(VILLAGE)
        make_grant(make_user(), Role.REPORT_COORDINATOR, "13.07")
        make_grant(make_user(is_active=False), Role.KIM_VERIFIER, "13.07")
        assert not has_verifier(VILLAGE)
        make_grant(make_user(), Role.KIM_VERIFIER, "13.07")
        assert has_verifier(VILLAGE)
        assert not has_verifier("13.71.01.1001")
        assert [area.code for area in verified_areas()] == ["13.07"]
