"""Which names come near another one."""

from tracker.exchange.apply.similarity import find_nearest


def test_a_name_of_four_letters_is_near_where_a_longer_one_holds_it() -> None:
    names = [("gizi", "Layanan Gizi Balita dan Ibu"), ("pbb", "Bayar PBB-P2")]
    assert find_nearest("Gizi", names) == ["gizi"]
    assert find_nearest("Giz", names) == []
