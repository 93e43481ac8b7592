"""PyTorch's files are read without PyTorch, and nothing that a file names is imported or called."""

import os
import pickle
import struct
from collections import OrderedDict
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from torch_files import MACHINE, MAGIC, InStorage, StorageOf, file_of, pickled, write_state

from hcnn_widgets.pretrained.torch_file import tensors_of

SIX = np.arange(6, dtype="<f4")


def written(folder: Path, content: bytes) -> Path:
    path = folder / "weights.pth"
    path.write_bytes(content)
    return path


def one_tensor(*, kind: str = "FloatStorage", length: Any = 6, layout: Any = (0, (2, 3), (3, 1)), **more: Any) -> bytes:
    state = OrderedDict(w=InStorage("7", kind, length, *layout))
    return file_of(pickled(state, kind), more.pop("keys", ["7"]), SIX, **more)


def test_tensors_come_back_as_they_were_written(tmp_path: Path) -> None:
    given = {"w": np.linspace(-1, 1, 24, dtype="<f4").reshape(2, 3, 2, 2), "n": np.array(2**40, "<i8")}
    read = tensors_of(write_state(tmp_path / "weights.pth", given))
    assert list(read) == ["w", "n"]
    for name, value in given.items():
        np.testing.assert_array_equal(read[name], value)
        assert read[name].dtype == value.dtype
        assert read[name].shape == value.shape


def test_a_tensor_is_the_part_of_its_storage_that_offset_and_steps_say(tmp_path: Path) -> None:
    read = tensors_of(written(tmp_path, one_tensor(layout=(1, (2, 2), (1, 2)))))
    np.testing.assert_array_equal(read["w"], [[1, 3], [2, 4]])


def test_metadata_of_a_state_dict_does_not_disturb(tmp_path: Path) -> None:
    state = OrderedDict(w=InStorage("7", "FloatStorage", 6, 0, (6,), (1,)))
    state._metadata = OrderedDict({"": {"version": 1}})  # type: ignore[attr-defined]
    read = tensors_of(written(tmp_path, file_of(pickled(state), ["7"], SIX)))
    np.testing.assert_array_equal(read["w"], SIX)


class Calls:
    """Something that calls a function when it is unpickled without care."""

    def __init__(self, function: Any, *arguments: Any) -> None:
        self.function, self.arguments = function, arguments

    def __reduce__(self) -> tuple[Any, ...]:
        return self.function, self.arguments


@pytest.mark.parametrize("place", ["magic number", "machine", "tensors", "keys"])
def test_a_file_that_would_run_a_command_is_refused_before_it_does(tmp_path: Path, place: str) -> None:
    harm = tmp_path / "harm"
    hostile = pickle.dumps(Calls(os.system, f"touch {harm}"), 2)
    parts = [pickle.dumps(part, 2) for part in (MAGIC, 1001, MACHINE)]
    parts += [pickled(OrderedDict(w=InStorage("7", "FloatStorage", 6, 0, (6,), (1,)))), pickle.dumps(["7"], 2)]
    parts[{"magic number": 0, "machine": 2, "tensors": 3, "keys": 4}[place]] = hostile
    with pytest.raises(ValueError, match=r"names code that tensors do not need\. Accepted is .*; received \w+\.system"):
        tensors_of(written(tmp_path, b"".join(parts) + struct.pack("<q", 6) + SIX.tobytes()))
    assert not harm.exists()


@pytest.mark.parametrize(
    ("module", "name"),
    [("builtins", "eval"), ("builtins", "getattr"), ("torch", "load"), ("torch._utils", "_rebuild_parameter"),
     ("collections", "Counter"), ("torch", "HalfStorage"), ("torch", "_utils._rebuild_tensor_v2")],
)  # fmt: skip
def test_every_other_name_is_refused(tmp_path: Path, module: str, name: str) -> None:
    described = b"\x80\x02c" + f"{module}\n{name}\n".encode() + b"."
    with pytest.raises(ValueError, match=rf"^`path` names code .* received {module}\.{name} in .*weights\.pth\.$"):
        tensors_of(written(tmp_path, file_of(described, [])))


def test_a_storage_of_another_kind_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"Accepted is .*torch\.FloatStorage.*; received torch\.DoubleStorage"):
        tensors_of(written(tmp_path, one_tensor(kind="DoubleStorage")))


@pytest.mark.parametrize(
    ("described", "received"),
    [
        (pickle.dumps(1.5, 2), "BINFLOAT"),
        (pickle.dumps({"w"}, 4), "FRAME"),
        (b"\x80\x02ccollections\nOrderedDict\n)\x81.", "NEWOBJ"),
        (b"\x80\x02U\x01a.", "SHORT_BINSTRING"),
    ],
)
def test_opcodes_that_tensors_do_not_need_are_refused(tmp_path: Path, described: bytes, received: str) -> None:
    with pytest.raises(ValueError, match=rf"is no pickle of tensors alone\. Accepted is .*; received {received} in"):
        tensors_of(written(tmp_path, file_of(described, [])))


