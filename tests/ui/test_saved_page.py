"""A saved page, opened offline: it draws, asks for nothing, and answers to pointer and keys."""

from pathlib import Path

import numpy as np
from playwright.sync_api import Browser, expect

import hcnn_widgets as hw
from hcnn_widgets.sweeps.sweep_row import SweepRow


def test_a_page_that_was_handed_in_works_without_a_kernel(browser: Browser, tmp_path: Path, pictures: Path) -> None:
    rows = [
        SweepRow(n, {"areas": ["V1"] * (n % 4 + 1)}, 0.2 + n / 40, 0.2, best=0.3 + n / 90, untrained_best=0.3)
        for n in range(8)
    ]
    rdms = [hw.mapping.rdm(np.random.default_rng(n).random((8, 20)), name=f"model {n}") for n in range(2)]
    sweep = hw.sweeps.Sweep.of_rows(rows, {"area": "V4"}, None)
    path = hw.save_html([hw.widgets.SweepPlot(sweep), hw.widgets.TauCounter(*rdms)], tmp_path / "ada", title="Ada")
    context = browser.new_context(viewport={"width": 1280, "height": 800}, offline=True)
    page = context.new_page()
    asked: list[str] = []
    errors: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto(path.as_uri())
    expect(page.locator(".hcnn-mod-sweep svg")).to_contain_text("Trained, 8 networks", timeout=30_000)
    page.locator(".hcnn-mod-sweep svg").focus()
    page.keyboard.press("End")
    expect(page.locator(".hcnn-mod-sweep")).to_contain_text("network 7")
    page.screenshot(path=pictures / "saved_page.png", full_page=True)
    page.get_by_role("button", name="Take one step", exact=True).click()
    expect(page.locator("body")).to_contain_text("step 1 of")
    assert [url for url in asked if not url.startswith(("file:", "data:", "blob:"))] == []
    assert errors == []
    context.close()
