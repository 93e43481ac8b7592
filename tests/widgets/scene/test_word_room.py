"""Words take the room that a browser gives them: a little less than is kept for them, never more."""

import pytest

from hcnn_widgets.widgets.scene.word_room import clipped, shortened, text_width, wrapped

# As `CanvasRenderingContext2D.measureText` of Chromium 156 has them in DejaVu Sans, in sizes of the font: plain, bold.
MEASURED = {
    "training": (3.874, 4.471),
    "held-out": (4.179, 4.741),
    "recorded": (4.444, 5.054),
    "model V1": (4.752, 5.284),
    "V4 recorded": (6.083, 6.872),
    "simulated": (4.939, 5.582),
    "noise ceiling (\u2191 above)": (11.565, 12.946),
    "at the end, on all 640 images": (14.713, 16.491),
    "hcnn 1, held-out": (8.22, 9.241),
    "0.766": (2.863, 3.163),
    "\u22120.07": (3.064, 3.305),
    "0.84 \u2191": (3.382, 3.653),
    "12,400 images": (7.453, 8.256),
    "1 \u2212 0.05 \u00d7 12 = 0.40": (10.783, 11.625),
    "64 \u00d7 64 \u00d7 1": (6.128, 6.547),
    "resnet50_block3_conv2_bn": (13.521, 14.993),
    "Neural predictivity, step 516, 256/640 images": (23.011, 25.788),
    "median over sites of Pearson r": (15.243, 17.294),
    "receptive field 12.5\u00b0": (10.201, 11.451),
}


@pytest.mark.parametrize("words", MEASURED)
@pytest.mark.parametrize("bold", [False, True])
def test_words_have_the_room_that_a_browser_gives_them_and_little_more(words, bold):
    measured = 12 * MEASURED[words][bold]
    assert measured <= text_width(words, 12, bold) <= 1.08 * measured


@pytest.mark.parametrize("words", MEASURED)
def test_words_that_are_cut_or_broken_have_no_line_wider_than_there_is_room(words):
    for width in range(60, 300, 24):
        for line in (*wrapped(words, width, 12), shortened(words, width, 12), clipped(words, width, 12)):
            assert text_width(line, 12) <= width or " " not in line
