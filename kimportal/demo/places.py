"""Where the made-up residents live: places that the founding texts name, with landmarks as people say them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Region:
    """A regency with its villages, how landmarks are called there, and the short name used in addresses."""

    code: str
    slug: str
    villages: tuple[str, ...]
    landmarks: tuple[str, ...]
    share: int  # of 120 reports


REGIONS = (
    Region(
        "13.07",
        "limapuluhkota",
        ("13.07.11.2004", "13.07.03.2002", "13.07.03.2005", "13.07.01.2003", "13.07.11.2003"),
        (
            *("Jorong Koto", "Jorong Contoh Ateh", "simpang tiga Jorong Baruah", "jembatan gantung Jorong Tangah"),
            *("pasar nagari", "tanjakan ladang gambir", "balai adat Jorong Koto", "kantor wali nagari"),
        ),
        44,
    ),
    Region(
        "33.73",
        "salatiga",
        ("33.73.02.1004", "33.73.03.1001", "33.73.01.1004", "33.73.04.1004"),
        (
            *("RT 03/RW 05", "Gang Contoh II", "balai RW 04", "mata air RW 02"),
            *("pertigaan pasar pagi", "kompleks sekolah dasar", "RT 01/RW 02", "pos ronda RW 06"),
        ),
        32,
    ),
    Region(
        "74.01",
        "kolaka",
        ("74.01.07.2006", "74.01.04.1001", "74.01.10.2002", "74.01.01.2006", "74.01.12.2006"),
        (
            *("Dusun II", "Dusun Contoh", "dermaga kayu Dusun III", "tambatan perahu"),
            *("kantor desa", "tebing Dusun IV", "simpang kebun cokelat"),
        ),
        26,
    ),
    Region(
        "51.03",
        "badung",
        ("51.03.05.2003", "51.03.02.2009", "51.03.02.2008"),
        (
            *("Banjar Contoh Kaja", "Banjar Contoh Kelod", "bale banjar", "saluran subak timur"),
            *("kantor perbekel", "parkir pantai sisi timur"),
        ),
        18,
    ),
)

# Key, name before the place, the categories it answers.
INSTITUTIONS = (
    ("pupr", "Dinas Pekerjaan Umum dan Penataan Ruang", "government", ("jalan", "darurat")),
    ("air", "Perusahaan Umum Daerah Air Minum", "private", ("air-bersih",)),
    ("dlh", "Dinas Lingkungan Hidup", "government", ("sampah",)),
    ("kesehatan", "Dinas Kesehatan", "health", ("kesehatan",)),
    ("pendidikan", "Dinas Pendidikan", "education", ("pendidikan",)),
    ("dukcapil", "Dinas Kependudukan dan Pencatatan Sipil", "government", ("adminduk",)),
    ("sosial", "Dinas Sosial", "government", ("bansos",)),
    ("satpolpp", "Satuan Polisi Pamong Praja", "government", ("keamanan", "pelanggaran-hukum")),
    ("kominfo", "Dinas Komunikasi dan Informatika", "government", ("aspirasi", "informasi", "lainnya")),
)
ELSEWHERE = ("Balai Jalan Nasional (contoh)", "PLN Unit Pelayanan (contoh)")

# What the agency for libraries is called, by regency.
LIBRARY_AGENCIES = {
    "13.07": "Dinas Perpustakaan dan Kearsipan",
    "51.03": "Dinas Kearsipan dan Perpustakaan",
    "51.05": "Dinas Kearsipan dan Perpustakaan",
    "51.02": "Dinas Kearsipan dan Perpustakaan",
}
