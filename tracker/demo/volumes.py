"""How often the demonstration's services are asked for: invented, but of a believable size.

The ranges are requests a year for a city of 2.5 million people with 30 kecamatan and some
80 puskesmas. The first line whose words are in a service's name counts, those of its own
OPD before the general ones.
"""

from collections.abc import Mapping

Range = tuple[str, int, int]
"""Words in a service's name, and the fewest and most requests a year."""

_OF_OPD: Mapping[str, tuple[Range, ...]] = {
    "disdukcapil": (
        ("ktp elektronik baru", 40_000, 60_000),
        ("ktp elektronik pemula", 30_000, 42_000),
        ("ktp elektronik pengganti", 15_000, 40_000),
        ("perubahan data", 60_000, 110_000),
        ("kartu keluarga", 20_000, 70_000),
        ("identitas anak", 40_000, 70_000),
        ("identitas kependudukan digital", 80_000, 160_000),
        ("akta kelahiran", 15_000, 40_000),
        ("akta kematian", 12_000, 18_000),
        ("pindah", 12_000, 35_000),
        ("nik", 5_000, 12_000),
        ("keliling", 4_000, 12_000),
        ("", 60, 3_000),
    ),
    "disdik": (
        ("penerimaan murid baru", 15_000, 34_000),
        ("nisn", 8_000, 20_000),
        ("mutasi siswa", 1_500, 4_000),
        ("program indonesia pintar", 15_000, 40_000),
        ("honor", 5_000, 9_000),
        ("tunjangan profesi", 6_000, 9_000),
        ("rekomendasi", 5, 60),
        ("pengaduan", 150, 900),
        ("pelaporan perundungan", 60, 300),
        ("", 80, 3_000),
    ),
    "dinkes": (
        ("pendaftaran pasien", 900_000, 1_300_000),
        ("pemeriksaan umum", 550_000, 800_000),
        ("penimbangan", 400_000, 600_000),
        ("imunisasi", 60_000, 140_000),
        ("gigi dan mulut", 90_000, 150_000),
        ("kehamilan", 70_000, 110_000),
        ("kesehatan gratis", 150_000, 400_000),
        ("skrining", 100_000, 220_000),
        ("pos pembinaan", 40_000, 90_000),
        ("lanjut usia", 60_000, 120_000),
        ("sehat dari puskesmas", 30_000, 60_000),
        ("calon pengantin", 15_000, 20_000),
        ("jemaah haji", 2_200, 2_800),
        ("tuberkulosis", 12_000, 18_000),
        ("jaminan kesehatan", 20_000, 60_000),
        ("izin", 300, 2_500),
        ("pengaduan", 200, 900),
        ("", 300, 6_000),
    ),
    "bapenda": (
        ("penerbitan sppt", 540_000, 600_000),
        ("pembayaran pbb", 380_000, 460_000),
        ("salinan sppt", 20_000, 50_000),
        ("tunggakan", 20_000, 60_000),
        ("bphtb", 3_000, 25_000),
        ("makanan dan minuman", 18_000, 30_000),
        ("pelaporan pajak", 2_000, 9_000),
        ("reklame", 4_000, 9_000),
        ("keberatan", 20, 200),
        ("restitusi", 10, 80),
        ("", 200, 6_000),
    ),
    "dishub": (
        ("kir", 1_500, 8_000),
        ("perpanjangan uji", 35_000, 60_000),
        ("trans metro", 900_000, 1_400_000),
        ("bus sekolah", 120_000, 220_000),
        ("bandros", 900, 2_500),
        ("padam", 3_000, 8_000),
        ("", 60, 1_800),
    ),
    "diskominfo": (
        ("112", 60_000, 120_000),
        ("lapor!", 7_000, 14_000),
        ("nirkabel", 200_000, 400_000),
        ("data terbuka", 20_000, 60_000),
        ("waktu nyata", 30_000, 90_000),
        ("tanda tangan", 1_500, 4_000),
        ("keberatan", 10, 60),
        ("", 40, 900),
    ),
    "dinsos": (
        ("sembako", 80_000, 130_000),
        ("keluarga harapan", 40_000, 60_000),
        ("data tunggal", 20_000, 60_000),
        ("iuran jaminan", 15_000, 50_000),
        ("kesejahteraan sosial", 2_000, 9_000),
        ("", 30, 900),
    ),
    "disnaker": (
        ("ak-1", 5_000, 20_000),
        ("bursa kerja", 3_000, 12_000),
        ("", 30, 1_500),
    ),
    "dpmptsp": (
        ("nomor induk berusaha", 25_000, 50_000),
        ("antrean", 60_000, 110_000),
        ("izin praktik perawat", 2_500, 4_500),
        ("izin praktik", 40, 1_800),
        ("bangunan gedung", 1_500, 4_000),
        ("reklame", 800, 3_000),
        ("pangan", 600, 1_800),
        ("oss", 4_000, 12_000),
        ("", 20, 900),
    ),
    "disarpus": (
        ("peminjaman dan pengembalian", 40_000, 90_000),
        ("kartu anggota", 5_000, 12_000),
        ("keliling", 20_000, 45_000),
        ("", 20, 2_500),
    ),
    "disbudpar": (
        ("museum", 40_000, 90_000),
        ("informasi wisata", 8_000, 20_000),
        ("", 15, 900),
    ),
    "dppkb": (
        ("suntik, pil", 90_000, 160_000),
        ("pelayanan kb", 800, 9_000),
        ("", 200, 6_000),
    ),
    "dlh": (
        ("retribusi", 60_000, 120_000),
        ("pengangkutan sampah", 1_500, 6_000),
        ("", 20, 900),
    ),
    "dkpp": (
        ("hewan", 800, 9_000),
        ("pangan murah", 20_000, 50_000),
        ("", 30, 1_500),
    ),
    "dpkp": (("pohon", 300, 2_500), ("rumah susun", 300, 1_500), ("", 20, 800)),
    "bkpsdm": (
        ("tambahan penghasilan", 10_000, 16_000),
        ("berkala", 4_000, 7_000),
        ("", 30, 2_000),
    ),
    "bkad": (
        ("pencairan dana", 12_000, 25_000),
        ("gaji asn", 10_000, 16_000),
        ("", 15, 700),
    ),
    "inspektorat": (
        ("whistleblowing", 15, 90),
        ("gratifikasi", 10, 60),
        ("", 20, 350),
    ),
    "diskar-pb": (
        ("pemadaman", 250, 450),
        ("evakuasi", 900, 2_500),
        ("", 40, 900),
    ),
    "kesbangpol": (
        ("penelitian", 3_000, 7_000),
        ("praktik lapangan", 1_500, 4_000),
        ("", 10, 300),
    ),
    "setwan": (("", 20, 300),),
    "bpbd": (("informasi", 800, 4_000), ("", 15, 400)),
}
_OF_KIND: Mapping[str, tuple[Range, ...]] = {
    "kecamatan": (
        ("ahli waris", 200, 600),
        ("dispensasi nikah", 15, 60),
        ("pengantar nikah", 500, 1_200),
        ("domisili yayasan", 30, 150),
        ("domisili", 300, 1_400),
        ("tidak mampu", 600, 2_400),
        ("skck", 800, 2_200),
        ("perekaman ktp", 900, 2_500),
        ("loket kecamatan", 4_000, 12_000),
        ("nib", 100, 600),
        ("pengaduan", 40, 300),
        ("perselisihan", 8, 45),
        ("", 40, 250),
    ),
    "rumah-sakit": (
        ("rawat jalan", 70_000, 180_000),
        ("farmasi", 60_000, 160_000),
        ("laboratorium", 30_000, 90_000),
        ("gawat darurat", 15_000, 40_000),
        ("rawat inap", 6_000, 18_000),
        ("poliklinik", 6_000, 28_000),
        ("hemodialisis", 9_000, 14_000),
        ("pengaduan", 80, 400),
        ("visum", 80, 300),
        ("", 600, 6_000),
    ),
}
_GENERAL: tuple[Range, ...] = (
    ("pengaduan", 60, 900),
    ("pelaporan", 40, 900),
    ("rekomendasi", 15, 300),
    ("audiensi", 60, 300),
    ("", 40, 1_500),
)


def volume_between(
    opd: str,
    kind: str,
    name: str,
    drawn: float,
) -> int:
    """Return the requests a year for the service ``name`` of an OPD, to two significant digits.

    ``drawn`` (0 to 1) chooses within the service's range.
    """
    ranges = _OF_OPD.get(opd) or _OF_KIND.get(kind) or _GENERAL
    low, high = next(
        (low, high) for words, low, high in ranges if words in name.lower()
    )
    volume = round(low + drawn * (high - low))
    return round(volume, 2 - len(str(volume)))
