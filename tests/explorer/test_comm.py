"""The door of the sidebar in the kernel: found by the page, told once, and never the reason why an import fails."""

import subprocess
import sys
from types import SimpleNamespace
from typing import Any

import comm
import IPython
import pytest

from hcnn_widgets.explorer import comm as door


class Manager:
    def __init__(self) -> None:
        self.targets: dict[str, Any] = {}

    def register_target(self, name: str, opened: Any) -> None:
        self.targets[name] = opened


@pytest.fixture
def kernel(monkeypatch: pytest.MonkeyPatch, shell: SimpleNamespace) -> SimpleNamespace:
    """A kernel as far as ``register`` sees one: a shell with a kernel, a manager of comms, the comms made."""
    shell.kernel = object()
    manager, opened = Manager(), []

    def create_comm(**values: Any) -> SimpleNamespace:
        made = SimpleNamespace(**values, closed=False)
        made.close = lambda: setattr(made, "closed", True)
        opened.append(made)
        return made

    monkeypatch.setattr(door, "_explorers", {})
    monkeypatch.setattr(IPython, "get_ipython", lambda: shell)
    monkeypatch.setattr(comm, "create_comm", create_comm)
    monkeypatch.setattr(comm, "get_comm_manager", lambda: manager)
    return SimpleNamespace(shell=shell, targets=manager.targets, opened=opened)


def test_in_a_kernel_the_page_is_told_by_a_comm_that_opens_and_closes(kernel: SimpleNamespace) -> None:
    assert door.register()
    assert list(kernel.targets) == [door.TARGET]
    told = kernel.opened[0]
    assert (told.target_name, told.data, told.closed) == (door.TARGET, {"kind": "imported"}, True)


def test_a_second_call_does_nothing(kernel: SimpleNamespace) -> None:
    assert door.register()
    assert door.register()
    assert len(kernel.opened) == 1


def test_without_a_kernel_nothing_happens(kernel: SimpleNamespace, monkeypatch: pytest.MonkeyPatch) -> None:
    del kernel.shell.kernel
    assert not door.register()
    monkeypatch.setattr(IPython, "get_ipython", lambda: None)
    assert not door.register()
    monkeypatch.delitem(sys.modules, "IPython")
    assert not door.register()
    assert not kernel.targets


def test_a_way_to_the_page_that_is_broken_breaks_no_import(
    kernel: SimpleNamespace, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken() -> None:
        raise OSError("The socket is closed.")

    monkeypatch.setattr(comm, "get_comm_manager", broken)
    assert not door.register()


def test_a_script_does_not_pay_for_the_sidebar() -> None:
    code = "import sys, hcnn_widgets; print([name for name in sys.modules if name.startswith('hcnn_widgets.explorer')])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60)
    assert done.stdout.strip() == "[]"


def test_a_kernel_that_imports_the_package_can_be_found_at_once() -> None:
    code = (
        "import sys; from ipykernel.kernelapp import IPKernelApp; import hcnn_widgets;"
        "print('hcnn_widgets.explorer.comm' in sys.modules, 'keras' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60)
    assert done.stdout.split() == ["True", "False"]
