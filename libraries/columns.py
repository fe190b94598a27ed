"""The columns of the open data and what each means, for the file and for the page that leads to it."""

from __future__ import annotations

PLAN_COLUMNS: dict[str, str] = {
    "kode_perpustakaan": "Kode di portal, seperti di alamat halamannya.",
    "perpustakaan": "Nama perpustakaan.",
    "kode_desa": "Kode Kemendagri desa atau kelurahan, sebagai teks.",
    "tahun": "Tahun rencana. Hanya rencana yang sudah ditetapkan yang ada di sini.",
    "tujuan": "Tujuan yang didukung kegiatan, satu dari empat.",
    "kegiatan": "Nama kegiatan dalam rencana.",
    "ruang": "Salah satu dari tiga ruang; boleh kosong.",
    "sasaran": "Yang ingin dicapai kegiatan itu.",
    "bulan": "Bulan pelaksanaan, 1 sampai 12; kosong bila belum ditentukan.",
    "anggaran": "Dalam rupiah.",
    "sumber_dana": "Swadaya, dana desa, APBD (anggaran daerah), APBN (anggaran pusat), atau swasta.",
    "kemajuan": "Direncanakan, berjalan, terlaksana, atau batal.",
    "hasil": "Hasilnya, atau alasan batal.",
}

COLUMNS: dict[str, str] = {
    "kode_kecamatan": "Kode Kemendagri kecamatan, sebagai teks.",
    "kecamatan": "Nama kecamatan dan kabupatennya.",
    "bulan": "Tahun dan bulan, misalnya 2026-03.",
    "sudah_mencatat": "Perpustakaan yang mencatat bulan itu. Yang belum mencatat tidak dihitung sebagai nol.",
    "sudah_diterima": "Di antaranya, yang sudah diperiksa dan diterima Dinas.",
    "kunjungan_di_tempat": "Orang yang datang, dihitung setiap kali datang.",
    "kunjungan_daring": "Pengunjung situs, katalog, atau media sosial perpustakaan.",
    "kegiatan": "Kegiatan bersama masyarakat yang terlaksana.",
    "peserta": "Jumlah peserta semua kegiatan.",
    "kliping": "Kliping media yang berbeda.",
}
