"""What made-up residents write, by category. {where} is a landmark of the place, {since} how long it has lasted."""

from __future__ import annotations

TEXTS: dict[str, list[str]] = {
    "jalan": [
        "Jalan di {where} berlubang besar {since}. Dua motor jatuh waktu hujan karena lubangnya tertutup air.",
        "Papan jembatan kayu di {where} lapuk dan dua bilah sudah lepas. Anak sekolah lewat sini setiap pagi.",
        "Bahu jalan di {where} longsor {since}. Mobil hanya bisa lewat satu arah dan malam hari gelap.",
        "Gorong-gorong di {where} tersumbat tanah, air meluap ke badan jalan setiap hujan deras.",
        "Jalan usaha tani di {where} belum dikeraskan. Hasil panen dipikul hampir satu kilometer {since}.",
        "Aspal di {where} mengelupas {since}, padahal baru diperbaiki tahun lalu. Mohon dicek mutunya.",
        "Rambu tikungan di {where} roboh ditabrak truk. Pengendara dari luar daerah sering kaget di sini.",
        "Jalan setapak menuju makam di {where} tergerus air. Usungan jenazah terpaksa memutar jauh.",
    ],
    "air-bersih": [
        "Air keran di {where} mati {since}. Kami membeli air jeriken, satu jeriken lima ribu rupiah.",
        "Sumur umum di {where} keruh dan berbau {since}. Beberapa anak gatal-gatal setelah mandi.",
        "Pipa bocor di {where} {since}, air terbuang siang malam sementara rumah di atas tidak kebagian.",
        "Bak penampung air di {where} retak. Kalau kemarau, air habis sebelum magrib.",
        "Tagihan air kami naik dua kali lipat padahal air di {where} hanya mengalir malam hari.",
        "Mesin pompa air kelompok di {where} rusak {since}. Sudah iuran tetapi belum cukup membeli suku cadang.",
    ],
    "sampah": [
        "Sampah menumpuk di {where} {since}. Baunya sampai ke ruang kelas sekolah dasar.",
        "Ada yang membuang sampah ke sungai di {where} setiap malam. Waktu banjir, sampah masuk rumah.",
        "Truk sampah tidak lewat {where} {since}. Warga terpaksa membakar sendiri, asapnya ke mana-mana.",
        "Bak sampah di {where} jebol, isinya diacak anjing setiap pagi.",
        "Limbah cucian mengalir ke saluran sawah di {where}. Padi di petak pertama menguning {since}.",
        "Bank sampah di {where} kekurangan timbangan dan tempat. Sayang, warga sudah mau memilah.",
    ],
    "kesehatan": [
        "Obat darah tinggi di puskesmas pembantu dekat {where} habis {since}. Orang tua disuruh beli sendiri.",
        "Posyandu di {where} tidak buka dua bulan ini. Ada sekitar tiga puluh balita belum ditimbang.",
        "Banyak jentik nyamuk di genangan {where}. Minggu ini dua anak dirawat karena demam berdarah.",
        "Ambulans desa di {where} mogok {since}. Ibu hamil kemarin diantar dengan mobil bak.",
        "Antrean loket di puskesmas dekat {where} mulai subuh. Mohon ada nomor antrean untuk lansia.",
        "Petugas kesehatan di {where} ramah dan cepat, tetapi ruang tunggunya bocor kalau hujan.",
    ],
    "pendidikan": [
        "Atap dua kelas di sekolah dasar dekat {where} bocor {since}. Kalau hujan, belajar dipindah ke teras.",
        "Guru olahraga di sekolah dekat {where} pensiun dan belum ada gantinya {since}.",
        "Anak-anak di {where} berjalan empat kilometer ke SMP. Mohon bus sekolah lewat sini.",
        "Perpustakaan di {where} hanya buka pagi, padahal anak-anak pulang sekolah siang.",
        "Toilet sekolah di {where} rusak {since}. Murid perempuan menahan sampai pulang.",
    ],
    "adminduk": [
        "KTP saya sudah direkam {since} tetapi belum jadi. Dua kali datang, blangko katanya kosong.",
        "Mengurus akta kelahiran di {where} diminta kembali tiga kali. Tolong syaratnya ditempel jelas.",
        "Nama di kartu keluarga salah satu huruf. Untuk memperbaiki harus ke kota, ongkosnya besar dari {where}.",
        "Perekaman KTP keliling belum pernah sampai ke {where}. Banyak lansia tidak kuat ke kantor camat.",
        "Nomor antrean daring dukcapil penuh terus {since}. Apakah ada loket khusus dari {where}?",
    ],
    "bansos": [
        "Bantuan pangan di {where} belum dibagikan {since}, sedangkan tetangga sebelah sudah.",
        "Ada janda lanjut usia di {where} tidak masuk daftar penerima. Mohon didata ulang.",
        "Beras bantuan di {where} sebagian berkutu. Kami simpan contohnya kalau perlu dilihat.",
        "Daftar penerima bantuan di {where} tidak ditempel di papan pengumuman. Warga jadi saling curiga.",
        "Kartu bantuan saya tertulis aktif, tetapi saldonya kosong {since}.",
    ],
    "keamanan": [
        "Lampu jalan di {where} mati {since}. Sudah dua kali ada motor hilang di sini.",
        "Balap motor malam Minggu di {where} membuat warga takut keluar rumah.",
        "Pos ronda di {where} rusak dan tidak dipakai lagi. Mohon bantuan bahan untuk memperbaiki.",
        "Ada orang menawarkan pinjaman dari rumah ke rumah di {where} sambil meminta foto KTP.",
        "Anjing liar berkelompok di {where} {since}. Seorang anak digigit, untung sudah divaksin.",
    ],
    "pelanggaran-hukum": [
        "Ada pungutan lima puluh ribu rupiah untuk surat keterangan di {where}, tanpa tanda terima.",
        "Pohon di hulu dekat {where} ditebang malam hari {since}. Terdengar gergaji mesin sampai subuh.",
        "Pasir sungai di {where} dikeruk dengan mesin tanpa papan izin. Tebing sawah mulai runtuh.",
    ],
    "darurat": [
        "Tanah di tebing {where} mulai retak setelah hujan dua hari. Tiga rumah di bawahnya.",
        "Air sungai di {where} naik cepat sejak sore dan sudah menyentuh lantai jembatan.",
        "Pohon besar di {where} miring ke kabel listrik dan ke atap warung.",
        "Tiang listrik di {where} condong {since}, kabelnya hampir menyentuh atap.",
    ],
    "aspirasi": [
        "Usul: perpustakaan di {where} buka sampai sore dan ada kelas komputer untuk ibu-ibu.",
        "Kami pemuda di {where} berharap ada pelatihan memotret produk supaya kerajinan laku di luar daerah.",
        "Usul pasar pagi di {where} ditata: penjual sayur di dalam, parkir di sisi lapangan.",
        "Mohon wifi umum di {where} untuk anak sekolah. Sinyal di rumah hanya ada di dekat jendela.",
        "Kelompok tani di {where} ingin belajar membuat pupuk sendiri. Tempat dan peserta sudah siap.",
        "Usul penyuluhan kesehatan di {where} memakai bahasa daerah supaya orang tua paham.",
    ],
    "informasi": [
        "Berapa anggaran perbaikan jalan di {where} tahun ini, dan kapan mulai dikerjakan?",
        "Apa syarat mengurus izin usaha kecil? Saya berjualan keripik di {where}.",
        "Kapan jadwal vaksin hewan ternak keliling sampai ke {where}?",
        "Di mana melihat hasil musyawarah pembangunan? Di papan pengumuman {where} belum ada.",
    ],
    "lainnya": [
        "Papan nama jalan di {where} sudah pudar, kurir sering tersesat.",
        "Lapangan voli di {where} dipakai menjemur {since}. Mohon dibuat kesepakatan jam pakai.",
        "Terima kasih, jembatan di {where} sudah diperbaiki. Sekarang anak-anak aman ke sekolah.",
        "Pengeras suara di balai dekat {where} terlalu keras malam hari, ada bayi dan orang sakit.",
    ],
}

