"""What the journeys through other front ends share: a wheel, its environments, their servers, a browser."""

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

sys.path += [str(Path(__file__).parent), str(Path(__file__).parents[1] / "ui")]

import find_browser
from environments import NOW, THEN, built_wheel, environment
from jupyter_lab import TOKEN, JupyterLab
from playwright.sync_api import Browser, Page, sync_playwright

PICTURES = Path(__file__).parents[2] / "test-results"


@pytest.fixture(scope="session")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return built_wheel(tmp_path_factory.mktemp("wheel"))


def served(folder: Path, python: Path) -> Iterator[JupyterLab]:
    server = JupyterLab(folder, python, PATH=str(python.parent), PYTHONPATH="")
    yield server
    server.stop()


@pytest.fixture(scope="session")
def python_now(wheel: Path) -> Path:
    """Return the Python beside which the front ends are as they are now."""
    return environment("now", wheel, NOW)


@pytest.fixture(scope="session")
def now(python_now: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[JupyterLab]:
    """The front ends as they are now, all of them on one server."""
    yield from served(tmp_path_factory.mktemp("now"), python_now)


@pytest.fixture(scope="session")
def then(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[JupyterLab]:
    """The oldest JupyterLab that the package says it works in."""
    yield from served(tmp_path_factory.mktemp("then"), environment("then", wheel, THEN))


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=find_browser.find(), args=find_browser.FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture
def opened(browser: Browser) -> Iterator[Callable[[str], Page]]:
    """Open an address, at 1280 x 800; what fails uncaught in our half of the page fails the test.

    Not what fails in a front end's own: Notebook 7.6 reads a schema before it is there, with and without us.
    """
    errors: list[str] = []
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    context.set_extra_http_headers({"Authorization": f"token {TOKEN}"})

    def note(words: str) -> None:
        if "hcnn" in words:
            errors.append(words)

    def go(address: str) -> Page:
        page = context.new_page()
        page.set_default_timeout(60_000)
        page.on("pageerror", lambda error: note(f"{error}\n{error.stack}"))
        page.on("console", lambda said: note(said.text) if said.type == "error" else None)
        page.goto(address)
        return page

    yield go
    context.close()
    assert errors == []


@pytest.fixture
def pictures() -> Path:
    PICTURES.mkdir(exist_ok=True)
    return PICTURES
