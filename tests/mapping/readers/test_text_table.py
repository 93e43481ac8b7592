from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hcnn_widgets.mapping import read_recordings
from hcnn_widgets.mapping.readers.safety.size_budget import Budget
from hcnn_widgets.mapping.readers.text_table import numbers_in, read_columns, read_rows


def written(tmp_path, content: str | bytes, name: str = "x.csv") -> Path:
    data = content if isinstance(content, bytes) else content.encode()
    (tmp_path / name).write_bytes(data)
    return tmp_path / name


@pytest.mark.parametrize("mark", [",", ";", "\t"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_commas_semicolons_and_tabs_separate_cells(tmp_path, mark, end) -> None:
    rows = [["stimulus_id", "n1", "n2"], ["köter", "1", "2"], ["c", "3", ""]]
    path = written(tmp_path, "\ufeff" + end.join(mark.join(row) for row in rows) + end + end)
    assert read_rows(Budget(path)) == rows


def test_quotes_hold_separators_and_line_ends(tmp_path) -> None:
    assert read_rows(Budget(written(tmp_path, 'a,b\n"x, ""y""\nz",1\n'))) == [["a", "b"], ['x, "y"\nz', "1"]]


def test_columns_are_text_as_written_and_only_a_first_one_may_lack_a_name(tmp_path) -> None:
    columns = read_columns(Budget(written(tmp_path, ",id,,rate\n0,007,x,1.50\n1,08,y,2\n")))
    assert {name: column.tolist() for name, column in columns.items()} == {
        "": ["0", "1"],
        "id": ["007", "08"],
        "rate": ["1.50", "2"],
    }


@settings(max_examples=50, deadline=None)
@given(values=st.lists(st.floats() | st.none(), min_size=1))
def test_numbers_come_back_from_text(values) -> None:
    texts = np.array(["n/a" if value is None else repr(value) for value in values])
    expected = [np.nan if value is None else value for value in values]
    np.testing.assert_array_equal(numbers_in(texts), expected)
    assert numbers_in(np.array([*texts, "1,5"])) is None


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"id,n1\n\xff\xfe,1\n", r"cannot be read as a table\. Accepted is UTF-8 text.*codec can't decode"),
        ('id,n1\n"a,1\n', r"cannot be read as a table.*unexpected end of data"),
        (f'id,n1\n"{"a" * 200_000}",1\n', r"cannot be read as a table.*field larger than field limit"),
        ("id,n1\na,1,2\n", r"`path` is no table\. Accepted are rows as long as.*received 3 cells in row 2, 2 in row 1"),
        ("\n\n", r"`path` is no table\. Accepted are rows as long as one another; received none in"),
    ],
)
def test_what_is_no_table_is_refused(tmp_path, content, words) -> None:
    with pytest.raises(ValueError, match=words):
        read_rows(Budget(written(tmp_path, content)))


@pytest.mark.parametrize(
    ("content", "received"), [("id,n1\n", "0 rows below id, n1"), ("id,id\na,1\n", "1 rows below id")]
)
def test_what_has_no_named_columns_is_refused(tmp_path, content, received) -> None:
    with pytest.raises(ValueError, match=rf"no table with named columns\. Accepted is a header.*received {received}"):
        read_columns(Budget(written(tmp_path, content)))


@pytest.mark.parametrize("first", ["im1,1.5,2.5", "1,2,3", "1,1,1", "im1,n1,0.5", "5.0e-1,x,y", "im1,,-2"])
def test_a_table_without_a_header_is_refused_with_the_row_that_was_taken_for_one(tmp_path, first) -> None:
    path = written(tmp_path, f"{first}\nim2,n2,0.7\n")
    words = (
        rf"`path` has no header: its first row, .*; received the first row {', '.join(first.split(','))} in .*x\.csv\."
    )
    with pytest.raises(ValueError, match=words):
        read_recordings(path, area="IT")


@pytest.mark.parametrize(
    ("head", "told"),
    [
        ("stimulus_id,1,2", {}),
        (",1,2", {}),
        ("1,2,3", {"stimulus": "1"}),
        ("Picture,1,2", {"stimulus": "Picture"}),
    ],
)
def test_sites_may_be_named_by_numbers(tmp_path, head, told) -> None:
    recordings = read_recordings(written(tmp_path, f"{head}\na,3,4\nb,5,6\n"), area="IT", **told)
    assert (recordings.stimulus_ids.tolist(), recordings.site_ids.tolist()) == (["a", "b"], head.split(",")[1:])
    assert recordings.responses.tolist() == [[[3, 4], [5, 6]]]


def test_a_line_without_end_is_refused(tmp_path) -> None:
    with pytest.raises(
        ValueError, match=r"`path` has a line that is too long\. Accepted are 4,194,304 letters; received"
    ):
        read_rows(Budget(written(tmp_path, "id\n" + "a," * 3_000_000)))


def test_cells_count_as_they_are_read(tmp_path) -> None:
    path = written(tmp_path, "id,n1\n" + "a,1\n" * 10_000)
    with pytest.raises(ValueError, match=r"`path` takes too much memory: 100,\d\d\d bytes with its cells"):
        read_rows(Budget(path, 100_000))


def test_one_long_cell_counts_for_its_whole_column(tmp_path) -> None:
    path = written(tmp_path, "id,n1\n" + "a,1\n" * 1000 + "b" * 100_000 + ",1\n")
    with pytest.raises(ValueError, match=r"bytes with column id"):
        read_columns(Budget(path, 10**7))
