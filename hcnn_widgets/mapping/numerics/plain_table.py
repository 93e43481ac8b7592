"""Format a table as aligned text and as Markdown, with every name escaped."""

import re
from collections.abc import Collection, Sequence

_MARKS = re.compile(r"([\\`*_\[\]<>#|~&$@]|(?<=:)/|(?<=www)\.)", re.IGNORECASE)


def as_text(header: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Return a table as text, the first two columns (names) aligned to the left, the others (numbers) to the right.

    Examples
    --------
    >>> print(as_text(["area", "of", "r"], [["V4", "model", "0.47"]]))
    area  of        r
    V4    model  0.47
    """
    lines = [[" ".join(cell.split()) for cell in line] for line in (header, *rows)]
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    return "\n".join(
        "  ".join(
            cell.ljust(width) if column < 2 else cell.rjust(width)
            for column, (cell, width) in enumerate(zip(line, widths, strict=True))
        ).rstrip()
        for line in lines
    )


def as_markdown(
    header: Sequence[str], rows: Sequence[Sequence[str]], bold: Collection[tuple[int, int]] = frozenset()
) -> str:
    r"""Return a Markdown table, names to the left, numbers to the right, every cell escaped, the cells in `bold` bold.

    Examples
    --------
    >>> print(as_markdown(["area", "of", "r"], [["V4|x", "<b>", "0.47"]], bold={(0, 2)}))
    | area | of | r |
    | :-- | :-- | --: |
    | V4\|x | \<b\> | **0.47** |
    """

    def line(cells: Sequence[str]) -> str:
        return "| " + " | ".join(cells) + " |"

    marked = [
        [f"**{escaped(cell)}**" if (row, column) in bold else escaped(cell) for column, cell in enumerate(cells)]
        for row, cells in enumerate(rows)
    ]
    rule = [":--" if column < 2 else "--:" for column in range(len(header))]
    return "\n".join([line([escaped(name) for name in header]), line(rule), *map(line, marked)])


def escaped(text: str) -> str:
    r"""Return a name as a single line, with the characters of Markdown, HTML, links and formulas escaped.

    Examples
    --------
    >>> print(escaped("<i>V4</i> $x$"))
    \<i\>V4\</i\> \$x\$
    """
    return _MARKS.sub(r"\\\1", " ".join(text.split()))
