"""Files stay small enough to be read at one sitting, and their names say what is in them."""

from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
MOST_LINES = 300
MOST_FILES = 25
NAMES_THAT_SAY_NOTHING = {"utils", "util", "helpers", "helper", "core", "common", "misc"}
SOURCES = sorted(
    path
    for folder, endings in {
        "hcnn_widgets": (".py", ".pyi"),
        "labextension/src": (".ts",),
        "labextension/style": (".css",),
        "tests": (".py",),
    }.items()
    for path in (ROOT / folder).rglob("*")
    if path.suffix in endings and "labextension/static" not in path.as_posix()
)


def ids(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def test_both_halves_are_looked_at() -> None:
    assert {path.suffix for path in SOURCES} == {".py", ".pyi", ".ts", ".css"}


@pytest.mark.parametrize("path", SOURCES, ids=ids)
def test_a_file_has_at_most_300_lines(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= MOST_LINES


@pytest.mark.parametrize("path", SOURCES, ids=ids)
def test_a_name_says_what_is_in_the_file(path: Path) -> None:
    parts = {part.split(".")[0] for part in path.relative_to(ROOT).parts}
    assert not parts & NAMES_THAT_SAY_NOTHING


@pytest.mark.parametrize("folder", sorted({path.parent for path in SOURCES}), ids=ids)
def test_a_folder_has_at_most_25_files_beside_their_tests(folder: Path) -> None:
    files = [path for path in SOURCES if path.parent == folder and not path.name.endswith(".spec.ts")]
    assert len([path for path in files if path.suffix != ".pyi"]) <= MOST_FILES
