"""Files stay small enough to be read at one sitting, and their names say what is in them."""

from collections import Counter
from collections.abc import Iterable
from pathlib import Path

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


def named(paths: Iterable[Path]) -> list[str]:
    return [path.relative_to(ROOT).as_posix() for path in paths]


def test_both_halves_are_looked_at() -> None:
    assert {path.suffix for path in SOURCES} == {".py", ".pyi", ".ts", ".css"}


def test_a_file_has_at_most_300_lines() -> None:
    assert not named(path for path in SOURCES if len(path.read_text(encoding="utf-8").splitlines()) > MOST_LINES)


def test_a_name_says_what_is_in_the_file() -> None:
    assert not named(path for path in SOURCES if says_nothing(path))


def says_nothing(path: Path) -> bool:
    return any(part.split(".")[0] in NAMES_THAT_SAY_NOTHING for part in path.relative_to(ROOT).parts)


def test_a_folder_has_at_most_25_files_beside_their_tests() -> None:
    n_files = Counter(path.parent for path in SOURCES if not path.name.endswith((".spec.ts", ".pyi")))
    assert not named(folder for folder, number in n_files.items() if number > MOST_FILES)
