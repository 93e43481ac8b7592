"""Model files made to do harm, and damaged ones: refused in a sentence before Keras sees them."""

import io
import json
import stat
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import h5py
import numpy as np
import pytest
from model_archives import members, rewritten

from hcnn_widgets.keras_door import keras
from hcnn_widgets.saving import network_file
from hcnn_widgets.saving.network_file import open_network

PATH = "/layers/dense/vars/0"


@pytest.fixture(scope="module")
def healthy(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    path = tmp_path_factory.mktemp("healthy") / "m.keras"
    keras.Sequential([keras.Input((4,)), keras.layers.Dense(2, name="readout")]).save(path)
    return path.read_bytes()


@pytest.fixture
def archive(healthy: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Write the healthy archive; let nothing of Keras be called on what is made of it."""

    def reached(*_: object, **__: object) -> None:
        pytest.fail("Keras has seen the file")

    monkeypatch.setattr(network_file, "in_fresh_thread", reached)
    path = tmp_path / "m.keras"
    path.write_bytes(healthy)
    return path


def with_config(path: Path, change: Callable[[dict[str, Any]], None]) -> None:
    config = json.loads(members(path)["config.json"])
    change(config)
    rewritten(path, {"config.json": json.dumps(config)})


def with_weights(path: Path, change: Callable[[h5py.File], None]) -> None:
    file = io.BytesIO(members(path)["model.weights.h5"])
    with h5py.File(file, "r+") as weights:
        change(weights)
    rewritten(path, {"model.weights.h5": file.getvalue()})


def layer(whole: dict[str, Any], **fields: Any) -> None:
    whole["config"]["layers"][1].update(fields)


def setting(whole: dict[str, Any], **fields: Any) -> None:
    whole["config"]["layers"][1]["config"].update(fields)


def function(module: str, name: str) -> dict[str, Any]:
    return {"module": module, "class_name": "function", "config": name, "registered_name": "function"}


LAMBDA = {"class_name": "__lambda__", "config": {"value": "4wEAAAA="}}
UNKNOWN = "names a class or function that is not accepted"
CONFIGS: dict[str, tuple[Callable[[dict[str, Any]], None], str]] = {
    "Lambda": (lambda config: layer(config, class_name="Lambda", config={"function": LAMBDA}), "'Lambda' of 'keras.l"),
    "bytecode as an activation": (lambda config: setting(config, activation=LAMBDA), "'__lambda__'"),
    "plot_model": (lambda config: setting(config, activation=function("keras.utils", "plot_model")), "'plot_model'"),
    "load_data": (lambda config: setting(config, activation=function("keras.datasets.mnist", "load_data")), UNKNOWN),
    "editor of files": (lambda config: layer(config, module="keras.saving", class_name="KerasFileEditor"), UNKNOWN),
    "finder of functions": (lambda config: setting(config, activation=function("builtins", "deserialize")), UNKNOWN),
    "system": (lambda config: setting(config, activation=function("os", "system")), "'system' of 'os'"),
    "private way to Lambda": (
        lambda config: layer(config, module="keras.src.layers.core.lambda_layer", class_name="Lambda"),
        UNKNOWN,
    ),
    "TFSMLayer": (lambda config: layer(config, class_name="TFSMLayer", config={"filepath": "evil"}), "'TFSMLayer'"),
    "JaxLayer": (lambda config: layer(config, class_name="JaxLayer"), "'JaxLayer'"),
    "old way without a module": (lambda config: config["config"]["layers"][1].pop("module"), "'Dense' of 'None'"),
    "one registered name, another class": (
        lambda config: layer(config, class_name="Lambda", registered_name="hcnn_widgets>Silence"),
        "'Lambda'",
    ),
    "class that is a list": (lambda config: layer(config, class_name=["Dense"]), UNKNOWN),
    "array of long texts": (
        lambda config: setting(
            config, mean={"class_name": "__numpy__", "config": {"value": ["a"] * 9, "dtype": "U99999999"}}
        ),
        "'__numpy__'",
    ),
    "class in a nested list": (lambda config: setting(config, a=[[{"class_name": "Popen", "config": {}}]]), "'Popen'"),
    "file of words": (
        lambda config: layer(config, class_name="StringLookup", config={"vocabulary": "words.txt"}),
        "leads elsewhere.*vocabulary='words.txt'",
    ),
    "absolute path": (lambda config: setting(config, name="/etc/passwd"), "leads elsewhere"),
    "address": (lambda config: setting(config, name="gs://bucket"), "leads elsewhere"),
    "enormous layer": (lambda config: setting(config, units=400_000_000), "a number that is too large.* units of 9"),
    "deep nesting": (
        lambda config: setting(config, a=json.loads("[" * 150 + "]" * 150)),
        "nested too deeply. Accepted is at most 100 levels",
    ),
}


@pytest.mark.parametrize("name", CONFIGS)
def test_a_configuration_that_names_more_than_layers_is_refused(archive: Path, name: str) -> None:
    change, words = CONFIGS[name]
    with_config(archive, change)
    with pytest.raises(ValueError, match=rf"`path` .*{words}.*"):
        open_network(archive)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (b'{"class_name": ', "cannot be read"),
        (b"[" * 200_000, "cannot be read"),
        (b'{"a": ' + b"9" * 5000 + b"}", "cannot be read"),
        (b"\xff", "cannot be read"),
        (b"[]", "without a network"),
    ],
    ids=["cut off", "200,000 deep", "long number", "no UTF-8", "list"],
)
def test_a_configuration_that_is_no_json_is_refused(archive: Path, text: bytes, words: str) -> None:
    rewritten(archive, {"config.json": text})
    with pytest.raises(ValueError, match=rf"`path` has a config.json .*{words}"):
        open_network(archive)


MEMBERS = {
    "way up": "assets/../../evil",
    "absolute": "/tmp/evil",
    "way up in Windows": "assets\\..\\evil",
    "drive": "C:evil",
    "program": "evil.py",
    "other weights": "model.weights.npz",
}


@pytest.mark.parametrize("name", MEMBERS)
def test_a_member_that_keras_does_not_write_is_refused(archive: Path, name: str) -> None:
    rewritten(archive, {MEMBERS[name]: b"evil"})
    with pytest.raises(
        ValueError, match=r"`path` has a member that is not of an archive of Keras\. Accepted is at most"
    ):
        open_network(archive)


def test_a_member_that_is_a_link_is_refused(archive: Path) -> None:
    link = zipfile.ZipInfo("assets/words")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    with zipfile.ZipFile(archive, "a") as opened:
        opened.writestr(link, "/etc/passwd")
    with pytest.raises(ValueError, match=r"`path` has a member that is a link or no file"):
        open_network(archive)


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_member_that_comes_twice_is_refused(archive: Path) -> None:
    with zipfile.ZipFile(archive, "a") as opened:
        opened.writestr("config.json", "{}")
    with pytest.raises(ValueError, match=r"`path` has a member twice.* received 'config\.json'"):
        open_network(archive)


def test_too_many_members_are_refused(archive: Path) -> None:
    rewritten(archive, {f"assets/{number}": b"" for number in range(512)})
    with pytest.raises(ValueError, match=r"`path` has too many members.* received 515"):
        open_network(archive)


@pytest.mark.parametrize("name", ["config.json", "assets/blanks", "model.weights.h5"])
def test_a_member_that_expands_to_much_more_is_refused(archive: Path, name: str) -> None:
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as opened:
        opened.writestr(name, b" " * 2_000_000)
    with pytest.raises(
        ValueError, match=r"would expand to much more than it stores\. Accepted is 20 times .*2,000,000"
    ):
        open_network(archive)


def test_a_configuration_of_many_bytes_is_refused(archive: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("hcnn_widgets.saving.preflight.archive.MOST_TEXT", 100)
    with pytest.raises(ValueError, match=r"has a \w+\.json that is too long\. Accepted is 100 bytes"):
        open_network(archive)


@pytest.mark.parametrize("name", ["config.json", "model.weights.h5"])
def test_an_archive_that_lacks_a_part_is_refused(archive: Path, name: str) -> None:
    rewritten(archive, {name: None})
    with pytest.raises(ValueError, match=rf"`path` lacks {name}\. Accepted is an archive that Keras wrote whole"):
        open_network(archive)


@pytest.mark.parametrize("damage", ["half", "text", "empty", "bits"])
def test_a_damaged_archive_is_refused(archive: Path, damage: str) -> None:
    content = bytearray(archive.read_bytes())
    if damage == "bits":
        place = content.index(b'"class_name"')
        content[place : place + 4] = b"????"
    whole = {"half": content[: len(content) // 2], "text": b"my thesis", "empty": b"", "bits": content}
    archive.write_bytes(whole[damage])
    with pytest.raises(
        ValueError, match=r"`path` (cannot be read as a \.keras archive|is damaged)\. Accepted is a whole"
    ):
        open_network(archive)


def replaced(weights: h5py.File, **new: Any) -> Any:
    """Put another data set in the place of the first weights."""
    (place,) = [name for name in _names(weights) if name.endswith("vars/0")]
    del weights[place]
    return weights.create_dataset(place, **new) if new else place


def _names(weights: h5py.File) -> list[str]:
    names: list[str] = []
    weights.visit(names.append)
    return names


def virtual(weights: h5py.File) -> None:
    layout = h5py.VirtualLayout((4, 2), "f4")
    layout[:] = h5py.VirtualSource("/etc/other.h5", "x", (4, 2))
    weights.create_virtual_dataset(replaced(weights), layout)


def linked(link: Any) -> Callable[[h5py.File], None]:
    def change(weights: h5py.File) -> None:
        weights[replaced(weights)] = link

    return change


def circle(weights: h5py.File) -> None:
    weights["layers/again"] = weights["layers"]


FEW = np.zeros((4, 2), np.float32)
STORED: dict[str, tuple[Callable[[h5py.File], Any], str]] = {
    "link to another file": (linked(h5py.ExternalLink("/etc/other.h5", "/x")), "lead elsewhere.* received a link at"),
    "soft link": (linked(h5py.SoftLink("/layers")), "lead elsewhere"),
    "values in another file": (
        lambda weights: replaced(weights, shape=(4, 2), dtype="f4", external=[("/etc/passwd", 0, 32)]),
        "lead elsewhere.*whose values lie in another file",
    ),
    "virtual": (virtual, "lead elsewhere"),
    "text": (lambda weights: replaced(weights, data=["a", "b"]), "no numbers.* received object at"),
    "fields": (lambda weights: replaced(weights, data=np.zeros(2, [("a", "f4")])), "no numbers"),
    "named type": (lambda weights: weights.__setitem__(replaced(weights), np.dtype("f4")), "no numbers"),
    "enormous and empty": (
        lambda weights: replaced(weights, shape=(50_000, 10_000), dtype="f4", chunks=True),
        "expand to much more than is stored.* 2,000,000,000 bytes declared and 0 stored",
    ),
    "packed": (
        lambda weights: replaced(weights, data=np.zeros((1000, 1000), "f4"), compression="gzip"),
        "expand to much more than is stored",
    ),
    "groups in a circle": (circle, "are linked to twice.* received /layers/again"),
    "NaN": (lambda weights: replaced(weights, data=FEW * np.nan), "no numbers.*NaN or infinity in readout in"),
    "infinity": (lambda weights: replaced(weights, data=FEW - np.inf), "no numbers.*NaN or infinity in readout"),
}


@pytest.mark.parametrize("name", STORED)
def test_weights_that_are_more_than_finite_numbers_in_the_file_are_refused(archive: Path, name: str) -> None:
    change, words = STORED[name]
    with_weights(archive, change)
    with pytest.raises(ValueError, match=rf"`path` has weights that .*{words}"):
        open_network(archive)


def test_weights_in_too_many_parts_are_refused(archive: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("hcnn_widgets.saving.preflight.stored_weights.MOST_OBJECTS", 5)
    with pytest.raises(
        ValueError, match=r"`path` has weights that are in too many parts\. Accepted is 5 .* received more"
    ):
        open_network(archive)


@pytest.mark.parametrize("content", [b"", b"\x89HDF\r\n\x1a\n", "half"], ids=["empty", "head", "half"])
def test_weights_that_are_damaged_are_refused(archive: Path, content: Any) -> None:
    stored = members(archive)["model.weights.h5"]
    rewritten(archive, {"model.weights.h5": stored[: len(stored) // 2] if content == "half" else content})
    with pytest.raises(ValueError, match=r"`path` has weights that cannot be read\. Accepted is an archive that Keras"):
        open_network(archive)
