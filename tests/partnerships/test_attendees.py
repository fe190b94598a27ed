"""The parser of pasted participants, on the text of 2021 and on other lists as people write them."""

from __future__ import annotations

import re
import time
from collections import Counter

import pytest

from groups.gatherings import line_key
from partnerships.attendee_words import JOINTS, PEOPLE, REGIONS, STRONG, WEAK
from partnerships.attendees import Known, Parsed, parse
from tests.generated import given, settings, st

LEAD = (
    "Dinas Kearsipan dan Perpustakaan Provinsi Bali melaksanakan Rapat Sinergi Transformasi Perpustakaan Berbasis"
    " Inklusi Sosial pada tanggal 9 Maret 2021 secara virtual yang dipimpin oleh Kepala Bidang Pembinaan Pengawasan"
    " Perpustakaan dan Pembudayaan Kegemaran Membaca. Peserta yang hadir terdiri dari"
)
# The two paragraphs of the source, letter for letter, blanks that do not break included.
FIRST = (
    f"{LEAD} Dinas Komunikasi, Informatika dan Statistik Provinsi Bali, Badan Perencanaan dan Pembangunan Daerah"
    " Provinsi Bali, Dinas Pemberdayaan\xa0\xa0Masyarakat,\xa0Desa,\xa0Kependudukan\xa0dan Catatan Sipil"
    " Provinsi Bali, Dinas Koperasi, Usaha Kecil dan Menengah Provinsi Bali, Dinas Perindustrian dan"
    " Perdagangan Provinsi Bali, RS Bali Mandara, RS Mata Bali Mandara, Universitas Ganesha, Bank"
    " Indonesia Perwakilan Bali, Dinas Kearsipan dan Perpustakaan Kab/Kota se-Bali, Konsultan Program"
    " Transformasi Perpustakaan Berbasis Inklusi Sosial dan Stakeholder terkait."
)
SECOND = (
    f"{LEAD} Dinas Komunikasi, Informatika dan Statistik Provinsi Bali Badan Perencanaan dan Pembangunan Daerah"
    " Provinsi Bali, Dinas\xa0 Pemberdayaan\xa0\xa0\xa0\xa0\xa0\xa0\xa0\xa0\xa0 Masyarakat,\xa0"
    " \xa0Desa,\xa0\xa0 Kependudukan\xa0\xa0\xa0\xa0\xa0\xa0\xa0\xa0\xa0 dan Catatan Sipil Provinsi Bali,"
    " Dinas Koperasi, Usaha Kecil dan Menengah Provinsi Bali, Dinas Perindustrian dan Perdagangan"
    " Provinsi Bali, RS Bali Mandara, RS Mata Bali Mandara h.Universitas Ganesha, Bank Indonesia"
    " Perwakilan Bali, Dinas Kearsipan dan Perpustakaan Kab/Kota se-Bali, Konsultan Program Transformasi"
    " Perpustakaan Berbasis Inklusi Sosial dan Stakeholder terkait."
)
BALI = [
    "Dinas Komunikasi, Informatika dan Statistik Provinsi Bali",
    "Badan Perencanaan dan Pembangunan Daerah Provinsi Bali",
    "Dinas Pemberdayaan Masyarakat, Desa, Kependudukan dan Catatan Sipil Provinsi Bali",
    "Dinas Koperasi, Usaha Kecil dan Menengah Provinsi Bali",
    "Dinas Perindustrian dan Perdagangan Provinsi Bali",
    "RS Bali Mandara",
    "RS Mata Bali Mandara",
    "Universitas Ganesha",
    "Bank Indonesia Perwakilan Bali",
    "Dinas Kearsipan dan Perpustakaan Kab/Kota se-Bali",
    "Konsultan Program Transformasi Perpustakaan Berbasis Inklusi Sosial",
    "Stakeholder terkait",
]


def texts(text: str, known: Known | None = None) -> list[str]:
    return [line.text for line in parse(text, known).lines]


