"""What agencies explain: answers to common questions, and articles with their source, writer and editor."""

from __future__ import annotations

from typing import Any, Self

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.text import slugify

from accounts.events import Event, EventText
from accounts.models import Institution, Role, User
from accounts.page_cache import pages_changed
from libraries.workflow import ArticleStatus, can_move_article
from regions.models import Located, LocatedQuerySet

ARTICLE_ACTIONS = {
    "written": "Ditulis",
    "changed": "Diubah",
    "published": "Ditayangkan",
    "draft": "Dijadikan draf lagi",
}


SAME = ("agency", "kind", "title", "body")


class ArticleKind(models.TextChoices):
    FAQ = "faq", "Tanya jawab"
    ARTICLE = "article", "Artikel"


class ArticleQuerySet(LocatedQuerySet):
    def published(self) -> Self:
        return self.filter(status=ArticleStatus.PUBLISHED).select_related("agency", "area")

    def visible_to(self, user: User) -> Self:
        """What an officer keeps: everything of the own area's agencies."""
        rows = self.select_related("agency", "area")
        own = user.scope(Role.LIBRARY_OFFICER) | Q(agency__in=user.institution_ids)
        return rows if user.is_superuser else rows.filter(own)


class Article(Located):
    """One question with its answer, or one article. It lies where its agency is."""

    kind = models.CharField("jenis", max_length=7, choices=ArticleKind.choices)
    agency = models.ForeignKey(Institution, models.PROTECT, related_name="+", verbose_name="diterbitkan oleh")
    title = models.CharField("judul atau pertanyaan", max_length=200)
    slug = models.SlugField(max_length=90, unique=True, editable=False)
    body = models.TextField("isi atau jawaban", max_length=20_000)
    source = models.CharField("sumber", max_length=300, blank=True, help_text="Misalnya alamat halaman asalnya.")
    writer = models.CharField("naskah", max_length=120, blank=True, help_text="Penulis naskah.")
    editor = models.CharField("editor", max_length=120, blank=True)
    is_byline_agreed = models.BooleanField("penulis dan editor setuju namanya tampil untuk umum", default=False)
    status = models.CharField(
        "keadaan", max_length=9, choices=ArticleStatus.choices, default=ArticleStatus.DRAFT, editable=False
    )
    published_at = models.DateTimeField("tayang pada", null=True, editable=False)

    objects = ArticleQuerySet.as_manager()
    is_twin = False  # set by `keep` where the very same words were stored before

    class Meta:
        verbose_name = "artikel perpustakaan"
        verbose_name_plural = "tanya jawab dan artikel perpustakaan"
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=ArticleKind.values), name="article_kind_known"),
            models.CheckConstraint(condition=Q(status__in=ArticleStatus.values), name="article_status_known"),
            models.CheckConstraint(
                condition=Q(is_byline_agreed=True) | Q(writer="", editor=""),
                name="article_byline_agreed",
                violation_error_message="Nama penulis dan editor tampil untuk umum. Centang bahwa mereka setuju.",
            ),
            models.CheckConstraint(
                condition=~Q(status=ArticleStatus.PUBLISHED) | Q(published_at__isnull=False),
                name="article_published_at",
            ),
        ]
        indexes = [models.Index(fields=["kind", "status", "-published_at", "-id"], name="article_newest")]

    def __str__(self) -> str:
        return self.title

    def clean(self) -> None:
        for name in ("title", "source", "writer", "editor"):
            setattr(self, name, " ".join(getattr(self, name).split()))

    @property
    def byline(self) -> list[tuple[str, str]]:
        """Sumber, Naskah and Editor as the founding texts end (seed 002), those that are known."""
        rows = [("Sumber", self.source), ("Naskah", self.writer), ("Editor", self.editor)]
        return [(label, value) for label, value in rows if value]

    # --- Actions -----------------------------------------------------------------------------------------------------
    def keep(self, *, by: User) -> None:
        """Store a new one, or what was changed of an old one; its address stays. The very same again stores nothing."""
        is_new = self.pk is None
        self.area_id = self.agency.area_id
        self.copy_codes()
        with transaction.atomic():
            Institution._base_manager.select_for_update(no_key=True).get(pk=self.agency_id)
            self.clean()
            if is_new and self._take_twin():
                return
            self.slug = self.slug or free_article_slug(self.title)
            self.full_clean()
            self.save()
            self._told("written" if is_new else "changed", by)

    def _take_twin(self) -> bool:
        """The same words of the same agency, pasted again or sent by a second press: this is that one."""
        twin = Article.objects.filter(**{name: getattr(self, name) for name in SAME}).order_by("pk").first()
        if twin:
            self.pk, self.slug, self.status = twin.pk, twin.slug, twin.status
            self._state.adding, self.is_twin = False, True
        return self.is_twin

    def move(self, to: ArticleStatus, *, by: User) -> None:
        """Publish, or take back to a draft."""
        with transaction.atomic():
            self.refresh_from_db(from_queryset=type(self)._base_manager.select_for_update(of=("self",)))
            if not can_move_article(self.status, to):
                raise ValidationError(f"Sudah “{self.get_status_display()}”.")
            self.status = to
            if to == ArticleStatus.PUBLISHED:
                self.published_at = self.published_at or timezone.now()
            self.full_clean()
            self.save()
            self._told(str(to), by)

    def _told(self, action: str, by: User) -> None:
        ArticleEvent.append(self, action, actor=by, actor_label=by.label)
        pages_changed()


def free_article_slug(title: str) -> str:
    base = slugify(title)[:70].strip("-") or "artikel"
    taken = set(Article.objects.filter(slug__startswith=base).values_list("slug", flat=True))
    slug, number = base, 1
    while slug in taken:
        number += 1
        slug = f"{base}-{number}"
    return slug


class ArticleEvent(Event):
    """One step of one article."""

    subject = models.ForeignKey(Article, models.PROTECT, related_name="events")

    class Meta(Event.Meta):
        verbose_name = "peristiwa artikel"
        verbose_name_plural = "peristiwa artikel"


class ArticleEventText(EventText):
    """What was written at an event."""

    event = models.OneToOneField(ArticleEvent, models.PROTECT, primary_key=True, related_name="text_row")

    class Meta:
        verbose_name = "teks peristiwa"
        verbose_name_plural = "teks peristiwa"


def published_of(kind: str) -> Any:
    return Article.objects.published().filter(kind=kind)
