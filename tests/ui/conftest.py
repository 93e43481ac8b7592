"""What the browser journeys of a process share: one JupyterLab, one browser, and a page that watches for errors."""

import os
import sys
from collections.abc import Generator, Iterator
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

import find_browser
from driving import end_all_kernels
from jupyter_lab import JupyterLab
from kept_page import KeptPage
from playwright.sync_api import Browser, Page, expect, sync_playwright

FAILED = pytest.StashKey[bool]()
PICTURES = Path(__file__).parents[2] / "test-results"
UNTIL_SEEN_MS = 20_000
"""How long a journey waits for what it does not time itself: another one trains on the same cores."""

expect.set_options(timeout=UNTIL_SEEN_MS)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put whole notebooks first, the longest journeys: two processes end together."""
    items.sort(key=lambda item: not item.path.stem.endswith("_notebook"))


@pytest.fixture(scope="session")
def lab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[JupyterLab]:
    server = JupyterLab(tmp_path_factory.mktemp("jupyter"))
    yield server
    server.stop()


@pytest.fixture(autouse=True)
def no_other_kernel_is_left(lab: JupyterLab) -> Iterator[None]:
    yield
    lab.kernel.empty()
    end_all_kernels(lab, but=lab.kernel.id)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    path = find_browser.find()
    if path is None:
        words = "no Chromium here: run tests/ui/find_browser.py, which says what to install"
        if os.environ.get("CI"):
            pytest.fail(words)
        pytest.skip(words)
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=find_browser.FLAGS)
        yield chromium
        chromium.close()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Tell the fixtures of a journey whether it has failed, this time."""
    report = yield
    earlier = report.when != "setup" and item.stash.get(FAILED, False)
    item.stash[FAILED] = earlier or report.failed
    return report


@pytest.fixture(scope="session")
def kept(browser: Browser, lab: JupyterLab) -> KeptPage:
    return KeptPage(browser, lab)


@pytest.fixture
def page(kept: KeptPage, request: pytest.FixtureRequest) -> Iterator[Page]:
    """A page at 1280 x 800 that fails the test on an uncaught error in it; of a failed journey a picture is left."""
    lent = kept.lend()
    yield lent
    if request.node.stash.get(FAILED, False):
        PICTURES.mkdir(exist_ok=True)
        lent.screenshot(path=PICTURES / f"failed_{request.node.name}.png")
        lent.context.close()
    else:
        kept.take_back(lent)
    assert not kept.errors


@pytest.fixture
def pictures() -> Path:
    PICTURES.mkdir(exist_ok=True)
    return PICTURES
