import hashlib
import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from hcnn_widgets.mapping.recordings.public_data import FOLDER_VARIABLE, PublicDataSet

CONTENT = b"spikes"
PATH = "responses/spikes.npy"


def a_set(base_url: str = "http://127.0.0.1:9", content: bytes = CONTENT) -> PublicDataSet:
    return PublicDataSet("monkeys", base_url, {PATH: hashlib.sha256(content).hexdigest()})


def written(folder: Path, content: bytes = CONTENT) -> Path:
    (folder / PATH).parent.mkdir(parents=True)
    (folder / PATH).write_bytes(content)
    return folder / PATH


@pytest.fixture(autouse=True)
def a_cache(tmp_path, monkeypatch) -> Path:
    """Let downloads go where they can be looked at, and no folder be named from outside."""
    monkeypatch.setattr("pooch.os_cache", lambda name: tmp_path / "cache" / name)
    monkeypatch.delenv(FOLDER_VARIABLE, raising=False)
    return tmp_path / "cache"


@pytest.fixture
def server(tmp_path) -> Iterator[ThreadingHTTPServer]:
    """Serve a folder as the public repository would."""
    (tmp_path / "repository").mkdir()

    class Quiet(SimpleHTTPRequestHandler):
        def log_message(self, *_: object) -> None:
            pass

    served = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(tmp_path / "repository")))
    thread = threading.Thread(target=served.serve_forever, daemon=True)
    thread.start()
    yield served
    served.shutdown()
    served.server_close()
    thread.join()


def address(server: ThreadingHTTPServer) -> str:
    return f"http://127.0.0.1:{server.server_address[1]}"


@pytest.mark.parametrize("below", ["", "monkeys"])
def test_a_folder_is_read_with_or_without_the_sets_own_name(tmp_path, below) -> None:
    found = written(tmp_path / "data" / below)
    assert a_set().fetch(PATH, tmp_path / "data") == found


def test_the_environment_may_name_the_folder_and_an_argument_goes_before_it(tmp_path, monkeypatch) -> None:
    found = written(tmp_path / "named")
    monkeypatch.setenv(FOLDER_VARIABLE, str(tmp_path / "named"))
    assert a_set().fetch(PATH) == found
    with pytest.raises(FileNotFoundError, match=r"other"):
        a_set().fetch(PATH, tmp_path / "other")


def test_a_file_that_is_not_there_is_named_with_its_address(tmp_path) -> None:
    words = rf"`folder` lacks a file of monkeys. Accepted is a folder that holds {PATH} or monkeys/{PATH}; received .*"
    with pytest.raises(FileNotFoundError, match=words + f"public address is http://127.0.0.1:9/{PATH}"):
        a_set().fetch(PATH, tmp_path)


def test_a_file_with_another_checksum_is_refused(tmp_path) -> None:
    written(tmp_path, b"something else")
    received = hashlib.sha256(b"something else").hexdigest()
    with pytest.raises(ValueError, match=f"another file than the one published.*received .* with {received}"):
        a_set().fetch(PATH, tmp_path)


def test_without_a_network_it_says_what_to_do(a_cache) -> None:
    with pytest.raises(ConnectionError, match=r"could not be downloaded.*pass folder=\.\.\. or set HCNN_WIDGETS_DATA"):
        a_set().fetch(PATH)
    assert not [path for path in a_cache.rglob("*") if path.is_file()]


def test_a_file_is_downloaded_once_and_nothing_is_printed(server, tmp_path, a_cache, capfd) -> None:
    published = written(tmp_path / "repository")
    found = a_set(address(server)).fetch(PATH)
    assert found.read_bytes() == CONTENT
    assert a_cache / "hcnn-widgets" / "monkeys" in found.parents
    published.unlink()
    assert a_set(address(server)).fetch(PATH) == found
    assert capfd.readouterr() == ("", "")


def test_a_download_with_another_checksum_is_refused_and_not_kept(server, tmp_path, a_cache) -> None:
    written(tmp_path / "repository", b"something else")
    with pytest.raises(ValueError, match=r"does not match the known hash"):
        a_set(address(server)).fetch(PATH)
    assert not [path for path in a_cache.rglob("*") if path.is_file()]


def test_an_address_that_has_no_such_file_is_no_network_error_of_pythons_own(server) -> None:
    with pytest.raises(ConnectionError, match=r"gave no file \(HTTPError\)"):
        a_set(address(server)).fetch(PATH)
