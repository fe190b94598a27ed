"""Impact stories: what changed in somebody's life, with their consent, under an alias unless they said otherwise."""

from __future__ import annotations

import re
from typing import Any, Self

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone

from accounts.models import Consent, Purpose, User
from accounts.models.privacy import NAMED_STORY_CONSENT, STORY_CONSENT
from accounts.page_cache import pages_changed
from libraries import notifications
from libraries.models.library import Library, LibraryQuerySet
from libraries.workflow import STORY_EDITABLE, StoryStatus, can_move_story
from regions.models import Located, LocatedQuerySet
from uploads.models import Document

TOLD = ("title", "alias", "domain", "before", "after", "proof_url", "real_name")
PERSONAL = ("title", "alias", "before", "after", "proof_url", "real_name", "review_text")
WRITTEN = ("story_written", "story_submitted")
REVIEWED = (StoryStatus.PUBLISHED, StoryStatus.REVISION)
UNREVIEWED = (StoryStatus.DRAFT, StoryStatus.REVISION, StoryStatus.WITHDRAWN)
NEEDS_PROOF = "Cerita yang diajukan memerlukan bukti: unggah berkas atau tulis tautan."


class StaleStory(Exception):  # noqa: N818  it is a state of affairs that a page explains, not a fault
    """Somebody else changed the story after the form was made."""


class Domain(models.TextChoices):
    """In which part of life something changed (domain.md 7)."""

    ECONOMY = "economy", "Ekonomi"
    EDUCATION = "education", "Pendidikan"
    HEALTH = "health", "Kesehatan"
    CULTURE = "culture", "Budaya"
    ICT = "ict", "TIK"
    SOCIAL = "social", "Sosial"


class ImpactStoryQuerySet(LocatedQuerySet):
    def published(self) -> Self:
        """What everybody may read: reviewed, of a listed library, and agreed to until now."""
        return self.filter(
            status=StoryStatus.PUBLISHED, library__is_listed=True, consent__withdrawn_at__isnull=True
        ).select_related("library__institution", "area", "consent")

    def of(self, library: Library) -> Self:
        return self.filter(library=library).select_related("consent", "proof_file")

    def of_libraries(self, libraries: LibraryQuerySet) -> Self:
        return self.filter(library__in=libraries.values("pk"))

    def visible_to(self, user: User) -> Self:
        """What an officer reviews: all of the own area but drafts."""
        own = self.of_libraries(Library.objects.overseen_by(user)).exclude(status=StoryStatus.DRAFT)
        return own.select_related("library__institution", "consent", "proof_file")


