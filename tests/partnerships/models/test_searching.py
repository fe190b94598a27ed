"""The words by which a partnership is found."""

from __future__ import annotations

from typing import Any

import pytest

from accounts.models import Institution
from groups.models import Kim
from partnerships.models import Partnership
from partnerships.models.searching import with_words
from tests.factories import make_institution, make_kim, make_user
from tests.partnerships.factories import make_active

pytestmark = pytest.mark.django_db


class TestRespellDue:
    """Whoever is renamed is found by the new name at the worker's next round, and no longer by the old one."""

    def found(self, text: str) -> bool:
        return with_words(Partnership.objects.listed(), text).exists()

    def test_a_renamed_kim_and_a_renamed_institution_are_found_by_their_new_names(self) -> None:
        kim, institution = make_kim(name="KIM Melati"), make_institution(name="Puskesmas Anggrek")
        make_active(kim, institution)
        assert Partnership.objects.respell_due() == 0
        Kim.objects.filter(pk=kim.pk).update(name="KIM Kenanga")
        assert self.found("melati")
        assert Partnership.objects.respell_due() == 1
        assert self.found("kenanga anggrek")
        Institution.objects.filter(pk=institution.pk).update(name="Puskesmas Dahlia")
        assert not self.found("dahlia")
        assert Partnership.objects.respell_due() == 1
        assert self.found("kenanga dahlia")
        assert not self.found("melati")
        assert Partnership.objects.respell_due() == 0

    def test_a_merged_institution_is_found_by_the_name_of_the_one_that_stands_for_it(self) -> None:
        partner, target = make_institution(name="Puskesmas Lama"), make_institution(name="Puskesmas Wijaya")
        make_active(make_kim(), partner)
        partner.merge_into(target, make_user())
        assert Partnership.objects.respell_due() == 1
        assert self.found("wijaya")
        assert Partnership.objects.respell_due() == 0

    def test_it_asks_as_often_for_many_as_for_one(self, django_assert_max_num_queries: Any) -> None:
        for number in range(5):
            make_active(make_kim(), make_institution(name=f"Lembaga {number}"))
        with django_assert_max_num_queries(1):
            Partnership.objects.respell_due()
