"""A sweep in processes of its own: the same rows, also where a worker of a cluster is killed on the way."""

import os
import signal
from typing import Any

import joblib
import pytest

import hcnn_widgets as hw

OPTIONS = {"n": 3, "epochs": 1, "units": 64}


def numbers(sweep: hw.sweeps.Sweep) -> list[float]:
    return [round(row.best, 4) for row in sweep.rows]


@pytest.mark.no_cover  # sweeps in one process run the same lines
@pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::ResourceWarning", "ignore::UserWarning")
def test_a_cluster_that_loses_a_worker_gives_the_rows_of_one_process(images: Any, recordings: Any, small: Any) -> None:
    from distributed import Client, LocalCluster

    alone = hw.sweep(images, recordings, small, n_jobs=1, **OPTIONS)
    with (
        LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as cluster,
        Client(cluster) as client,
    ):
        with joblib.parallel_config(backend="dask"):
            sweep = hw.sweep(images, recordings, small, **OPTIONS)
        assert alone.join(120)
        os.kill(next(iter(client.run(os.getpid).values())), signal.SIGKILL)
        assert sweep.join(240), sweep
    assert sweep.state == "finished", sweep.message
    assert numbers(sweep) == numbers(alone)
