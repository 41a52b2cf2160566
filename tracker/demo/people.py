"""Who answers for what in the demonstration: invented posts and addresses, no people."""

from random import Random

from tracker.demo.phrases import ILLUSTRATIVE
from tracker.model import Kind

_POSTS: dict[str, tuple[str, ...]] = {
    Kind.KECAMATAN: (
        "Kasi Pelayanan",
        "Kasi Pemerintahan",
        "Kasi Ekonomi dan Kesejahteraan",
    ),
    Kind.RUMAH_SAKIT: (
        "Kepala Bidang Pelayanan Medis",
        "Kepala Instalasi Rekam Medis",
        "Kepala Bidang Penunjang",
    ),
    Kind.SEKRETARIAT: ("Kepala Bagian Umum", "Kepala Bagian Organisasi"),
}
_OTHER_POSTS = (
    "Kepala Bidang Pelayanan",
    "Sekretaris",
    "Kepala Bidang Data",
    "Kepala UPT",
)
_WITHOUT_CONTACT = {"bpbd", "kecamatan-cinambo", "kecamatan-gedebage", "setwan"}


def owner_of(rng: Random, kind: str) -> str:
    """Return the post that answers for a service; of one in four nobody has said who."""
    posts = _POSTS.get(kind, _OTHER_POSTS)
    drawn = rng.random()
    if drawn < 0.25:
        return ""
    return f"{posts[int(rng.random() * len(posts))]} {ILLUSTRATIVE}"


def contact_of(code: str, kind: str) -> str:
    """Return how an OPD is reached, at a domain that cannot be; of a few nobody knows."""
    if code in _WITHOUT_CONTACT:
        return ""
    posts: dict[str, str] = {
        Kind.KECAMATAN: "Sekretaris Kecamatan",
        Kind.RUMAH_SAKIT: "Wakil Direktur Umum",
    }
    post = posts.get(kind, "Sekretaris")
    return f"{post}, {code}@opd.example"
