"""Widths of words, and words cut to a width, independent of the page's font."""

from functools import lru_cache

import numpy as np

MINUS, DASH, DOTS = "\u2212", "\u2013", "\u2026"
EMS = {
    letter: ems
    for ems, letters in (
        (0.30, "iljIJ'"),
        (0.34, " .,:;-|/!"),
        (0.40, "tfr()[]"),
        (0.58, "csvxyzk?_\u2013\u00b0"),
        (0.84, "w=+<>~&#\u2212\u00d7\u00b1\u2191\u2193\u2192\u2248\u2264\u2265"),
        (0.98, "mMW@%\u2026\u2014"),
    )
    for letter in letters
}
"""Widths of letters in sizes of the font, as a browser has measured them in DejaVu Sans: the font of still pictures and
the widest that panels are seen in."""
CAPITAL, OTHER = 0.72, 0.64
BOLD = 1.13
"""How many times as wide bold letters are."""


def font_size(width: float) -> int:
    """Return the size of the small print in pixels: 12 in a narrow panel, larger where a panel fills a wall.

    Examples
    --------
    >>> font_size(300), font_size(640), font_size(2000)
    (12, 12, 15)
    """
    return min(15, max(12, int(10 + width / 260 + 0.5)))


@lru_cache(8192)
def text_width(text: str, size: float, bold: bool = False) -> float:
    """Return about how wide a line of text is, in pixels: a little too wide rather than too narrow.

    Drawings ask for the same numbers and words from frame to frame.

    Examples
    --------
    >>> text_width("ill", 10) < text_width("VVV", 10) < text_width("VVV", 10, bold=True)
    True
    """
    ems = sum(EMS.get(letter, CAPITAL if "A" <= letter <= "Z" else OTHER) for letter in text)
    return ems * size * (BOLD if bold else 1.0)


def wrapped(text: str, width: float, size: float) -> list[str]:
    """Break a text into lines no wider than a width, between words.

    Examples
    --------
    >>> wrapped("median over sites", 70, 12)
    ['median', 'over sites']
    """
    lines: list[str] = []
    for word in text.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and text_width(longer, size) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def shortened(text: str, width: float, size: float, bold: bool = False) -> str:
    """Cut a text to a width, with an ellipsis where it is cut.

    Examples
    --------
    >>> shortened("best: model V4", 60, 12), shortened("V4", 60, 12)
    ('best: m…', 'V4')
    """
    kept = text
    while len(kept) > 1 and text_width(text if kept == text else kept + DOTS, size, bold) > width:
        kept = kept[:-1]
    return text if kept == text else kept.rstrip() + DOTS


def clipped(text: str, width: float, size: float, bold: bool = False) -> str:
    """Cut a name to a width in its middle: the names of a network's layers differ at the end.

    Examples
    --------
    >>> clipped("features.denseblock4.conv1", 80, 12), clipped("fc", 80, 12)
    ('featu…onv1', 'fc')
    """
    kept, shown = len(text), text
    while kept > 2 and text_width(shown, size, bold) > width:
        kept -= 1
        head = (kept + 1) // 2
        shown = f"{text[:head]}{DOTS}{text[len(text) - (kept - head) :]}"
    return shown


def caption_lines(text: str, width: float, size: float, n_lines: int) -> list[str]:
    """Break a caption into just so many lines; what has no room ends in an ellipsis, what is missing is empty.

    Examples
    --------
    >>> caption_lines("192 images", 640, 12, 2)
    ['192 images', '']
    """
    room = width - 8
    lines = wrapped(text, room, size)
    if len(lines) > n_lines:
        lines[n_lines - 1] = shortened(f"{lines[n_lines - 1]} {lines[n_lines]}", room, size)
    return [*lines, *[""] * n_lines][:n_lines]


def score_text(value: float) -> str:
    """Write a score with two decimals; a dash where it is not known.

    Examples
    --------
    >>> score_text(0.468), score_text(-0.001), score_text(float("nan"))
    ('0.47', '0.00', '–')
    """
    if value != value:
        return DASH
    text = f"{abs(value):.2f}"
    return f"{MINUS}{text}" if value < 0 and text != "0.00" else text


def value_text(value: float) -> str:
    """Write a measured value with three digits; a dash where it is not known.

    Examples
    --------
    >>> value_text(1.0), value_text(0.01234), value_text(-321.4), value_text(4e-7), value_text(float("nan"))
    ('1.00', '0.0123', '\u2212321', '4.0e\u22127', '\u2013')
    """
    if not np.isfinite(value):
        return DASH
    size = abs(value)
    if size != 0 and not 1e-3 <= size < 1e4:
        digits, power = f"{value:.1e}".split("e")
        text = f"{digits}e{int(power):+d}"
    else:
        text = f"{value:.0f}" if size >= 999.5 else f"{value:#.3g}".rstrip(".") if size else "0.00"
    return text.replace("-", MINUS)
