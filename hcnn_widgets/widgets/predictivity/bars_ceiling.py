"""The number of a noise ceiling in a drawing of bars: in the room of its brain area, and off the best score."""

from collections.abc import Iterator, Sequence

from hcnn_widgets.widgets.scene.captions import caption_size
from hcnn_widgets.widgets.scene.marks import Text
from hcnn_widgets.widgets.scene.word_room import text_width

from .bars_layout import Bar, BarsLayout
from .score_marks import QUIET, ceiling_words

FREE = 3.0
"""Pixels between the number and the end of its room: the next brain area may have its own there."""


def ceiling_mark(number: str, ceiling: float, bars: Sequence[Bar], layout: BarsLayout, best: Text | None) -> list[Text]:
    """Return the number of the ceiling of a brain area; none where its room is too narrow even for the number.

    With the word "ceiling" where that has room; else the number alone, which the card names.

    Parameters
    ----------
    number : str
        The ceiling as it is written.
    ceiling : float
    bars : sequence of Bar
        The bars of the brain area, without what stands apart.
    layout : BarsLayout
    best : Text, optional
        The best score, which is not written over.
    """
    size = caption_size(layout.font)
    left, right = bars[0].nearest[0] + FREE, bars[-1].nearest[1] - FREE
    forms = [ceiling_words(number, ceiling, layout.axis, roomy) for roomy in (True, False)]
    for words in dict.fromkeys([*forms, number]):
        wide = text_width(words, size)
        for x, foot in _spots(wide, ceiling, bars, layout, best):
            if left <= x and x + wide <= right and not _meets(best, x, foot, wide, size):
                return [Text("ceiling-value", x, foot, words, size, rim=True, **QUIET)]
    return []


def _spots(
    wide: float, ceiling: float, bars: Sequence[Bar], layout: BarsLayout, best: Text | None
) -> Iterator[tuple[float, float]]:
    """Yield where the number may begin, and its foot.

    At the end of its line, at the beginning, in the middle, after it; or below the best score, beside its bar.
    """
    y = max(layout.axis.at(ceiling), layout.axis.top)
    start, end = bars[0].left - 4, bars[-1].left + bars[-1].width + 4
    across = end - wide, start, (start + end - wide) / 2
    yield from ((x, y - 4) for x in across)
    yield end + 4, y + 0.35 * layout.font
    if best is not None:
        yield from ((x, best.y + 1.2 * layout.font) for x in across)


def _meets(best: Text | None, x: float, foot: float, wide: float, size: float) -> bool:
    """Return whether words that begin at ``x`` touch the best score, which has its middle at its own."""
    if best is None or abs(best.y - foot) >= 1.1 * size:
        return False
    half = text_width(best.words, best.size, bold=True) / 2 + 2
    return x <= best.x + half and x + wide >= best.x - half
