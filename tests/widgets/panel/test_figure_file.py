import io
import xml.etree.ElementTree as ET

import numpy as np
import pytest
from PIL import Image

from hcnn_widgets.mapping import rdm_inference
from hcnn_widgets.widgets import table_figure
from hcnn_widgets.widgets.panel.figure_file import figure_file
from hcnn_widgets.widgets.panel.picture_page import new_figure, png_of, side_by_side
from hcnn_widgets.widgets.panel.still_picture import LeavesPicture

SVG = "{http://www.w3.org/2000/svg}"


def one_picture(title="tau_A of <V4> & IT", size=(3.0, 2.0)):
    figure = new_figure(*size)
    axis = figure.add_subplot()
    axis.plot([0, 1], [0, 1], clip_on=True)
    axis.set_title(title)
    return png_of(figure, "a footnote")


def two_pictures():
    return side_by_side([one_picture("above"), one_picture("below", (4.0, 1.0))])


class Panel(LeavesPicture):
    def picture(self):
        return one_picture()


def texts_of(svg):
    return ["".join(text.itertext()) for text in ET.fromstring(svg).iter(f"{SVG}text")]


@pytest.mark.no_cover
def test_a_panel_gives_its_still_picture_as_svg_with_words_as_pdf_and_as_png():
    panel = Panel()
    svg = panel.figure("svg")
    assert {"tau_A of <V4> & IT", "a footnote"} <= set(texts_of(svg))
    assert panel.figure() == svg, "the same drawing is the same file"
    pdf = panel.figure("pdf")
    assert pdf.startswith(b"%PDF")
    assert b"/Subtype /Type3" not in pdf
    png = panel.figure("png")
    assert png == panel.picture()
    width, height = Image.open(io.BytesIO(png)).size
    root = ET.fromstring(svg)
    assert float(root.get("width").removesuffix("pt")) / 72 == pytest.approx(width / 110, rel=0.01)
    assert float(root.get("height").removesuffix("pt")) / 72 == pytest.approx(height / 110, rel=0.01)


def test_several_figures_stand_one_beneath_another_and_have_a_page_each():
    root = ET.fromstring(figure_file(two_pictures, "svg"))
    parts = root.findall(f"{SVG}svg")
    assert [float(part.get("y")) for part in parts] == [0, 144]
    assert root.get("viewBox") == "0 0 288 216"
    assert {"above", "below"} <= set(texts_of(ET.tostring(root)))
    ids = [element.get("id") for element in root.iter() if element.get("id")]
    assert len(set(ids)) == len(ids)
    referred = {value.removeprefix("#") for element in root.iter() for name, value in element.items() if "href" in name}
    assert referred <= set(ids)
    assert figure_file(two_pictures, "pdf").count(b"/Type /Page ") == 2


def test_what_has_nothing_to_show_is_empty_and_the_next_picture_is_a_png_again():
    assert figure_file(lambda: b"", "svg") == ""
    assert figure_file(lambda: b"", "pdf") == b""
    assert one_picture().startswith(b"\x89PNG")


def test_an_unknown_format_is_refused():
    with pytest.raises(
        ValueError, match=r"`file_format='sgv'` is unknown\. Accepted are 'svg', 'pdf', 'png'; the near"
    ):
        Panel().figure("sgv")


@pytest.fixture(scope="module")
def table():
    truth = np.random.default_rng(0).random(15)
    return rdm_inference({"$x$ <b>": truth, "opposite": -truth}, truth + np.random.default_rng(1).random((4, 15)))


def test_a_table_is_drawn_cell_by_cell_with_its_remarks(table):
    texts = texts_of(table_figure(table))
    header, rows, _ = table.as_shown()
    for cell in (*header, *rows[0], *rows[1]):
        assert cell in texts
    assert "".join(table.remarks()).replace(" ", "")[:200] in "".join(texts).replace(" ", "")
    assert table_figure(table, "pdf").startswith(b"%PDF")
    assert Image.open(io.BytesIO(table_figure(table, "png"))).width > 200


def test_what_is_no_table_is_refused(table):
    with pytest.raises(TypeError, match=r"`table` is of another kind\. Accepted is a Table, such as area_scores makes"):
        table_figure(3)
    with pytest.raises(ValueError, match=r"`file_format='bmp'` is unknown"):
        table_figure(table, "bmp")
