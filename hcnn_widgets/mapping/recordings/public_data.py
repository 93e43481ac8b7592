"""Find files of public data sets in the user's folder or download them once, and verify their checksums."""

import logging
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from os import PathLike
from pathlib import Path

FOLDER_VARIABLE = "HCNN_WIDGETS_DATA"
"""Environment variable that names a folder with the files, so that nothing is downloaded."""


@dataclass(frozen=True)
class PublicDataSet:
    """A data set in a public repository, at one commit.

    Parameters
    ----------
    name : str
        Name of the data set's folder.
    base_url : str
        Address of the repository's files at the commit, without a slash at the end.
    sha256 : mapping of str to str
        Path in the repository -> checksum.
    """

    name: str
    base_url: str
    sha256: Mapping[str, str]

    def fetch(self, path: str, folder: "str | PathLike[str] | None" = None) -> Path:
        """Return the path of a local file that matches its checksum.

        Parameters
        ----------
        path : str
            Path in the repository, one of `sha256`.
        folder : path, optional
            Folder that holds the files as the repository does, itself or in a sub-folder with the data set's name. By
            default the folder that the environment variable HCNN_WIDGETS_DATA names; without it the file is
            downloaded once.

        Returns
        -------
        pathlib.Path

        Raises
        ------
        FileNotFoundError
            If the folder lacks the file.
        ValueError
            If the file does not match its checksum.
        ConnectionError
            If the file cannot be downloaded.
        """
        folder = folder or os.environ.get(FOLDER_VARIABLE)
        return self._checked(path, Path(folder)) if folder else self._downloaded(path)

    def _checked(self, path: str, folder: Path) -> Path:
        import pooch

        places = [folder / path, folder / self.name / path]
        found = next((place for place in places if place.is_file()), None)
        if found is None:
            raise FileNotFoundError(
                f"`folder` lacks a file of {self.name}. Accepted is a folder that holds {path} or {self.name}/{path}; "
                f"received {folder}. The file's public address is {self.base_url}/{path}."
            )
        received = pooch.file_hash(str(found))
        if received != self.sha256[path]:
            raise ValueError(
                f"`folder` holds another file than the one published. Accepted is {path} with sha256 "
                f"{self.sha256[path]}; received {found} with {received}. Fetch it again from {self.base_url}/{path}."
            )
        return found

    def _downloaded(self, path: str) -> Path:
        import pooch

        door = pooch.create(pooch.os_cache("hcnn-widgets") / self.name, self.base_url + "/", registry=dict(self.sha256))
        try:
            with _quiet():
                return Path(door.fetch(path))
        except OSError as error:  # requests' errors are OSErrors: no network, a time-out, an answer other than 200
            raise ConnectionError(
                f"{self.name} could not be downloaded: {self.base_url}/{path} gave no file ({type(error).__name__}). "
                f"Needed is a network, or the file on this computer: pass folder=... or set {FOLDER_VARIABLE} to "
                f"a folder that holds {self.name}/{path}."
            ) from error


@contextmanager
def _quiet() -> Iterator[None]:
    """Keep pooch from writing into the notebook."""
    import pooch

    log = pooch.get_logger()
    level = log.level
    log.setLevel(logging.ERROR)
    try:
        yield
    finally:
        log.setLevel(level)
