"""The made-up KIM, in places of the founding texts and in every state, and what they and the Dinas announce."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class KimPlace:
    """A KIM: its account's short name, its name, its village and how its story ends (a key of ENDINGS)."""

    slug: str
    name: str
    code: str
    ending: str
    mode: str = "hybrid"
    base: str = "new"


KIMS = (
    KimPlace("talangmaur", "KIM Contoh Talang Maur", "13.07.11.2004", "active"),
    KimPlace("taehbukik", "KIM Contoh Bukik Informasi", "13.07.03.2002", "active", "analog", "farmers"),
    KimPlace("piobang", "KIM Contoh Piobang Maju", "13.07.03.2005", "verified", "analog", "pkk"),
    KimPlace("tanjuangbungo", "KIM Contoh Tanjuang Bungo", "13.07.01.2003", "ended", "analog"),
    KimPlace("kalibening", "KIM Contoh Kalibening", "33.73.02.1004", "active", "digital", "karang_taruna"),
    KimPlace("noborejo", "KIM Contoh Noborejo", "33.73.03.1001", "submitted", "digital"),
    KimPlace("salatiga", "KIM Contoh Salatiga Bersama", "33.73.01.1004", "rejected"),
    KimPlace("kolaka", "KIM Contoh Pesisir Kolaka", "74.01.07.2006", "ends_soon", "hybrid", "pokdarwis"),
    KimPlace("lamokato", "KIM Contoh Lamokato", "74.01.04.1001", "revision"),
    KimPlace("wolo", "KIM Contoh Kebun Cokelat", "74.01.10.2002", "draft", "hybrid", "farmers"),
    KimPlace("kutuh", "KIM Contoh Kutuh", "51.03.05.2003", "active", "hybrid", "environment"),
    KimPlace("mengwi", "KIM Contoh Mengwi Lama", "51.03.02.2009", "dissolved", "analog"),
)
WEAK_INTERNET = {"13.07.11.2004": "limited", "13.07.01.2003": "none", "74.01.07.2006": "limited"}

NAMES = (
    *("Ani Contoh", "Budi Contoh", "Cici Contoh", "Dedi Contoh", "Eka Contoh", "Fitri Contoh", "Gani Contoh"),
    *("Hana Contoh", "Indra Contoh", "Joko Contoh", "Kadek Contoh", "Lina Contoh", "Made Contoh", "Nana Contoh"),
)

# Kind, title, text. {village} and {place} are filled in.
OWN = (
    (
        "event",
        "Posyandu dan timbang balita",
        "Posyandu buka **pukul 08.00 sampai 11.00** di {place}.\n\n"
        "- Bawa buku KIA\n- Ibu hamil juga diperiksa\n- Gratis",
    ),
    (
        "event",
        "Gotong royong membersihkan saluran air",
        "Minggu pagi **pukul 07.00** di {place}. Bawa cangkul dan karung. Ibu-ibu PKK menyiapkan sarapan.",
    ),
    (
        "service",
        "Perekaman KTP keliling di desa",
        "Petugas dukcapil datang ke {place}, **Kamis pukul 09.00**.\n\n"
        "1. Bawa kartu keluarga\n2. Warga 17 tahun ke atas\n"
        "3. Lansia didahulukan",
    ),
    (
        "warning",
        "Air sungai naik, jauhi tepi sungai",
        "Hujan deras di hulu sejak semalam. **Jangan menyeberang di {place}.** Bila rumah terancam, hubungi 113 atau "
        "ketua lingkungan.",
    ),
    (
        "guide",
        "Cara melapor kerusakan jalan dari telepon",
        "## Tiga langkah\n\n1. Buka portal ini, tekan **Buat laporan**\n2. Tulis apa yang terjadi dan di mana\n"
        "3. Simpan kode lacaknya\n\nTanpa telepon? Datang ke {place}, kami bantu.",
    ),
    (
        "news",
        "Kelompok tani {village} panen pertama tanpa pupuk kimia",
        "Delapan belas keluarga mencoba pupuk buatan sendiri. Hasilnya sama, biayanya *sepertiga*. Yang ingin belajar, "
        "datang ke {place} setiap Sabtu sore.",
    ),
)
DINAS = (
    (
        "service",
        "Vaksin hewan ternak gratis bulan ini",
        "Petugas kesehatan hewan berkeliling ke setiap kecamatan. Jadwal ada di kantor desa.\n\n"
        "- Sapi dan kerbau: PMK\n"
        "- Anjing dan kucing: rabies\n\nTanyakan jadwal kepada KIM di desa Anda.",
    ),
    (
        "warning",
        "Waspada penipuan mengatasnamakan bantuan sosial",
        "**Petugas tidak pernah meminta kode OTP atau uang.** Bila ada pesan seperti itu, jangan dibuka dan jangan "
        "diteruskan. Laporkan lewat portal ini.",
    ),
    (
        "guide",
        "Syarat mengurus akta kelahiran",
        "Bawa surat keterangan lahir, kartu keluarga, dan KTP orang tua. **Tidak dipungut biaya.** Selesai dalam dua "
        "hari kerja.",
    ),
)
NOTES = (
    "Di desa kita: tanyakan jadwalnya di {place}.",
    "Sudah ditempel juga di {place}.",
    "Yang belum paham boleh bertanya pada pertemuan Sabtu di {place}.",
)
SCHEDULED = (
    "event",
    "Pasar murah menjelang hari raya",
    "Beras, minyak, dan gula dengan harga murah di {place}. **Satu keluarga satu paket.** Bawa kartu keluarga.",
)
EXPIRED = (
    "event",
    "Lomba cerdas cermat KIM sekabupaten",
    "Pendaftaran tim tiga orang di {place}. Tema: informasi yang menolong tetangga.",
)
