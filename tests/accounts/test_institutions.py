from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError

from accounts.models import Institution, InstitutionEvent, User
from tests.cast import OTHER_REGENCY, REGENCY, Cast
from tests.factories import make_institution


class TestContact:
    def test_not_public_unless_said_so(self, db: None) -> None:
        row = make_institution(email="dinas@contoh.invalid", phone="0751 123456")
        assert row.public_contact == {}
        row.is_contact_public = True
        assert row.public_contact == {"email": "dinas@contoh.invalid", "phone": "0751 123456"}


class TestResolved:
    def test_follows_mergers_to_the_end(self, db: None) -> None:
        end = make_institution("C")
        middle = make_institution("B", merged_into=end)
        assert make_institution("A", merged_into=middle).resolved == end
        assert end.resolved == end

    def test_a_loop_ends(self, db: None) -> None:
        first = make_institution("A")
        second = make_institution("B", merged_into=first)
        Institution.objects.filter(pk=first.pk).update(merged_into=second)
        assert Institution.objects.get(pk=first.pk).resolved in {first, second}


class TestMerge:
    def test_target_stands_for_it_and_liaisons_move(self, cast: Cast) -> None:
        target = make_institution("Dinas Baru", REGENCY)
        cast.institution.merge_into(target, cast.officer)
        assert (cast.institution.resolved, cast.institution.is_active) == (target, False)
        liaison = User.objects.get(pk=cast.liaison.pk)
        assert liaison.institution_ids == [target.pk, cast.institution.pk]
        assert [grant.institution for grant in liaison.grants] == [target]
        assert InstitutionEvent.objects.get(subject=cast.institution).data == {"into": target.pk}
        assert InstitutionEvent.objects.get(subject=target).action == "absorbed"

    def test_chains_stay_one_step_long(self, cast: Cast) -> None:
        second, third = make_institution("B", REGENCY), make_institution("C", REGENCY)
        cast.institution.merge_into(second, cast.officer)
        second.merge_into(third, cast.officer)
        cast.institution.refresh_from_db()
        assert cast.institution.merged_into == third

    def test_not_into_itself_nor_into_what_is_gone(self, cast: Cast) -> None:
        target = make_institution("Dinas Baru", REGENCY)
        with pytest.raises(ValidationError):
            cast.institution.merge_into(cast.institution, cast.officer)
        cast.institution.merge_into(target, cast.officer)
        with pytest.raises(ValidationError):
            target.merge_into(cast.institution, cast.officer)

    def test_database_refuses_merging_into_itself(self, db: None) -> None:
        row = make_institution()
        row.merged_into = row
        with pytest.raises(ValidationError, match="dirinya sendiri"):
            row.full_clean()


class TestVisibleTo:
    def test_officers_of_the_area_and_its_liaisons(self, cast: Cast) -> None:
        make_institution("Dinas Lain", OTHER_REGENCY)
        allowed = {
            name
            for name, user in cast.people.items()
            if user and cast.institution in Institution.objects.visible_to(user)
        }
        assert {"officer", "liaison", "superuser", "province_reader"} <= allowed
        assert not allowed & {"owner", "other", "foreign_officer"}

    def test_in_use_leaves_out_merged_and_closed(self, db: None) -> None:
        end = make_institution("C")
        make_institution("B", merged_into=end)
        make_institution("A", is_active=False)
        assert list(Institution.objects.in_use()) == [end]
