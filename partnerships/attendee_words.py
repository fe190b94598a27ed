"""The words by which a pasted list of participants is cut: what begins a name, what parts two, what only prose says."""

from __future__ import annotations

import re


def words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# Words that begin the name of an institution, group or person in charge, also in the middle of a list.
STRONG = words("""
    dinas badan kantor biro bagian kementerian kemenkominfo komdigi direktorat inspektorat sekretariat sekda setda balai
    upt uptd satpol bappeda bapperida bappenas bps bkkbn bpjs bpbd bnn bpom diskominfo dispusip disdik dinkes dprd bpd
    pemerintah pemprov pemkab pemkot pemdes gubernur bupati walikota camat lurah kades keuchik kepala kasi kabid ketua
    wakil perangkat babinsa bhabinkamtibmas polda polres polsek kodim koramil kejaksaan pengadilan kpu bawaslu kua
    rs rsu rsud rsup puskesmas posyandu klinik universitas politeknik institut akademi stikes fakultas sekolah kampus
    sd sdn smp smpn sma sman smk smkn mi min mts mtsn ma man paud tk pkbm slb pesantren ponpes
    bank bri bni btn bumdes bumdesa bumnag yayasan pt cv ud telkom pln rri tvri radio media
    konsultan fasilitator stakeholder pemangku relawan komunitas kelompok forum asosiasi ikatan paguyuban perkumpulan
    kim pkk pokdarwis gapoktan pramuka knpi pmi karang tokoh lembaga lsm ormas lpm mahasiswa siswa guru kader warga
    perwakilan unsur para ibu bapak sdr sdri rumah wali
""")
# Words that begin a name as well as stand inside one ("Dinas Kearsipan dan Perpustakaan").
WEAK = {
    "perpustakaan",
    "desa",
    "kelurahan",
    "kecamatan",
    "nagari",
    "kampung",
    "gampong",
    "koperasi",
    "pemuda",
    "bidang",
}
NOT_ALONE = {"rumah": {"sakit", "baca", "zakat"}, "wali": {"kota", "nagari", "murid"}, "karang": {"taruna"}}
# Words for people that begin a name after "dan" without a capital as well.
PEOPLE = words("tokoh warga kader para mahasiswa stakeholder pemangku relawan unsur perwakilan perangkat masyarakat")
# Offices named by their tasks: such a name holds commas until its region is named.
OFFICES = words(
    "dinas badan kantor biro bagian bidang kementerian direktorat balai sekretariat satuan unit upt uptd kepala kasi "
    "kabid wakil perwakilan unsur para"
)
REGIONS = {"provinsi", "propinsi", "prov", "kabupaten", "kab", "kab/kota", "kota", "kecamatan", "kec", "nagari"}
JOINTS = {",", "dan", "serta", "&"}
HANGING = {"dan", "serta", "&", "oleh", "dari", "di", "dengan", "pada", "yang"}  # a line that ends so goes on
ABBREVIATIONS = words("prov kab kec kel ds dsn jl no pt cv ud dr drs dra prof ir h hj st tn ny sdr bpk rs univ a.n")
DEGREE = re.compile(r"^(?:[A-Z][A-Za-z]{0,4}\.)+[A-Za-z]{0,5}\.?$|^(?:Tbk|MSi|MM|SH|SE|Ltd)\.?$")
# What leads to a list, and what only prose says.
LEADS = (("terdiri", "dari"), ("terdiri", "atas"), ("antara", "lain"), ("dihadiri", "oleh"), ("diikuti", "oleh"))
SHORT_LEADS = {"dihadiri", "diikuti", "meliputi", "yaitu", "yakni"}
HEADINGS = {"peserta", "hadir", "daftar", "undangan", "tamu", "instansi", "berikut", "lembaga", "kehadiran"}
PROSE = words(
    "melaksanakan dilaksanakan dipimpin bertempat dipaparkan berencana diharapkan bertujuan merupakan adalah dibuka "
    "menyampaikan telah akan juga siap sangat dapat kami tanggal pukul acara kegiatan tersebut dimaksud oleh mendukung "
    "berperan yang untuk"
)
