from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from accounts.models import Consent, RoleGrant, User
from accounts.models.privacy import CONSENT_TEXTS, Purpose
from accounts.outbox import OutgoingMail
from libraries.models import ImpactStory, Library, StaleStory
from libraries.models.story import PERSONAL
from libraries.workflow import STORY_TRANSITIONS, StoryStatus
from tests.factories import make_document, make_user
from tests.libraries.making import make_librarian, make_library, make_library_officer
from tests.libraries.stories import REAL, VALUES, make_story
from tests.scan import dump
from uploads.models import Document


@pytest.mark.django_db
class TestWrite:
    def test_a_story_begins_as_a_draft_with_a_consent_of_its_own(self) -> None:
        story = make_story(make_library(), StoryStatus.DRAFT)
        assert story.status == StoryStatus.DRAFT
        assert story.consent.purpose == Purpose.STORY
        assert story.consent.text_version in CONSENT_TEXTS
        assert story.shown_name == "Ibu Melati"

    def test_the_same_form_twice_is_one_story_and_one_consent(self) -> None:
        library, key = make_library(), uuid4()
        rows = [make_story(library, StoryStatus.DRAFT, submission_id=key) for _ in range(2)]
        assert rows[0] == rows[1]
        assert Consent.objects.filter(purpose=Purpose.STORY).count() == 1

    @pytest.mark.parametrize("name", ["title", "alias", "before", "after", "real_name"])
    def test_nothing_may_be_missing(self, name: str) -> None:
        with pytest.raises(ValidationError):
            make_story(make_library(), StoryStatus.DRAFT, **{name: ""})

    @pytest.mark.parametrize("name", ["title", "alias", "before", "after"])
    @pytest.mark.parametrize("words", ["Kisah Marniati di desa", "Bu BERTANDA menenun"])
    def test_the_real_name_in_the_text_is_found_where_the_person_is_not_named(self, name: str, words: str) -> None:
        with pytest.raises(ValidationError, match="nama asli"):
            make_story(make_library(), StoryStatus.DRAFT, **{name: words})
        make_story(make_library(), StoryStatus.DRAFT, is_named=True, **{name: words})


@pytest.mark.django_db
class TestEraseWords:
    def test_what_an_officer_wrote_about_it_goes_and_that_about_others_stays(self) -> None:
        library, by = make_library(), make_user()
        gone, other = (make_story(library, StoryStatus.SUBMITTED) for _ in range(2))
        gone.move(StoryStatus.REVISION, by=by, text=f"Nama {REAL} masih tertulis.")
        other.move(StoryStatus.REVISION, by=by, text="Lengkapi buktinya.")
        gone.withdraw(by=by)
        assert [event.text for event in library.events.filter(action="story_revision")] == ["", "Lengkapi buktinya."]
        assert type(library.events.first()).verify_chain(library)


@pytest.mark.django_db
class TestMove:
    def test_the_table_is_the_only_way(self) -> None:
        library = make_library()
        for status in (StoryStatus.DRAFT, StoryStatus.SUBMITTED, StoryStatus.PUBLISHED):
            for to in StoryStatus:
                if to in STORY_TRANSITIONS[status] and to != StoryStatus.WITHDRAWN:
                    continue
                with pytest.raises(ValidationError):
                    make_story(library, status).move(to, by=make_user(), text="x")

    def test_without_proof_nothing_is_sent(self) -> None:
        story = make_story(make_library(), StoryStatus.DRAFT, proof_url="")
        with pytest.raises(ValidationError, match="memerlukan bukti"):
            story.move(StoryStatus.SUBMITTED, by=make_user())
        story = make_story(make_library(), StoryStatus.DRAFT, proof_url="", proof_file=make_document())
        story.move(StoryStatus.SUBMITTED, by=make_user())

    def test_changes_are_asked_for_in_words_and_take_a_story_off(self) -> None:
        story = make_story(make_library())
        with pytest.raises(ValidationError, match="perlu diperbaiki"):
            story.move(StoryStatus.REVISION, by=make_user(), text=" ")
        story.move(StoryStatus.REVISION, by=make_user(), text="Sebut peran perpustakaan.")
        assert not ImpactStory.objects.published().exists()
        assert story.review_text == "Sebut peran perpustakaan."

    def test_events_tell_each_step(self) -> None:
        library = make_library()
        make_story(library)
        actions = list(library.events.order_by("sequence").values_list("action", flat=True))
        assert actions[-3:] == ["story_written", "story_submitted", "story_published"]


