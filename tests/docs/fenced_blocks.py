"""Fenced blocks of Markdown, and the words that say why one is not run."""

import re
from pathlib import Path
from typing import NamedTuple

from markdown_it import MarkdownIt

ROOT = Path(__file__).parents[2]
PAGES = sorted([ROOT / "README.md", *(ROOT / "docs").glob("*.md"), *(ROOT / "docs" / "howto").glob("*.md")])
_NOT_RUN = re.compile(r"<!-- not run: (.+?) -->")


class Block(NamedTuple):
    """A block of Python in a page.

    Attributes
    ----------
    line : int
        Line of the page on which its first statement stands, from 1.
    source : str
    not_run : str
        Why it is not run; empty where it is.
    """

    line: int
    source: str
    not_run: str


def named(page: Path) -> str:
    """Return a page's path from the top, as on every system."""
    return page.relative_to(ROOT).as_posix()


def blocks_of(text: str) -> list[Block]:
    """Return the blocks of Python in a text; what is not run is said in a comment right before the block."""
    found, remark = [], ""
    for token in MarkdownIt().parse(text):
        said = _NOT_RUN.fullmatch(token.content.strip()) if token.type == "html_block" else None
        if token.type == "fence" and token.info.strip() == "python":
            found.append(Block((token.map or [0])[0] + 2, token.content, remark))
        remark = said.group(1) if said else ""
    return found
