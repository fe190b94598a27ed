from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from regions.models import AreaPolicy
from tests.factories import make_area

pytestmark = pytest.mark.django_db


class TestAreaPolicy:
    def test_the_nearest_area_upward_holds(self) -> None:
        AreaPolicy.objects.create(kim_expansion="group")
        AreaPolicy.objects.create(area=make_area("33"), has_112=False)
        AreaPolicy.objects.create(area=make_area("33.73"), has_112=True)
        assert AreaPolicy.for_area("33.73.02.1004").has_112
        assert not AreaPolicy.for_area("33.01").has_112
        assert AreaPolicy.for_area("13").kim_expansion == "group"

    def test_without_any_row_the_defaults_hold(self, django_assert_num_queries: Any) -> None:
        with django_assert_num_queries(1):
            policy = AreaPolicy.for_area("13.07.11.2004")
        assert policy.get_kim_expansion_display() == "Komunitas Informasi Masyarakat"
        assert policy.pk is None

    def test_112_is_named_first_and_only_where_it_is_run(self) -> None:
        assert [number for number, _ in AreaPolicy().emergency_numbers()] == ["110", "113", "115", "119"]
        assert [number for number, _ in AreaPolicy(has_112=True).emergency_numbers()][0] == "112"

    def test_a_second_row_for_all_of_indonesia_is_refused(self) -> None:
        AreaPolicy.objects.create()
        with pytest.raises(ValidationError, match="sudah ada"):
            AreaPolicy().full_clean()
        with pytest.raises(IntegrityError), transaction.atomic():
            AreaPolicy.objects.create()

    def test_it_says_where_it_holds(self) -> None:
        assert str(AreaPolicy(area=make_area("13"))) == "aturan wilayah: Sumatera Barat"
        assert str(AreaPolicy()) == "aturan wilayah: Indonesia"
