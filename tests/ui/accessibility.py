"""What axe-core finds in a part of the page: the rules of WCAG 2.2, A and AA, that a machine can check."""

from pathlib import Path
from typing import Any

from playwright.sync_api import Page

AXE = Path(__file__).parents[2] / "node_modules" / "axe-core" / "axe.min.js"
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
GRAVE = ("serious", "critical")


def violations(page: Page, part: str) -> list[str]:
    """Give what keeps people out of a part of the page, a line each: rule, place, and what axe-core says of it.

    Parameters
    ----------
    page : Page
    part : str
        CSS selector of what is looked at; it must be there.
    """
    assert page.locator(part).count(), f"nothing on the page is {part}"
    page.evaluate(AXE.read_text())
    found: dict[str, Any] = page.evaluate(
        "([part, tags]) => axe.run({include: [[part]]}, {runOnly: tags, resultTypes: ['violations']})", [part, TAGS]
    )
    return [
        f"{violation['id']} at {node['target'][0]}: {' '.join(node['failureSummary'].split())}"
        for violation in found["violations"]
        if violation["impact"] in GRAVE
        for node in violation["nodes"]
    ]
