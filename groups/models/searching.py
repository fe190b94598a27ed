"""Finding a KIM by words of its name and of its village, however they are spelled."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import models
from django.db.models import Exists, OuterRef

from groups.models.kim import Kim
from regions.folding import fold, word_sound

SHORTEST = 2  # letters of a word
MOST_WORDS = 6
FEW = 1000  # rows of one word, above which the word is common (the commonest of 84,000 villages: 1,222)
SAID_OF_ALL = {"kim", "kelompok", "komunitas", "informasi", "masyarakat", "desa", "kelurahan", "nagari"}


def sounds_of(text: str) -> list[str]:
    """The words of `text` as they sound, without those that nearly every KIM has."""
    words = [word for word in fold(text).split() if word not in SAID_OF_ALL]
    return list(dict.fromkeys(sound for word in words if len(sound := word_sound(word)[:40]) >= SHORTEST))


class KimWordQuerySet(models.QuerySet["KimWord"]):
    def rewrite(self, kims: Iterable[Kim]) -> None:
        """Keep the words of these KIM anew; rows that were made in bulk have none until this is called."""
        rows = [(kim.pk, kim.words) for kim in kims]
        self.filter(kim__in=[key for key, _ in rows]).delete()
        words = [KimWord(kim_id=key, word=word) for key, text in rows for word in text.split()]
        KimWord._base_manager.bulk_create(words, batch_size=1000)


class KimWord(models.Model):
    """One word by which a KIM is found."""

    kim = models.ForeignKey(Kim, models.CASCADE, related_name="+")
    word = models.CharField(max_length=40, db_index=True)

    objects = KimWordQuerySet.as_manager()

    class Meta:
        verbose_name = "kata pencarian"
        verbose_name_plural = "kata pencarian"
        constraints = [models.UniqueConstraint(fields=["kim", "word"], name="kim_word_once")]

    def __str__(self) -> str:
        return self.word


def with_words(kims: models.QuerySet[Kim], text: str) -> models.QuerySet[Kim]:
    """Those whose name or village has a word that begins like each of these; words of every KIM say nothing.

    A rare word gives its few KIM at once. Common ones are looked for in the order of the list, which then ends soon.
    """
    sounds = sorted(sounds_of(text)[:MOST_WORDS], key=len, reverse=True)
    if not sounds:
        return kims if fold(text) else kims.none()
    longest = KimWord.objects.filter(word__prefix=sounds[0])
    keys = list(longest.values_list("kim_id", flat=True)[: FEW + 1])
    if len(keys) <= FEW:
        kims, sounds = kims.filter(pk__in=keys), sounds[1:]
    for sound in sounds:
        kims = kims.filter(Exists(KimWord.objects.filter(kim=OuterRef("pk"), word__prefix=sound)))
    return kims
