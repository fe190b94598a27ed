"""The built-in categories. An administrator may change every word of them afterwards."""

from django.db import migrations

CALL = "Bila ada bahaya sekarang, telepon 110 (polisi), 113 (pemadam), 115 (SAR), atau 119 (ambulans). "
CRIME = (
    CALL + "Laporan di sini bukan laporan polisi. Untuk kejahatan dan korupsi, hubungi polisi, kejaksaan, "
    "atau KPK; untuk perlindungan saksi, hubungi LPSK di 148."
)
CATEGORIES = [
    # code, name, kind, help with an example, advice, sensitive
    ("jalan", "Jalan dan jembatan", "complaint", "Misalnya: jalan berlubang di tanjakan, papan jembatan lepas.", "", False),
    ("air-bersih", "Air bersih", "complaint", "Misalnya: air keran mati tiga hari, sumur umum keruh.", "", False),
    ("sampah", "Sampah dan lingkungan", "complaint", "Misalnya: sampah menumpuk di tepi sungai.", "", False),
    ("kesehatan", "Kesehatan", "complaint", "Misalnya: obat di puskesmas habis, posyandu tidak buka.", "", False),
    ("pendidikan", "Pendidikan", "complaint", "Misalnya: atap sekolah bocor, guru tidak ada.", "", False),
    ("adminduk", "KTP, KK, dan akta", "complaint", "Misalnya: KTP belum jadi setelah tiga bulan.", "", False),
    ("bansos", "Bantuan sosial", "complaint", "Misalnya: bantuan terlambat atau salah sasaran.", "", False),
    ("keamanan", "Keamanan dan ketertiban", "suspicious", "Misalnya: lampu jalan mati dan sering ada pencurian.", CRIME, False),
    ("pelanggaran-hukum", "Pelanggaran hukum", "suspicious", "Misalnya: pungutan liar, tebang liar.", CRIME, True),
    (
        "darurat", "Keadaan darurat", "important_information", "Misalnya: tanah mulai retak, air sungai naik.",
        CALL + "Petugas di sini tidak berjaga 24 jam.", False,
    ),
    ("aspirasi", "Usulan dan harapan", "aspiration", "Misalnya: usul jam buka perpustakaan nagari.", "", False),
    ("informasi", "Permintaan informasi", "information_request", "Misalnya: berapa anggaran jalan nagari tahun ini?", "", False),
    ("lainnya", "Lainnya", "important_information", "Pilih ini bila tidak ada yang cocok.", "", False),
]


def add_categories(apps, schema_editor):
    Category = apps.get_model("reports", "Category")
    for position, (code, name, kind, help_text, advice, is_sensitive) in enumerate(CATEGORIES, start=1):
        Category.objects.get_or_create(
            code=code,
            defaults={
                "name": name, "kind": kind, "help_text": help_text, "advice": advice,
                "is_sensitive": is_sensitive, "position": position * 10,
            },
        )


class Migration(migrations.Migration):
    dependencies = [("reports", "0002_triggers")]

    operations = [migrations.RunPython(add_categories, migrations.RunPython.noop)]
