"""A saved page, opened offline: it draws, asks for nothing, and answers to pointer and keys."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "widgets"))

import numpy as np
from memory_by_hand import histories_by_hand, scores_by_hand
from playwright.sync_api import Browser, Page, expect

import hcnn_widgets as hw
from hcnn_widgets.sweeps.sweep_row import SweepRow


def expect_an_answer_to_the_pointer(page: Page, panel: str, place: str, words: str) -> None:
    page.locator(f"{panel} svg [data-place='{place}']").first.hover(force=True)
    expect(page.locator(panel)).to_contain_text(words)


def test_a_page_that_was_handed_in_works_without_a_kernel(browser: Browser, tmp_path: Path, pictures: Path) -> None:
    rows = [
        SweepRow(n, {"areas": ["V1"] * (n % 4 + 1)}, 0.2 + n / 40, 0.2, best=0.3 + n / 90, untrained_best=0.3)
        for n in range(8)
    ]
    rdms = [hw.mapping.rdm(np.random.default_rng(n).random((8, 20)), name=f"model {n}") for n in range(2)]
    sweep = hw.sweeps.Sweep.of_rows(rows, {"area": "V4"}, None)
    memory = hw.widgets.MemoryTrace(histories_by_hand(), scores_by_hand())
    panels = [
        hw.widgets.SweepPlot(sweep),
        hw.widgets.TauCounter(*rdms),
        hw.widgets.CochleagramPanel(),
        memory,
        hw.widgets.GateLab(),
    ]
    path = hw.save_html(panels, tmp_path / "ada", title="Ada")
    context = browser.new_context(viewport={"width": 1280, "height": 800}, offline=True)
    page = context.new_page()
    asked: list[str] = []
    errors: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("console", lambda said: errors.append(said.text) if said.type == "error" else None)
    page.goto(path.as_uri())
    expect(page.locator(".hcnn-mod-sweep svg")).to_contain_text("Trained, 8 networks", timeout=30_000)
    page.locator(".hcnn-mod-sweep svg").focus()
    page.keyboard.press("End")
    expect(page.locator(".hcnn-mod-sweep")).to_contain_text("network 7")
    page.screenshot(path=pictures / "saved_page.png", full_page=True)
    page.get_by_role("button", name="Take one step", exact=True).click()
    expect(page.locator("body")).to_contain_text("step 1 of")
    expect_an_answer_to_the_pointer(page, ".hcnn-mod-memory", "4", "95 % interval")
    expect_an_answer_to_the_pointer(page, ".hcnn-mod-cochleagram", "12", " Hz")
    plane = page.locator(".hcnn-plane-row img")
    expect(plane).to_have_js_property("naturalWidth", hw.widgets.GateLab.side)
    page.wait_for_function("[...document.querySelectorAll('audio')].filter(one => one.duration === 1).length === 2")
    page.screenshot(path=pictures / "saved_page_sounds.png")
    assert [url for url in asked if not url.startswith(("file:", "data:", "blob:"))] == []
    assert errors == []
    context.close()
