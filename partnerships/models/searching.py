"""Finding a partnership by words of its title and of its sides, however they are spelled."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import models, transaction
from django.db.models import Exists, OuterRef, Subquery, Value
from django.db.models.functions import Coalesce, Concat

from groups.models.searching import FEW, MOST_WORDS, sounds_of
from partnerships.models.partnership import Partnership
from regions.folding import fold


def spelling() -> Concat:
    """The title with the names of both sides as they are today; mergers end in one step."""
    first = Coalesce("kim__name", "institution__merged_into__name", "institution__name")
    second = Coalesce("partner__merged_into__name", "partner__name")
    return Concat("title", Value(" "), first, Value(" "), second, output_field=models.CharField())


class PartnershipWordQuerySet(models.QuerySet["PartnershipWord"]):
    def rewrite(self, rows: Iterable[Partnership]) -> None:
        """Keep the words of these partnerships anew; rows that were made in bulk have none until this is called."""
        words = {row.pk: sounds_of(f"{row.title} {row.first} {row.second}") for row in rows}
        with transaction.atomic():
            self.filter(partnership__in=words).delete()
            found = [PartnershipWord(partnership_id=key, word=word) for key, each in words.items() for word in each]
            PartnershipWord._base_manager.bulk_create(found, batch_size=1000)
            own = Partnership._base_manager.filter(pk=OuterRef("pk")).values_list(spelling())
            Partnership._base_manager.filter(pk__in=words).update(spelled=Subquery(own))


class PartnershipWord(models.Model):
    """One word by which a partnership is found."""

    partnership = models.ForeignKey(Partnership, models.CASCADE, related_name="+")
    word = models.CharField(max_length=40, db_index=True)

    objects = PartnershipWordQuerySet.as_manager()

    class Meta:
        verbose_name = "kata pencarian"
        verbose_name_plural = "kata pencarian"
        constraints = [models.UniqueConstraint(fields=["partnership", "word"], name="partnership_word_once")]

    def __str__(self) -> str:
        return self.word


def with_words(rows: models.QuerySet[Partnership], text: str) -> models.QuerySet[Partnership]:
    """Those with a word that begins like each of these; a rare word gives its few at once (as for KIM)."""
    sounds = sorted(sounds_of(text)[:MOST_WORDS], key=len, reverse=True)
    if not sounds:
        return rows if fold(text) else rows.none()
    longest = PartnershipWord.objects.filter(word__prefix=sounds[0])
    keys = list(longest.values_list("partnership_id", flat=True)[: FEW + 1])
    if len(keys) <= FEW:
        rows, sounds = rows.filter(pk__in=keys), sounds[1:]
    for sound in sounds:
        rows = rows.filter(Exists(PartnershipWord.objects.filter(partnership=OuterRef("pk"), word__prefix=sound)))
    return rows