class ImpactStory(Located):
    """Before and after, as one person told it. `real_name` is public only where the consent says so."""

    submission_id = models.UUIDField(unique=True, null=True, editable=False)  # one form makes one story
    library = models.ForeignKey(Library, models.PROTECT, related_name="stories", editable=False)
    title = models.CharField("judul", max_length=160, blank=True)
    alias = models.CharField("nama samaran", max_length=60, blank=True)
    domain = models.CharField("bidang", max_length=9, choices=Domain.choices)
    before = models.TextField("keadaan sebelumnya", max_length=2000, blank=True)
    after = models.TextField("keadaan sesudahnya", max_length=2000, blank=True)
    proof_url = models.CharField(
        "tautan bukti",
        max_length=500,
        blank=True,
        validators=[URLValidator(["http", "https"], message="Tulis tautan lengkap, dimulai dengan https://.")],
    )
    proof_file = models.ForeignKey(Document, models.PROTECT, null=True, blank=True, related_name="+", editable=False)
    real_name = models.CharField("nama asli", max_length=120, blank=True)
    consent = models.ForeignKey(Consent, models.PROTECT, related_name="+", editable=False)
    status = models.CharField(
        "keadaan", max_length=9, choices=StoryStatus.choices, default=StoryStatus.DRAFT, editable=False
    )
    review_text = models.TextField("yang perlu diperbaiki", max_length=1000, blank=True, editable=False)
    published_at = models.DateTimeField("tayang pada", null=True, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = ImpactStoryQuerySet.as_manager()

    class Meta:
        verbose_name = "cerita dampak"
        verbose_name_plural = "cerita dampak"
        constraints = [
            models.CheckConstraint(condition=Q(status__in=StoryStatus.values), name="story_status_known"),
            models.CheckConstraint(condition=Q(domain__in=Domain.values), name="story_domain_known"),
            models.CheckConstraint(
                condition=Q(status=StoryStatus.WITHDRAWN)
                | (~Q(title="") & ~Q(alias="") & ~Q(before="") & ~Q(after="") & ~Q(real_name="")),
                name="story_told",
                violation_error_message="Isi judul, kedua nama, keadaan sebelumnya, dan keadaan sesudahnya.",
            ),
            models.CheckConstraint(
                condition=Q(status__in=UNREVIEWED) | ~Q(proof_url="") | Q(proof_file__isnull=False),
                name="story_has_proof",
                violation_error_message=NEEDS_PROOF,
            ),
            models.CheckConstraint(
                condition=~Q(status=StoryStatus.WITHDRAWN) | Q(proof_file__isnull=True, **dict.fromkeys(PERSONAL, "")),
                name="story_withdrawn_is_blank",
            ),
            models.CheckConstraint(
                condition=~Q(status=StoryStatus.PUBLISHED) | Q(published_at__isnull=False), name="story_published_at"
            ),
        ]
        indexes = [
            models.Index(fields=["status", "-published_at", "-id"], name="story_newest"),
            models.Index(fields=["status", "domain", "-published_at", "-id"], name="story_domain"),
            *(
                models.Index(fields=[f"{level}_code", "status", "-published_at", "-id"], name=f"story_{level}")
                for level in ("province", "regency", "district")
            ),
        ]

    def __str__(self) -> str:
        return self.title or f"Cerita {self.pk}"

    @property
    def is_named(self) -> bool:
        """Whether the consent in force says that the real name may be read by all."""
        return self.consent.text_version == NAMED_STORY_CONSENT and self.consent.withdrawn_at is None

    @property
    def shown_name(self) -> str:
        """The only name that any page but the library's own desk shows."""
        return self.real_name if self.is_named else self.alias

    @property
    def is_editable(self) -> bool:
        return self.status in STORY_EDITABLE

    def clean(self) -> None:
        for name in ("title", "alias", "real_name"):
            setattr(self, name, " ".join(getattr(self, name).split()))
        if self.consent.text_version != NAMED_STORY_CONSENT and (found := self._names_in_text()):
            raise ValidationError(
                {"real_name": f"“{found}” dari nama asli masih tertulis dalam cerita. Ganti dengan nama samaran."}
            )

    def _names_in_text(self) -> str:
        """The first part of the real name that the story tells, as names are written: with a capital letter."""
        told = "\n".join((self.title, self.alias, self.before, self.after, self.proof_url))
        parts = [part for part in re.findall(r"\w+", self.real_name) if len(part) > 2]
        for part in parts:
            if re.search(rf"\b({re.escape(part.capitalize())}|{re.escape(part.upper())})\b", told):
                return part
        return ""

    # --- Actions: under the lock of the consent, of the library, then of the story ------------------------------------
    @classmethod
    def write(
        cls, library: Library, *, by: User, is_named: bool, submission_id: Any = None, **values: Any
    ) -> ImpactStory:
        """Begin a story with the consent its teller has signed; the same form sent twice gives the same story."""
        with transaction.atomic():
            library.lock()
            if submission_id and (known := cls.objects.of(library).filter(submission_id=submission_id).first()):
                if (file := values.get("proof_file")) and file != known.proof_file:
                    file.erase()  # a second copy would outlive the story, in no desk's sight
                return known
            row = cls(library=library, area_id=library.area_id, submission_id=submission_id, **values)
            row.copy_codes()
            row.consent = agreed(is_named)
            row.full_clean()
            row.save()
            library.record("story_written", by, story=row.pk, consent=row.consent_id)
        return row

    def change(self, *, by: User, version: int, is_named: bool, **values: Any) -> None:
        """Change what it says, while nobody reviews it. Another way to be named is another consent."""
        with transaction.atomic():
            self._lock_consent()
            self._lock(version)
            if not self.is_editable:
                raise ValidationError("Cerita ini sedang diperiksa atau sudah tayang, jadi tidak dapat diubah.")
            old = self.proof_file if "proof_file" in values else None
            for name, value in values.items():
                setattr(self, name, value)
            if is_named != (self.consent.text_version == NAMED_STORY_CONSENT):
                end_consent(self.consent)
                self.consent = agreed(is_named)
            self._store(by, "story_changed")
            if old and old != self.proof_file:
                old.erase()

    def move(self, to: StoryStatus, *, by: User, text: str = "", version: int | None = None) -> None:
        """Submit, publish, or ask for changes with the words for what is to change."""
        with transaction.atomic():
            self._lock(version)
            if not can_move_story(self.status, to) or to == StoryStatus.WITHDRAWN:
                raise ValidationError(f"Cerita “{self.get_status_display()}” tidak dapat menjadi “{to.label}”.")
            if to == StoryStatus.REVISION and not text.strip():
                raise ValidationError({"text": "Tulis apa yang perlu diperbaiki."})
            if self.consent.withdrawn_at:
                raise ValidationError("Persetujuan orangnya sudah ditarik.")
            self.status, self.review_text = to, text.strip() if to == StoryStatus.REVISION else ""
            if to == StoryStatus.PUBLISHED:
                self.published_at = timezone.now()
            self._store(by, f"story_{to}", text)
            if to in REVIEWED:
                notifications.story_reviewed(self, by)

    def withdraw(self, *, by: User | None) -> None:
        """The teller takes the consent back, or the library its story: off at once, and nothing of it is kept."""
        with transaction.atomic():
            self._lock_consent()
            self._lock(None)
            if self.status == StoryStatus.WITHDRAWN:
                return
            end_consent(self.consent)
            file = self.proof_file
            self.status, self.proof_file = StoryStatus.WITHDRAWN, None
            for name in PERSONAL:
                setattr(self, name, "")
            self._erase_words()
            self._store(by, "story_withdrawn")
            notifications.story_reviewed(self, by)
            if file:
                file.erase()

    def keepers(self) -> list[User]:
        """Who wrote it and who sent it in, as long as they still run the library's desk."""
        steps = self.library.events.filter(action__in=WRITTEN, data__story=self.pk)
        people = User.objects.filter(pk__in=steps.values("actor_key"), is_active=True).exclude(email="")
        return [one for one in people if Library.objects.run_by(one).filter(pk=self.library_id).exists()]

    def _erase_words(self) -> None:
        """What officers wrote in its history may name the person, too; the events stay."""
        for event in self.library.events.filter(action__startswith="story_", text_row__isnull=False):
            if event.data.get("story") == self.pk:
                event.erase_text()

    def _lock_consent(self) -> None:
        """Before the library, as where the teller takes it back: two in other orders wait for each other for ever."""
        list(Consent.objects.select_for_update(of=("self",)).filter(pk=self.consent_id))

    def _lock(self, version: int | None) -> None:
        self.library.lock()
        self.refresh_from_db(from_queryset=type(self)._base_manager.select_for_update(of=("self",)))
        if version is not None and version != self.version:
            raise StaleStory

    def _store(self, by: User | None, action: str, text: str = "") -> None:
        self.version += 1
        self.full_clean()
        self.save()
        pages_changed()
        self.library.record(action, by, text, story=self.pk)


def agreed(is_named: bool) -> Consent:
    """Proof that the teller agreed on paper (UU 27/2022 art. 24); most have no account."""
    text_version = NAMED_STORY_CONSENT if is_named else STORY_CONSENT
    return Consent.objects.create(purpose=Purpose.STORY, text_version=text_version)


def end_consent(consent: Consent) -> None:
    if consent.withdrawn_at is None:
        consent.withdrawn_at = timezone.now()
        consent.save(update_fields=["withdrawn_at"])


def withdraw_stories(consent: Consent) -> None:
    """A consent was withdrawn: its story is off in the same transaction."""
    if consent.purpose == Purpose.STORY:
        for story in ImpactStory.objects.filter(consent=consent):
            story.withdraw(by=None)
