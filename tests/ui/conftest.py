"""What the browser journeys share: one JupyterLab, one browser, and a page that watches for errors."""

import os
import sys
from collections.abc import Generator, Iterator
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

import find_browser
from driving import end_all_kernels
from jupyter_lab import TOKEN, JupyterLab
from playwright.sync_api import Browser, Page, sync_playwright

FAILED = pytest.StashKey[bool]()
PICTURES = Path(__file__).parents[2] / "test-results"


@pytest.fixture(scope="session")
def lab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[JupyterLab]:
    server = JupyterLab(tmp_path_factory.mktemp("jupyter"))
    yield server
    server.stop()


@pytest.fixture(autouse=True)
def no_kernel_is_left(lab: JupyterLab) -> Iterator[None]:
    yield
    end_all_kernels(lab)


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
    """Tell the fixtures of a journey whether it has failed."""
    report = yield
    item.stash[FAILED] = item.stash.get(FAILED, False) or report.failed
    return report


@pytest.fixture
def page(browser: Browser, lab: JupyterLab, request: pytest.FixtureRequest) -> Iterator[Page]:
    """A page at 1280 x 800 that fails the test on an uncaught error in it; of a failed journey a picture is left."""
    lab.forget_settings()
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    context.set_extra_http_headers({"Authorization": f"token {TOKEN}"})
    new = context.new_page()
    new.set_default_timeout(30_000)
    errors: list[str] = []
    new.on("pageerror", lambda error: errors.append(str(error)))
    yield new
    if request.node.stash.get(FAILED, False):
        PICTURES.mkdir(exist_ok=True)
        new.screenshot(path=PICTURES / f"failed_{request.node.name}.png")
    context.close()
    assert not errors


@pytest.fixture
def pictures() -> Path:
    PICTURES.mkdir(exist_ok=True)
    return PICTURES
