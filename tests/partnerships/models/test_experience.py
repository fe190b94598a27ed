"""What somebody knows from the field, and who outside says so."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError

from partnerships.models import Expertise
from tests.factories import make_kim, make_membership
from tests.partnerships.factories import make_expertise, today

pytestmark = pytest.mark.django_db


class TestExpertise:
    def test_proven_needs_a_work_done_and_a_word_from_outside(self) -> None:
        row = make_expertise(make_kim(), proven=False)
        row.add_record(activity="Lomba", done_on=today(-1), place="Balai", beneficiaries=0, result="Baik")
        assert not Expertise.objects.proven().exists()
        row.add_evidence(kind="letter", giver="Puskesmas", given_on=today())
        assert Expertise.objects.proven().get() == row

    def test_a_field_once_a_kim(self) -> None:
        kim = make_kim()
        make_expertise(kim)
        with pytest.raises(ValidationError, match="sudah tercatat"):
            make_expertise(kim)

    @pytest.mark.parametrize("days", [0, 1])
    def test_a_work_done_lies_in_the_past(self, days: int) -> None:
        row = make_expertise(make_kim(), proven=False)
        with pytest.raises(ValidationError, match="sudah lewat"):
            row.add_record(activity="Lomba", done_on=today(days), place="Balai", beneficiaries=1, result="Baik")

    def test_trust_comes_from_outside(self) -> None:
        kim = make_kim(name="KIM Melati")
        make_membership(kim, name="Siti Aminah")
        row = make_expertise(kim, proven=False)
        for giver in ("kim melati", "Siti  Aminah"):
            with pytest.raises(ValidationError, match="dari pihak lain"):
                row.add_evidence(kind="testimony", giver=giver, given_on=today())
