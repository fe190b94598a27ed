"""Guidelines: versions of which one holds, and who reads which."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import IntegrityError, transaction

from accounts.models import Role
from partnerships.models import Guideline, GuidelineVersion
from tests.facilitation_access import make_guideline
from tests.factories import make_document, make_grant, make_institution, make_kim, make_user
from tests.together import together

pytestmark = pytest.mark.django_db


class TestPublish:
    def test_the_newest_holds_and_the_old_ones_stay(self) -> None:
        row = make_guideline(versions=3)
        assert [(each.number, each.is_current) for each in row.versions.all()] == [(3, True), (2, False), (1, False)]

    def test_the_database_holds_one_current_version(self) -> None:
        row = make_guideline(versions=2)
        with pytest.raises(IntegrityError), transaction.atomic():
            row.versions.update(is_current=True)


@pytest.mark.django_db(transaction=True)
def test_two_officers_who_publish_at_once_make_two_versions() -> None:
    row, documents, officer = make_guideline(versions=0), [make_document() for _ in range(4)], make_user()
    together(4, lambda: Guideline.objects.get(pk=row.pk).publish(documents.pop(), by=officer))
    assert sorted(row.versions.values_list("number", flat=True)) == [1, 2, 3, 4]
    assert GuidelineVersion.objects.get(is_current=True).number == 4


class TestVisibleTo:
    def test_public_ones_are_for_everybody_others_for_officers_of_the_area(self) -> None:
        own, foreign = make_guideline("13.07"), make_guideline("32.01")
        nation, public = make_guideline(None), make_guideline("32.01", is_public=True)
        officer, province, liaison, kim_admin = make_user(), make_user(), make_user(), make_user()
        make_grant(officer, Role.KIM_VERIFIER, "13.07")
        make_grant(province, Role.PROVINCE_READER, "13")
        make_grant(liaison, Role.LIAISON, institution=make_institution())
        make_kim(admin=kim_admin)
        seen = {
            name: set(Guideline.objects.visible_to(user))
            for name, user in {"officer": officer, "province": province, "liaison": liaison, "kim": kim_admin}.items()
        }
        assert seen == {
            "officer": {own, nation, public},
            "province": {own, nation, public},
            "liaison": {public},
            "kim": {public},
        }
        assert set(Guideline.objects.visible_to(AnonymousUser())) == {public}
        assert foreign in Guideline.objects.visible_to(make_user(is_superuser=True))

    def test_an_officer_of_a_regency_reads_what_the_province_wrote(self) -> None:
        row, officer = make_guideline("13"), make_user()
        make_grant(officer, Role.KIM_VERIFIER, "13.07")
        assert row in Guideline.objects.visible_to(officer)
        assert row not in Guideline.objects.managed_by(officer)


class TestWithWords:
    def test_every_word_is_in_title_or_summary_however_it_is_written(self) -> None:
        row = make_guideline(title="Pedoman Menyusun Program Kerja")
        assert list(Guideline.objects.with_words("PROGRAM musyawarah")) == [row]
        assert not Guideline.objects.with_words("program jembatan").exists()

    def test_signs_of_a_pattern_mean_themselves(self) -> None:
        make_guideline()
        assert not Guideline.objects.with_words("100%").exists()
