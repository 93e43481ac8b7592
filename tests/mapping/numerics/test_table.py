import numpy as np
import pytest

from hcnn_widgets.mapping.numerics.table import Column, Table, named


class Made(Table):
    notes = ("V1: few | sites",)

    def _columns(self) -> list[Column]:
        return [
            Column("brain", "", [named("V1", True), named("IT", False)]),
            Column("", "brain_area", ["V1", "IT"]),
            Column("model", "model", ["a", "b"], marked=True),
            Column("r", "r", np.array([0.1 + 0.2, np.nan]), marked=True),
            Column("", "simulated", [True, False]),
            Column("images", "n", np.array([1_600, 2])),
        ]

    def _conventions(self) -> list[str]:
        return ["r: as agreed"]


class Marked(Made):
    def _marked_rows(self) -> list[int]:
        return [1]


def test_a_table_is_shown_by_its_columns_and_what_stands_beneath() -> None:
    lines = repr(Made()).split("\n")
    assert [line.split() for line in lines[:3]] == [
        ["brain", "model", "r", "images"],
        ["V1", "(simulated)", "a", "0.300", "1,600"],
        ["IT", "b", "–", "2"],
    ]
    assert lines[3:] == ["r: as agreed.", "V1: few | sites."]


def test_rows_that_are_marked_have_a_star_in_text_and_every_marked_column_bold_in_markdown() -> None:
    assert [line.split() for line in repr(Marked()).split("\n")[1:3]] == [
        ["V1", "(simulated)", "a", "0.300", "1,600"],
        ["IT", "b", "*", "–", "2"],
    ]
    assert Marked()._repr_markdown_().split("\n")[2:] == [
        "| V1 (simulated) | a | 0.300 | 1,600 |",
        "| IT | **b** | **–** | 2 |",
        "",
        "r: as agreed.",
        "",
        r"V1: few \| sites.",
    ]


def test_csv_has_its_own_columns_in_full_precision_and_nothing_where_nothing_is_known() -> None:
    lines = Marked().to_csv_text().split("\n")
    assert lines == ["brain_area,model,r,simulated,n", "V1,a,0.30000000000000004,True,1600", "IT,b,,False,2", ""]


@pytest.mark.parametrize("name", ["=1+1", "+1", "-1+cmd|' /C calc'!A0", "@SUM(1)", "\tx", "\rx"])
def test_a_name_never_becomes_a_formula_of_a_spreadsheet(name) -> None:
    class Named(Table):
        def _columns(self):
            return [Column("area", "area", [name, f"V{name}"]), Column("r", "r", [-0.5, -1e-7])]

        def _conventions(self):
            return []

    first, second = Named().to_csv_text().removeprefix("area,r\n").replace('"', "").removesuffix("\n").split("\n")
    assert (first, second) == (f"'{name},-0.5", f"V{name},-1e-07")
