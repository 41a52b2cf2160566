"""Which names come near another one."""

import pytest

from tracker.exchange.apply.similarity import find_nearest


def test_a_name_of_four_letters_is_near_where_a_longer_one_holds_it() -> None:
    names = [("gizi", "Layanan Gizi Balita dan Ibu"), ("pbb", "Bayar PBB-P2")]
    assert find_nearest("Gizi", names) == ["gizi"]
    assert find_nearest("Giz", names) == []


@pytest.mark.parametrize(
    ("short", "full"),
    [
        ("IMR", "Izin Menyelenggarakan Reklame"),
        ("DPPA", "Dinas Pemberdayaan dan Perlindungan Anak"),
        ("DPDPA", "Dinas Pemberdayaan dan Perlindungan Anak"),
    ],
)
def test_initials_come_near_their_name_with_and_without_its_little_words(
    short: str, full: str
) -> None:
    others = [("it", full), ("other", "Surat Keterangan Domisili")]
    assert find_nearest(short, others) == ["it"]
