from pathlib import Path

import psutil
import pytest

from hcnn_widgets.mapping.numerics.free_memory import free_memory

MANY = 2**60


@pytest.fixture(autouse=True)
def plenty_on_the_machine(monkeypatch) -> None:
    class Plenty:
        available = MANY

    monkeypatch.setattr(psutil, "virtual_memory", Plenty)


def write(root: Path, files: dict[str, str]) -> None:
    for name, content in files.items():
        file = root / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(content)


def test_without_limits_it_is_what_the_machine_has(tmp_path) -> None:
    assert free_memory(tmp_path) == MANY


def test_a_limit_of_a_control_group_counts_less_what_is_used_of_it(tmp_path) -> None:
    group = "sys/fs/cgroup/hub/user"
    files = {
        "proc/self/cgroup": "0::/hub/user\n",
        f"{group}/memory.max": "1000\n",
        f"{group}/memory.current": "700\n",
        f"{group}/memory.stat": "anon 500\ninactive_file 150\n\n",
    }
    write(tmp_path, files)
    assert free_memory(tmp_path) == 450


def test_the_tightest_limit_binds_on_whatever_floor_it_is_set(tmp_path) -> None:
    write(
        tmp_path,
        {
            "proc/self/cgroup": "0::/hub/user\n",
            "sys/fs/cgroup/hub/user/memory.max": "max\n",
            "sys/fs/cgroup/hub/user/memory.current": "100\n",
            "sys/fs/cgroup/hub/memory.max": "5000\n",
            "sys/fs/cgroup/hub/memory.current": "1000\n",
            "sys/fs/cgroup/memory.max": "9000\n",
            "sys/fs/cgroup/memory.current": "1500\n",
        },
    )
    assert free_memory(tmp_path) == 4000


def test_control_groups_of_the_first_version_are_read(tmp_path) -> None:
    group = "sys/fs/cgroup/memory/job/7"
    write(
        tmp_path,
        {
            "proc/self/cgroup": "5:cpu,cpuacct:/job/7\n4:memory:/job/7\n0::/\n",
            f"{group}/memory.limit_in_bytes": "800\n",
            f"{group}/memory.usage_in_bytes": "300\n",
            f"{group}/memory.stat": "total_inactive_file 20\n",
        },
    )
    assert free_memory(tmp_path) == 520


def test_a_group_that_uses_more_than_its_limit_has_nothing_left(tmp_path) -> None:
    write(
        tmp_path,
        {
            "proc/self/cgroup": "0::/\n",
            "sys/fs/cgroup/memory.max": "100\n",
            "sys/fs/cgroup/memory.current": "101\n",
        },
    )
    assert free_memory(tmp_path) == 0


def test_this_machine_has_some() -> None:
    assert 0 < free_memory() <= MANY
