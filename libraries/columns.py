"""The columns of the open data and what each means, for the file and for the page that leads to it."""

from __future__ import annotations

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
