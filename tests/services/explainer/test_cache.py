from pathlib import Path

import numpy as np

from bot.services.explainer._cache import Cache


def test_rows_on_disk_are_those_of_the_array(tmp_path: Path) -> None:
    array = np.arange(60, dtype=np.uint8).reshape(20, 3)
    rows = np.array([7, 0, 19, 7])
    for _ in range(2):  # written first, found afterwards
        kept = Cache(tmp_path).on_disk("table", array)
        assert kept is not array
        assert (kept[rows] == array[rows]).all()


def test_a_file_of_another_form_is_not_read_for_the_array(tmp_path: Path) -> None:
    cache = Cache(tmp_path)
    cache.on_disk("table", np.zeros((4, 3), np.uint8))
    another = np.ones((4, 5), np.uint8)
    assert cache.on_disk("table", another) is another
    (tmp_path / "table.npy").write_text("no array")
    assert cache.on_disk("table", another) is another
