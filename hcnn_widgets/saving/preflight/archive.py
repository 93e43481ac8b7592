"""The members of an archive of Keras: their names, kinds and declared sizes, before any is unpacked."""

import stat
import zipfile
import zlib
from pathlib import Path, PurePosixPath

from .refusal import refusal

CONFIG, METADATA, WEIGHTS, DESCRIPTION = "config.json", "metadata.json", "model.weights.h5", "hcnn_widgets.json"
ASSETS = "assets/"
MOST_MEMBERS = 512
MOST_TEXT = 16 * 2**20
"""Bytes of each member of text: the configuration, Keras's version, the description."""
MOST_EXPANSION = 20
FREE_BYTES = 2**20
"""Bytes that a file may declare without storing any of them."""


class Archive:
    """An archive whose members have been looked at and are unpacked one at a time.

    Parameters
    ----------
    path : pathlib.Path
        A local file.

    Raises
    ------
    ValueError
        If it is no zip file, or has members that Keras does not write, links, the same name twice, or more declared
        than stored.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        try:
            with zipfile.ZipFile(path) as opened:
                self._members = opened.infolist()
        except (zipfile.BadZipFile, ValueError, NotImplementedError, EOFError) as error:
            raise refusal(
                path, "cannot be read as a .keras archive", "a whole file of this format", str(error)
            ) from error
        self._check_names()
        self._check_sizes()

    def read(self, name: str) -> bytes:
        """Unpack a member.

        Raises
        ------
        ValueError
            If it is missing or damaged.
        """
        content = self.read_or_none(name)
        if content is None:
            raise refusal(self.path, f"lacks {name}", "an archive that Keras wrote whole", "an archive without it")
        return content

    def read_or_none(self, name: str) -> bytes | None:
        """Unpack a member; return None where there is none of this name."""
        member = next((member for member in self._members if member.filename == name), None)
        if member is None:
            return None
        try:
            with zipfile.ZipFile(self.path) as opened:
                return opened.read(member)
        except (zipfile.BadZipFile, zlib.error, ValueError, NotImplementedError, RuntimeError, EOFError) as error:
            raise refusal(self.path, "is damaged", "a whole .keras archive", f"{name}: {error}") from error

    def _check_names(self) -> None:
        accepted = f"at most {MOST_MEMBERS} members, each once, named {CONFIG}, {METADATA}, {WEIGHTS} or {ASSETS}..."
        if len(self._members) > MOST_MEMBERS:
            raise refusal(self.path, "has too many members", accepted, f"{len(self._members):,}")
        for member in self._members:
            if fault := _fault(member):
                raise refusal(self.path, f"has a member that is {fault}", accepted, f"{member.orig_filename[:200]!r}")
        names = [member.filename for member in self._members]
        twice = [name for name in names if names.count(name) > 1]
        if twice:
            raise refusal(self.path, "has a member twice", accepted, repr(twice[0]))

    def _check_sizes(self) -> None:
        stored = min(sum(member.compress_size for member in self._members), self.path.stat().st_size)
        declared = sum(member.file_size for member in self._members)
        if declared > MOST_EXPANSION * stored + FREE_BYTES:
            raise refusal(
                self.path,
                "would expand to much more than it stores",
                f"{MOST_EXPANSION} times as much",
                f"{declared:,} bytes declared and {stored:,} stored",
            )
        for member in self._members:
            if member.filename in (CONFIG, METADATA, DESCRIPTION) and member.file_size > MOST_TEXT:
                raise refusal(
                    self.path,
                    f"has a {member.filename} that is too long",
                    f"{MOST_TEXT:,} bytes",
                    f"{member.file_size:,}",
                )


def _fault(member: zipfile.ZipInfo) -> str:
    """Return why a member is not accepted; empty where it is."""
    name, mode = member.orig_filename, member.external_attr >> 16
    if stat.S_IFMT(mode) not in (0, stat.S_IFREG, stat.S_IFDIR):
        return "a link or no file"
    if member.flag_bits & 1 or member.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        return "encrypted or packed in an unusual way"
    inside = name.startswith(ASSETS) and ".." not in PurePosixPath(name).parts
    plain = name == member.filename and "\\" not in name and ":" not in name
    return (
        "" if plain and (inside or name in (CONFIG, METADATA, WEIGHTS, DESCRIPTION)) else "not of an archive of Keras"
    )
