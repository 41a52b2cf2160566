"""The texts of the demonstration's invented entries: data, in Indonesian, marked as invented."""

from tracker.model import Factor

ILLUSTRATIVE = "(ilustrasi)"
COORDINATOR = f"Koordinator {ILLUSTRATIVE}"

EVIDENCE = (
    "Ilustrasi: tautan layanan dan tangkapan layar permohonan pertama",
    "Ilustrasi: berita acara uji coba dengan pemohon",
    "Ilustrasi: surat edaran kepala OPD tentang layanan daring",
    "Ilustrasi: laporan pemakaian minggu pertama",
    "Ilustrasi: hasil uji terima bersama Diskominfo",
)
UNTRUE = (
    "Ilustrasi: saat diperiksa pemohon masih diminta datang",
    "Ilustrasi: formulir daring tidak lagi dilayani",
    "Ilustrasi: tautan di portal mati lebih dari dua minggu",
)
OBSTACLES = {
    Factor.INFRASTRUCTURE: (
        "Ilustrasi: jaringan kantor putus pada jam sibuk",
        "Ilustrasi: peladen lama tidak sanggup menampung unggahan berkas",
        "Ilustrasi: belum ada sambungan ke pusat data kota",
    ),
    Factor.PEOPLE: (
        "Ilustrasi: satu-satunya operator pindah tugas",
        "Ilustrasi: petugas loket belum dilatih memakai aplikasi",
        "Ilustrasi: tidak ada yang ditunjuk sebagai penanggung jawab",
    ),
    Factor.APPLICATION: (
        "Ilustrasi: aplikasi belum mendukung tanda tangan elektronik",
        "Ilustrasi: aplikasi milik pusat tidak menyediakan antarmuka data",
        "Ilustrasi: data ganda di dua aplikasi belum dirapikan",
    ),
    Factor.LEADERSHIP: (
        "Ilustrasi: prosedur baru menunggu tanda tangan kepala OPD",
        "Ilustrasi: anggaran pengembangan digeser ke tahun depan",
        "Ilustrasi: belum ada keputusan tentang syarat yang dihapus",
    ),
}
REPORTS = (
    "",
    "",
    "",
    "Ilustrasi: tidak ada perubahan minggu ini",
    "Ilustrasi: menunggu jadwal uji coba",
)

MILESTONES = (
    ("2025-01-13", "Ilustrasi: laporan mingguan setiap OPD dimulai", False),
    (
        "2025-06-30",
        "Ilustrasi: layanan dihitung daring hanya bila permohonannya selesai daring",
        True,
    ),
    (
        "2025-07-07",
        "Ilustrasi: penataan organisasi; satu triwulan nyaris tanpa perubahan",
        False,
    ),
    ("2026-01-12", "Ilustrasi: wali kota menetapkan target setiap OPD", False),
    (
        "2026-06-08",
        "Ilustrasi: masuk tunggal di Sadayana selesai untuk aplikasi perizinan",
        False,
    ),
)
