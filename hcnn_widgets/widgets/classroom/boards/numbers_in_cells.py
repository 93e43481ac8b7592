"""Numbers as cells have room for them."""

from hcnn_widgets.widgets.scene.word_room import MINUS, shortened, text_width


def plain_text(value: float) -> str:
    """Write a number with six digits at most, as it would be typed.

    Examples
    --------
    >>> plain_text(2.0), plain_text(-0.125), plain_text(-0.0), plain_text(1234567.0)
    ('2', '-0.125', '0', '1.23457e+06')
    """
    return f"{value + 0.0:.6g}"


def told(value: float) -> str:
    """Write a number for a sentence or a sum.

    Examples
    --------
    >>> told(-2.5)
    '\u22122.5'
    """
    return plain_text(value).replace("-", MINUS)


def factor(value: float) -> str:
    """Write a number as a factor, in brackets where it is below 0.

    Examples
    --------
    >>> factor(3.0), factor(-1.0)
    ('3', '(\u22121)')
    """
    return f"({told(value)})" if value < 0 else told(value)


def fitted(value: float, width: float, size: float) -> str:
    """Write a number with as many digits as a width has room for.

    Examples
    --------
    >>> fitted(-0.5625, 60, 12), fitted(-0.5625, 30, 12), fitted(-0.5625, 24, 12)
    ('\u22120.5625', '\u2212.56', '\u2212.6')
    """
    for digits in (6, 4, 3, 2, 1):
        text = f"{value + 0.0:.{digits}g}".replace("-", MINUS)
        for words in (text, text.replace("0.", ".", 1) if abs(value) < 1 else text):
            if text_width(words, size) <= width and "e" not in words:
                return words
    return shortened(text, width, size)