class TestParse:
    @pytest.mark.parametrize("pasted", [FIRST, SECOND, f"{FIRST}\n\n{SECOND}", f"{SECOND}\r\n{FIRST}"])
    def test_the_meeting_of_2021_had_twelve(self, pasted: str) -> None:
        assert texts(pasted) == BALI

    def test_who_is_named_twice_is_one_line_with_both_places(self) -> None:
        assert {len(line.sources) for line in parse(f"{FIRST}\n\n{SECOND}").lines} == {2}

    def test_the_sentence_before_the_list_is_handed_back(self) -> None:
        skipped = parse(FIRST).skipped
        assert skipped[-1] == "Peserta yang hadir terdiri dari"
        assert skipped[0].startswith("Dinas Kearsipan dan Perpustakaan Provinsi Bali melaksanakan")

    def test_what_was_told_after_the_list_is_no_participant(self) -> None:
        told = " Dalam rapat dimaksud, dipaparkan materi tentang progress. Untuk itu diharapkan adanya MoU."
        assert texts(FIRST + told) == BALI

    @pytest.mark.parametrize(
        ("pasted", "lines"),
        [
            ("Camat Suliki; Wali Nagari Talang Maur; PKK", ["Camat Suliki", "Wali Nagari Talang Maur", "PKK"]),
            ("1. Dinas Sosial\n2) BPS\n(3) Geng Vespa", ["Dinas Sosial", "BPS", "Geng Vespa"]),
            ("1. Dinas Sosial 2. Dinas Kesehatan 3. BPS", ["Dinas Sosial", "Dinas Kesehatan", "BPS"]),
            ("a. Dinas A b. Dinas B h.RS C", ["Dinas A", "Dinas B", "RS C"]),
            ("- Bappeda\n• SMA Negeri 1\n* Kopi Pagi", ["Bappeda", "SMA Negeri 1", "Kopi Pagi"]),
            (
                "Dinas Kesehatan\nPuskesmas Mungka\nGeng Vespa\nYayasan Ilmu dan Amal",
                ["Dinas Kesehatan", "Puskesmas Mungka", "Geng Vespa", "Yayasan Ilmu dan Amal"],
            ),
            (
                "Dinas Komunikasi, Informatika dan\nStatistik Provinsi Bali, Badan Perencanaan dan\nPembangunan Daerah",
                [
                    "Dinas Komunikasi, Informatika dan Statistik Provinsi Bali",
                    "Badan Perencanaan dan Pembangunan Daerah",
                ],
            ),
            ("KIM Piobang serta Karang Taruna", ["KIM Piobang", "Karang Taruna"]),
            ("Bank Nagari, dan tokoh masyarakat", ["Bank Nagari", "tokoh masyarakat"]),
            ("KIM Piobang & KIM Mungka", ["KIM Piobang", "KIM Mungka"]),
            (
                "Dinas Kominfo (Kabid IKP, 2 orang), BPS (Budi, S.Si) dan RSUD dr. Achmad Darwis",
                ["Dinas Kominfo (Kabid IKP, 2 orang)", "BPS (Budi, S.Si)", "RSUD dr. Achmad Darwis"],
            ),
            (
                "PT. Telkom Indonesia, Tbk, Lembaga Bantuan Hukum dan HAM, Komunitas Buku dan Kopi",
                ["PT. Telkom Indonesia, Tbk", "Lembaga Bantuan Hukum dan HAM", "Komunitas Buku dan Kopi"],
            ),
            (
                "Desa Kutuh, Desa Baha, dan Dinas Pemberdayaan Masyarakat, Desa, Kependudukan Kab. Badung",
                ["Desa Kutuh", "Desa Baha", "Dinas Pemberdayaan Masyarakat, Desa, Kependudukan Kab. Badung"],
            ),
            (
                "DINAS KOPERASI, USAHA KECIL DAN MENENGAH PROVINSI BALI, RS BALI DAN STAKEHOLDER TERKAIT",
                ["DINAS KOPERASI, USAHA KECIL DAN MENENGAH PROVINSI BALI", "RS BALI", "STAKEHOLDER TERKAIT"],
            ),
            (
                "dinas koperasi, usaha kecil dan menengah provinsi bali, rs bali dan pkk",
                ["dinas koperasi, usaha kecil dan menengah provinsi bali", "rs bali", "pkk"],
            ),
            ("Daftar hadir:\nCamat Suliki\nLurah Tipes", ["Camat Suliki", "Lurah Tipes"]),
            ("Rapat dihadiri oleh Camat Suliki dan Lurah Tipes.", ["Camat Suliki", "Lurah Tipes"]),
            ("Dinas Kesehatan Prov. Bali, dinas kesehatan  provinsi bali", ["Dinas Kesehatan Prov. Bali"]),
            ("", []),
            (" ,;. dan - \n\n", []),
        ],
    )
    def test_other_lists(self, pasted: str, lines: list[str]) -> None:
        assert texts(pasted) == lines

    def test_known_institutions_part_what_no_word_parts(self) -> None:
        known = Known.of([(7, "Museum Subak"), (8, "Griya Baca dan Tulis")])
        parsed = parse("Dinas Pariwisata, Museum Subak dan Griya Baca dan Tulis, Ubud", known)
        assert [(line.text, line.institution) for line in parsed.lines] == [
            ("Dinas Pariwisata", None),
            ("Museum Subak", 7),
            ("Griya Baca dan Tulis", 8),
            ("Ubud", None),
        ]

    def test_a_name_of_two_institutions_chooses_neither(self) -> None:
        known = Known.of([(7, "Dinas Kesehatan"), (8, "dinas  kesehatan"), (9, "BPS")])
        assert [line.institution for line in parse("Dinas Kesehatan, BPS", known).lines] == [None, 9]