@pytest.mark.parametrize(
    ("described", "words"),
    [
        (b"\x80\x02})" + b"\x85" * 20_000 + b"Ns.", r"a dict that tensors do not need\. Accepted is text as keys"),
        (b"\x80\x02})" + b"q\x00h\x00\x86" * 60 + b"Ns.", r"a dict that tensors do not need"),
        (b"\x80\x02)" + b"\x85" * 20_000 + b"Q.", r"describes no tensor that can be read"),
        (b"\x80\x02)" + b"q\x00h\x00\x86" * 60 + b"Q.", r"describes no tensor that can be read"),
        (b"\x80\x02]q\x00h\x00a.", r"holds no tensors by name"),
        (b"\x80\x02}r\xff\xff\xff\xff.", r"holds other things than tensors"),
    ],
    ids=["deep key", "doubled key", "deep storage", "doubled storage", "list in itself", "far memo"],
)
def test_what_nests_without_end_or_remembers_far_is_refused_at_once(
    tmp_path: Path, described: bytes, words: str
) -> None:
    with pytest.raises(ValueError, match=words) as refused:
        tensors_of(written(tmp_path, file_of(described, [])))
    assert len(str(refused.value)) < 600


@pytest.mark.parametrize(
    ("described", "words"),
    [
        (
            b"\x80\x02ctorch\nFloatStorage\n)R.",
            r"calls what tensors do not need\. Accepted is an empty OrderedDict, or",
        ),
        (b"\x80\x02ccollections\nOrderedDict\n(]tR.", r"calls what tensors do not need"),
        (b"\x80\x02Na.", r"is damaged"),
        (b"\x80\x02NNa.", r"is no pickle of tensors alone\. Accepted is items of a list; received None"),
    ],
)
def test_calls_and_items_of_other_things_are_refused(tmp_path: Path, described: bytes, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        tensors_of(written(tmp_path, file_of(described, [])))


@pytest.mark.parametrize(
    "layout",
    [
        (1, (2, 3), (3, 1)), (0, (2, 3), (4, 1)), (0, (10**9,), (0,)), (0, (6,), (-1,)), (-1, (2,), (1,)),
        (0, (2, 3), (1,)), (0, (7,), (1,)), (0, (0,), (1,)), (0, [6], (1,)), (0, (True, 3), (3, 1)),
        (0, (6, 6), (1, 1)),
    ],
    ids=str,
)  # fmt: skip
def test_a_tensor_that_does_not_lie_in_its_storage_is_refused(tmp_path: Path, layout: Any) -> None:
    with pytest.raises(ValueError, match=r"^`path` describes no tensor that can be read\. Accepted is .*; received "):
        tensors_of(written(tmp_path, one_tensor(layout=layout)))


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (one_tensor(length=10**12), r"is damaged\. Accepted is 4,000,000,000,008 bytes, .*; received 32 bytes"),
        (one_tensor()[:-1], r"is damaged\. Accepted is 32 bytes, .*; received 31 bytes"),
        (one_tensor() + b"x", r"is damaged\. Accepted is 32 bytes, .*; received 33 bytes"),
        (one_tensor().replace(struct.pack("<q", 6) + SIX.tobytes(), struct.pack("<q", 5) + SIX.tobytes()),
         r"is damaged\. Accepted is 6 numbers in storage 7; received 5"),
        (one_tensor(keys=["8"]), r"names other storages than its tensors lie in\. Accepted is each once; received"),
        (one_tensor(keys=["7", "7"]), r"names other storages"),
        (one_tensor(length="6"), r"with a count of numbers; received"),
        (one_tensor(machine=MACHINE | {"little_endian": False}), r"in another order of bytes\. Accepted is little"),
        (file_of(pickle.dumps({}, 2), []), r"holds other things than tensors"),
        (file_of(pickle.dumps({"w": "text"}, 2), []), r"holds other things than tensors\. Accepted .* \['w'\]"),
        (file_of(pickle.dumps(["w"], 2), []), r"holds no tensors by name\. Accepted is .*; received a list"),
        (file_of(pickled(OrderedDict(w=StorageOf("7", "FloatStorage", 6))), ["7"], SIX), r"other things than tensors"),
        (b"PK\x03\x04 and so on", r"is no file of PyTorch that can be read\. .*old format.*begins with b'PK"),
        (pickle.dumps(5, 2) * 3, r"is no file of PyTorch .* received another magic number or version"),
        (b"\x80\x02", r"is damaged\. Accepted is a whole file of PyTorch"),
        (one_tensor()[:120], r"is damaged\. Accepted is a whole file of PyTorch"),
        (file_of(b"\x80\x020.", []), r"received POP"),
        (file_of(b"\x80\x02h\x07.", []), r"is damaged\. Accepted is a whole file of PyTorch"),
    ],
)  # fmt: skip
def test_what_is_damaged_or_no_state_dict_is_refused(tmp_path: Path, content: bytes, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        tensors_of(written(tmp_path, content))


def test_a_file_that_is_too_large_is_refused_before_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "weights.pth"
    with path.open("wb") as file:
        file.truncate(2**28 + 1)
    with pytest.raises(
        ValueError, match=r"is too large\. Accepted is .*268,435,456 bytes.*; received 268,435,457 bytes"
    ):
        tensors_of(path)