SINCE = (
    *("sejak Senin lalu", "sudah tiga minggu", "sudah dua bulan", "sejak hujan besar minggu lalu", "sejak bulan puasa"),
    *("sudah lebih dari sebulan", "sejak awal tahun", "sudah sepuluh hari", "sejak panen terakhir", "sudah lima hari"),
)

QUESTIONS = (
    "Mohon sebutkan letak persisnya, misalnya dekat rumah atau bangunan apa.",
    "Apakah masih terjadi hari ini? Bila ada foto, mohon ditambahkan di laporan ini.",
    "Sejak tanggal berapa, dan apakah sudah pernah dilaporkan ke kantor desa?",
)
POSTPONED = (
    "Menunggu hasil pemeriksaan lapangan bersama pihak desa minggu depan.",
    "Menunggu cuaca membaik; tim belum dapat menyeberang ke lokasi.",
)
FORWARDED = (
    "Mohon diperiksa di lapangan dan dijawab sebelum tenggat.",
    "Sudah kami cocokkan dengan pihak desa. Mohon ditindaklanjuti.",
    "Beberapa warga menyampaikan hal yang sama. Mohon didahulukan.",
)
STARTED = ("Petugas akan ke lokasi minggu ini.", "Sudah masuk daftar kerja kami.", "")
ANSWERS: dict[str, list[str]] = {
    "jalan": [
        "Lubang sudah ditutup sementara dengan batu pecah. Pengaspalan dijadwalkan bulan depan.",
        "Tim sudah memasang dua papan baru dan pagar pengaman. Perbaikan tetap diusulkan tahun depan.",
    ],
    "air-bersih": [
        "Pipa yang bocor sudah diganti. Bila air masih kecil setelah dua hari, mohon kabari lewat laporan ini.",
        "Bak sudah dikuras dan airnya diperiksa. Hasilnya ditempel di kantor desa.",
    ],
    "sampah": [
        "Sampah sudah diangkut. Truk kini lewat setiap Selasa dan Jumat pagi.",
        "Pemilik usaha sudah ditegur dan diminta membuat bak penampung dalam dua minggu.",
    ],
    "kesehatan": [
        "Persediaan obat sudah dikirim. Jadwal posyandu berikutnya ditempel di balai.",
        "Petugas sudah membagikan bubuk abate dan memeriksa rumah di sekitar lokasi.",
    ],
    "pendidikan": ["Dinas sudah meninjau. Atap diperbaiki memakai dana pemeliharaan sekolah, selesai dua minggu lagi."],
    "adminduk": ["Blangko sudah tersedia. Silakan datang dengan bukti perekaman; petugas akan mendahulukan Anda."],
    "bansos": ["Data sudah dicocokkan bersama pendamping. Perubahan diusulkan pada pemutakhiran bulan ini."],
    "keamanan": ["Lampu sudah diganti dan ronda malam diaktifkan lagi bersama warga."],
    "darurat": ["Tim sudah memasang tanda bahaya dan warga diminta mengungsi bila hujan deras."],
    "pelanggaran-hukum": ["Sudah diperiksa bersama pihak berwenang. Hasilnya disampaikan kepada pelapor."],
}
OTHER_ANSWERS = (
    "Terima kasih atas usulnya. Sudah dibahas dan dimasukkan ke rencana kerja tahun depan.",
    "Keterangan lengkap ada di kantor dinas dan di papan pengumuman desa; ringkasannya kami tulis di sini.",
)
DISPUTES = (
    "Baru dikerjakan sebagian. Sisi sebelahnya masih sama seperti dulu.",
    "Sudah dua hari baik, lalu rusak lagi. Mohon dilihat kembali.",
    "Belum ada petugas yang datang sampai hari ini.",
)
CLOSED = ("Pekerjaan sudah selesai dan diperiksa bersama pihak desa.", "Permintaan sudah dipenuhi.")
ARCHIVED = (
    "Laporan yang sama sudah ditangani; lihat laporan warga lain dari tempat ini.",
    "Isi terlalu umum untuk ditindaklanjuti. Silakan laporkan lagi dengan tempat dan waktunya.",
)
ELSEWHERE = ("Jalan ini milik pemerintah pusat, jadi ditangani balai jalan nasional.", "Tiang dan kabel ditangani PLN.")
NOTES = ("Sudah ditelepon ke kantor desa, cocok.", "Mirip dengan laporan bulan lalu di jorong sebelah.")
