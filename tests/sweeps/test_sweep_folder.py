"""A folder of a sweep that several processes write to at once."""

import multiprocessing
from pathlib import Path

from hcnn_widgets.sweeps.sweep_folder import SweepFolder, read_rows
from hcnn_widgets.sweeps.sweep_row import SweepRow

N_PROCESSES, N_EACH = 4, 25


def _claim(path: Path, told: "multiprocessing.Queue[list[int]]") -> None:
    folder = SweepFolder(path, {"kind": "designs"})
    told.put([folder.claim(1) for _ in range(N_EACH)])


def test_no_number_is_taken_by_two_processes(tmp_path: Path) -> None:
    SweepFolder(tmp_path, {"kind": "designs"})
    several = multiprocessing.get_context("fork")
    told: multiprocessing.Queue[list[int]] = several.Queue()
    processes = [several.Process(target=_claim, args=(tmp_path, told)) for _ in range(N_PROCESSES)]
    for each in processes:
        each.start()
    taken = [number for _ in processes for number in told.get(timeout=60)]
    for each in processes:
        each.join()
    assert sorted(taken) == list(range(1, N_PROCESSES * N_EACH + 1))


def test_a_number_with_a_row_is_not_free(tmp_path: Path) -> None:
    folder = SweepFolder(tmp_path, {})
    folder.keep(SweepRow(2, title="kept before numbers were taken"), [SweepRow(2)])
    assert [folder.claim(1), folder.claim(1)] == [1, 3]
    assert [row.number for row in read_rows(tmp_path)] == [2]
