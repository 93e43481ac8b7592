from hypothesis import given
from hypothesis import strategies as st

from hcnn_widgets.mapping.numerics.plain_table import as_markdown, as_text, escaped

MARKS = "\\`*_[]<>#|~&$@"


@given(st.text(alphabet=MARKS + "ab: /.wW\n\t", max_size=30))
def test_no_mark_is_left_bare_and_the_words_stay(text) -> None:
    shown = escaped(text)
    assert "\n" not in shown
    read, bare, index = "", "", 0
    while index < len(shown):
        if shown[index] == "\\":
            read, index = read + shown[index + 1], index + 2
        else:
            read, bare, index = read + shown[index], bare + shown[index], index + 1
    assert read == " ".join(text.split())
    assert not set(bare) & set(MARKS)


def test_addresses_become_no_links() -> None:
    assert escaped("see https://x.org or WWW.x.org") == r"see https:\//x.org or WWW\.x.org"


def test_a_markdown_table_has_as_many_cells_in_every_line_whatever_they_hold() -> None:
    lines = as_markdown(["a", "b", "c|d"], [["x|y", "<script>", "1"], ["", "**", "-1"]], {(1, 0)}).split("\n")
    assert {line.replace(r"\|", "").count("|") for line in lines} == {4}
    assert lines[1] == "| :-- | :-- | --: |"
    assert lines[2] == r"| x\|y | \<script\> | 1 |"
    assert lines[3] == r"| **** | \*\* | -1 |"


def test_text_is_aligned_names_left_numbers_right_and_line_breaks_are_gone() -> None:
    lines = as_text(["area", "of", "r"], [["V4\n(x)", "model", "0.5"], ["IT", "m", "-0.25"]]).split("\n")
    assert lines == ["area    of         r", "V4 (x)  model    0.5", "IT      m      -0.25"]
