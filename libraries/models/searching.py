"""Finding a library by words of its name and of its village, however they are spelled."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import SequenceMatcher
from typing import Any

from django.db import models
from django.db.models import Exists, OuterRef

from groups.models.searching import FEW, MOST_WORDS, SHORTEST
from libraries.models.library import Library
from regions.folding import fold, word_sound

SAID_OF_ALL = {"perpustakaan", "taman", "bacaan", "masyarakat", "tbm", "desa", "kelurahan", "nagari"}


COMMONEST, ALIKE = "perpustakaan", 0.8


def says_nothing(word: str) -> bool:
    """Nearly every library has this word, also shortened or misspelled: "perpus", "perpustakan", "prpustakaan"."""
    if word in SAID_OF_ALL or (word.startswith("perpus") and COMMONEST.startswith(word)):
        return True
    return SequenceMatcher(None, word, COMMONEST).ratio() >= ALIKE


def sounds_of(text: str) -> list[str]:
    """The words of `text` as they sound, without those that nearly every library has."""
    words = [word for word in fold(text).split() if not says_nothing(word)]
    return list(dict.fromkeys(sound for word in words if len(sound := word_sound(word)[:40]) >= SHORTEST))


class LibraryWordQuerySet(models.QuerySet["LibraryWord"]):
    def rewrite(self, libraries: Iterable[Library]) -> None:
        """Keep the words of these libraries anew; rows that were made in bulk have none until this is called."""
        rows = [(library.pk, sounds_of(library.words)) for library in libraries]
        self.filter(library__in=[key for key, _ in rows]).delete()
        words = [LibraryWord(library_id=key, word=word) for key, sounds in rows for word in sounds]
        LibraryWord._base_manager.bulk_create(words, batch_size=1000)


class LibraryWord(models.Model):
    """One word by which a library is found."""

    library = models.ForeignKey(Library, models.CASCADE, related_name="+")
    word = models.CharField(max_length=40)

    objects = LibraryWordQuerySet.as_manager()

    class Meta:
        verbose_name = "kata pencarian"
        verbose_name_plural = "kata pencarian"
        constraints = [models.UniqueConstraint(fields=["library", "word"], name="library_word_once")]
        indexes = [
            models.Index(fields=["word", "library"], name="library_word", opclasses=["varchar_pattern_ops", "int8_ops"])
        ]

    def __str__(self) -> str:
        return self.word


def with_words(libraries: models.QuerySet[Library], text: str) -> Any:
    """Those whose name or village has a word that begins like each of these; a rare word gives its few at once."""
    sounds = sorted(sounds_of(text)[:MOST_WORDS], key=len, reverse=True)
    if not sounds:
        return libraries if fold(text) else libraries.none()
    keys = list(LibraryWord.objects.filter(word__prefix=sounds[0]).values_list("library_id", flat=True)[: FEW + 1])
    if len(keys) <= FEW:
        libraries, sounds = libraries.filter(pk__in=keys), sounds[1:]
    for sound in sounds:
        libraries = libraries.filter(Exists(LibraryWord.objects.filter(library=OuterRef("pk"), word__prefix=sound)))
    return libraries