@pytest.mark.django_db
class TestChange:
    def change(self, story: ImpactStory, **over: Any) -> None:
        values = {**VALUES, **over}
        is_named = values.pop("is_named", False)
        story.change(by=make_user(), version=values.pop("version", story.version), is_named=is_named, **values)

    def test_not_while_it_is_reviewed_or_public(self) -> None:
        for status in (StoryStatus.SUBMITTED, StoryStatus.PUBLISHED):
            with pytest.raises(ValidationError, match="tidak dapat diubah"):
                self.change(make_story(make_library(), status), title="Lain")

    def test_a_form_from_before_is_stale(self) -> None:
        story = make_story(make_library(), StoryStatus.DRAFT)
        self.change(story, title="Satu")
        with pytest.raises(StaleStory):
            self.change(story, title="Dua", version=1)

    @pytest.mark.parametrize("what", ["changed", "withdrawn"])
    def test_consent_then_library_whatever_is_done(self, what: str, django_assert_max_num_queries: Any) -> None:
        """Else one who changes how a story is named and one who withdraws it wait for each other (PostgreSQL)."""
        story = ImpactStory.objects.get(pk=make_story(make_library(), StoryStatus.DRAFT).pk)
        with django_assert_max_num_queries(100) as asked:
            self.change(story, is_named=True) if what == "changed" else story.withdraw(by=None)
        tables = ('FROM "accounts_consent"', 'FROM "libraries_library"', 'FROM "libraries_impactstory"')
        found = [next(n for n, query in enumerate(asked) if table in query["sql"]) for table in tables]
        assert found == sorted(found)

    def test_another_way_to_be_named_is_another_consent(self) -> None:
        story = make_story(make_library(), StoryStatus.DRAFT)
        first = story.consent
        self.change(story, is_named=True)
        first.refresh_from_db()
        assert first.withdrawn_at is not None
        assert story.shown_name == REAL

    def test_a_new_proof_takes_the_old_one_away(self) -> None:
        story = make_story(make_library(), StoryStatus.DRAFT, proof_file=make_document())
        story.change(by=make_user(), version=story.version, is_named=False, **VALUES, proof_file=make_document())
        assert Document.objects.count() == 1


@pytest.mark.django_db
class TestWithdraw:
    def test_it_is_off_at_once_and_nothing_of_it_is_kept(self) -> None:
        story = make_story(make_library(), proof_file=make_document())
        story.withdraw(by=make_user())
        story.refresh_from_db()
        assert not ImpactStory.objects.published().exists()
        assert {getattr(story, name) for name in PERSONAL} == {""}
        assert story.consent.withdrawn_at is not None
        assert not Document.objects.exists()
        assert REAL not in repr(dump())

    def test_twice_is_once(self) -> None:
        library = make_library()
        story = make_story(library)
        for _ in range(2):
            story.withdraw(by=make_user())
        assert library.events.filter(action="story_withdrawn").count() == 1

    def test_the_database_keeps_no_words_of_a_withdrawn_story(self) -> None:
        story = make_story(make_library(), StoryStatus.WITHDRAWN)
        with pytest.raises(IntegrityError), transaction.atomic():
            ImpactStory.objects.filter(pk=story.pk).update(real_name=REAL)

    def test_a_consent_that_ended_hides_the_story_even_by_itself(self) -> None:
        story = make_story(make_library())
        Consent.objects.filter(pk=story.consent_id).update(withdrawn_at=story.consent.given_at)
        assert not ImpactStory.objects.published().exists()


@pytest.mark.django_db
class TestShownName:
    @pytest.mark.parametrize(("is_named", "shown"), [(False, "Ibu Melati"), (True, REAL)])
    def test_the_consent_decides(self, is_named: bool, shown: str) -> None:
        assert make_story(make_library(), is_named=is_named).shown_name == shown

    def test_without_a_consent_in_force_nobody_is_named(self) -> None:
        story = make_story(make_library(), is_named=True)
        story.consent.withdrawn_at = story.consent.given_at
        assert story.shown_name == "Ibu Melati"


@pytest.mark.django_db
class TestReviewed:
    """The keeper who wrote it hears what became of it, and the mail carries no word of it."""

    def submitted(self, library: Library, keeper: User) -> ImpactStory:
        story = ImpactStory.write(library, by=keeper, is_named=False, **VALUES)
        story.move(StoryStatus.SUBMITTED, by=keeper)
        return story

    @pytest.mark.parametrize(
        ("to", "words"), [(StoryStatus.PUBLISHED, "sudah tayang"), (StoryStatus.REVISION, "perlu diperbaiki")]
    )
    def test_the_writer_is_told_without_a_private_word(self, to: StoryStatus, words: str) -> None:
        library, keeper = make_library(), make_librarian()
        story = self.submitted(library, keeper)
        assert not OutgoingMail.objects.exists()
        story.move(to, by=make_library_officer(), text="Nama tetangganya masih tertulis.")
        mail = OutgoingMail.objects.get()
        assert (mail.to, words in mail.subject) == (keeper.email, True)
        assert f"/kelola/cerita/{story.pk}/" in mail.body
        told = f"{mail.subject} {mail.body}"
        assert not [each for each in (*VALUES.values(), "tetangganya") if each != "economy" and each in told]

    def test_an_officer_who_takes_it_off_is_told_of_too(self) -> None:
        library, keeper = make_library(), make_librarian()
        self.submitted(library, keeper).withdraw(by=make_library_officer())
        assert "ditarik" in OutgoingMail.objects.get().subject

    def test_a_review_that_fails_tells_nobody(self) -> None:
        story = self.submitted(make_library(), make_librarian())
        with pytest.raises(ValidationError):
            story.move(StoryStatus.REVISION, by=make_library_officer(), text=" ")
        assert not OutgoingMail.objects.exists()

    def test_who_left_the_library_hears_nothing_any_more(self) -> None:
        keeper = make_librarian()
        story = self.submitted(make_library(), keeper)
        RoleGrant.objects.filter(user=keeper).delete()
        story.move(StoryStatus.PUBLISHED, by=make_library_officer())
        assert not OutgoingMail.objects.exists()
