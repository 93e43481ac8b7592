"""Model files taken apart and put together again, as people who mean harm do."""

import zipfile
from pathlib import Path


def members(path: Path) -> dict[str, bytes]:
    """Return the members of an archive by name."""
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def rewritten(path: Path, changed: dict[str, str | bytes | None]) -> Path:
    """Write an archive again with other members; None leaves one out."""
    kept = {name: content for name, content in {**members(path), **changed}.items() if content is not None}
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in kept.items():
            archive.writestr(name, content)
    return path
