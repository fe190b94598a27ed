from __future__ import annotations

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError

from accounts.models import Role
from libraries.models import DistrictLibraries, Library, Participation, Source, StaleLibrary
from libraries.workflow import Stage
from tests.factories import make_grant, make_institution, make_user
from tests.libraries.making import VILLAGE, make_librarian, make_library, make_library_officer


@pytest.mark.django_db
class TestFound:
    def test_the_address_names_library_and_village(self) -> None:
        library = make_library(name="Perpustakaan Cahaya")
        assert library.slug == "perpustakaan-cahaya-talang-maur"
        assert DistrictLibraries.objects.get(area="13.07.11").libraries == 1

    def test_a_name_taken_gets_a_number(self) -> None:
        first = make_library("13.07.11.2004", "Perpustakaan Cahaya Talang Maur")
        second = make_library("13.07.03.2002", "Perpustakaan Cahaya Talang Maur")
        assert first.slug != second.slug


@pytest.mark.django_db
class TestVisibleTo:
    def test_a_library_off_the_list_is_there_for_its_keepers_and_overseers(self) -> None:
        library = make_library(is_listed=False)
        speaker = make_user()
        make_grant(speaker, Role.LIAISON, institution=library.institution)
        allowed = [make_librarian(), make_library_officer(), speaker]
        strangers = [AnonymousUser(), make_user(), make_librarian("51.03"), make_library_officer("51")]
        assert all(Library.objects.visible_to(user).exists() for user in allowed)
        assert not any(Library.objects.visible_to(user).exists() for user in strangers)


@pytest.mark.django_db
class TestChange:
    def test_a_form_from_an_older_version_is_told_so(self) -> None:
        library, by = make_library(), make_user()
        library.change(by=by, version=1, hours="Senin sampai Jumat")
        with pytest.raises(StaleLibrary):
            library.change(by=by, version=1, hours="Sabtu")

    def test_off_the_list_is_counted_no_more(self) -> None:
        make_library().change(by=make_user(), is_listed=False)
        assert DistrictLibraries.objects.get().libraries == 0


@pytest.mark.django_db
class TestParticipation:
    def make(self, **over: object) -> Participation:
        values = {"library": make_library(), "year": 2024, "source": Source.APBN, **over}
        row = Participation(**values)
        row.propose(by=make_user())
        return row

    def test_selection_needs_a_decree(self) -> None:
        row = self.make()
        with pytest.raises(ValidationError, match="nomor dan tanggalnya"):
            row.move(Stage.SELECTED, by=make_user())

    def test_steps_follow_the_table_and_the_library_shows_the_last(self) -> None:
        row = self.make(decree_number="12/2024", decided_on="2024-02-01")
        row.move(Stage.SELECTED, by=make_user())
        with pytest.raises(ValidationError, match="tidak dapat menjadi"):
            row.move(Stage.GRADUATED, by=make_user())
        assert Library.objects.get().stage == Stage.SELECTED

    def test_once_a_year(self) -> None:
        row = self.make()
        with pytest.raises(ValidationError, match="sudah tercatat"):
            self.make(library=row.library)

    def test_an_institution_is_one_library(self) -> None:
        institution = make_institution("Perpustakaan A", VILLAGE)
        make_library(institution=institution)
        with pytest.raises(ValidationError):
            make_library(institution=institution)
