from pathlib import Path

import pytest

from hcnn_widgets.mapping import read_recordings
from hcnn_widgets.mapping.readers.text_table import number_in, written_for_people

COLUMNS = {
    "thousands": ('"1,234.5"', '"2,001.0"', '"1,100.2"'),
    "thousands with spaces": ("1 234.5", "2 001.0", "1 100.2"),
    "a typographic minus": ("\u22120.4", "\u22121.2", "\u22120.3"),
    "the exponent of Fortran": ("1.0D+02", "2.0D+02", "3.0D+02"),
    "per cent": ("12%", "13 %", "9%"),
    "units": ("12 Hz", "13 Hz", "9 Hz"),
    "brackets": ("(0.4)", "(1.2)", "(0.3)"),
    "some missing": ("NA", "13%", ""),
}


def read(folder: Path, cells: tuple[str, ...], **options):
    path = folder / "table.csv"
    rows = "".join(f"{stimulus},{cell},{n}\n" for n, (stimulus, cell) in enumerate(zip("abc", cells, strict=True)))
    path.write_text(f"stimulus_id,n1,n2\n{rows}", encoding="utf-8")
    return read_recordings(path, area="V4", **options)


@pytest.mark.parametrize("cells", COLUMNS.values(), ids=COLUMNS)
def test_a_column_of_numbers_that_only_people_can_read_is_refused_by_name(tmp_path, cells):
    with pytest.raises(ValueError, match=r"numbers written for people in a column: n1 holds .* Accepted are numbers"):
        read(tmp_path, cells)


@pytest.mark.parametrize("cells", COLUMNS.values(), ids=COLUMNS)
def test_what_is_no_site_is_read_as_words_once_that_is_said(tmp_path, cells):
    assert read(tmp_path, cells, about=("n1",)).site_ids.tolist() == ["n2"]


@pytest.mark.parametrize("cells", [("left", "right", "left"), ("im1", "im2", "im3"), ("1.png", "2.png", "3.png")])
def test_a_column_of_words_is_still_no_site(tmp_path, cells):
    assert read(tmp_path, cells).site_ids.tolist() == ["n2"]


@pytest.mark.parametrize("text", ["1", "-1.5", "+2e-3", " 4 ", "1E5", ".5"])
def test_what_a_program_reads_stays_a_number(text):
    assert number_in(text) == float(text)


@pytest.mark.parametrize("text", ["", "-", "%", "abc", "12.png", "a1", "1-2-3 x", "D12"])
def test_words_are_not_written_numbers(text):
    assert not written_for_people(text)


def test_decimal_commas_behind_semicolons_are_refused_by_column(tmp_path):
    path = tmp_path / "rates.csv"
    path.write_text("stimulus_id;n1\na;0,435\nb;1,286\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"^`path` .*n1"):
        read_recordings(path, area="V4")