# Words as lists hold them, and whatever else people may send.
WORDS = st.sampled_from(
    [*sorted(STRONG | WEAK | PEOPLE | REGIONS)[::7], "Dinas", "Badan", "Provinsi", "Bali", "Komunikasi", "Informatika"]
    + ["RS", "h.", "2.", ",", ";", "dan", "serta", "&", "(", ")", "\n", ".", "se-Bali", "S.Si", ":", "terdiri", "dari"]
)
LISTS = st.lists(WORDS, max_size=40).map(" ".join) | st.text(max_size=120)


def told_words(text: str) -> Counter[str]:
    """Words that say something: neither what parts names nor a list's letters and numbers."""
    return Counter(
        word for word in re.findall(r"\w+", text.lower()) if len(word) > 4 and word not in JOINTS and word.isalpha()
    )


def all_words(parsed: Parsed) -> Counter[str]:
    sources = [source for line in parsed.lines for source in line.sources]
    return told_words("\n".join([*sources, *parsed.skipped]))


class TestParseProperties:
    @settings(max_examples=150, deadline=None)
    @given(LISTS)
    def test_no_word_is_lost(self, text: str) -> None:
        assert all_words(parse(text)) == told_words(text)

    @settings(max_examples=150, deadline=None)
    @given(LISTS)
    def test_lines_are_said_once(self, text: str) -> None:
        keys = [line_key(line) for line in texts(text)]
        assert len(keys) == len(set(keys))
        assert "" not in keys

    @settings(max_examples=150, deadline=None)
    @given(st.lists(st.sampled_from([*BALI, "Geng Vespa", "BPS (Budi, S.Si)", "Camat Suliki"]), unique=True))
    def test_a_list_of_lines_stays_itself_and_in_order(self, lines: list[str]) -> None:
        for mark in ("- ", "1. "):
            assert texts("\n".join(f"{mark}{line}" for line in lines)) == lines
        assert texts("; ".join(lines)) == lines

    @pytest.mark.parametrize("piece", ["Dinas ", "a ", ",", "(", "()", "Provinsi Bali ", "h.", "S.", "\n", "1. X\n"])
    def test_a_megabyte_is_answered_at_once_and_handed_back(self, piece: str) -> None:
        begun = time.process_time()
        parsed = parse((piece * 1_000_000)[:1_000_000])
        assert time.process_time() - begun < 5
        assert all_words(parsed) == told_words((piece * 1_000_000)[:1_000_000])
