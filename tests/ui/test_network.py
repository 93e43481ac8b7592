"""The network drawn, in the browser: answers move while it trains, and a click opens what it points at."""

import re
from pathlib import Path

from driving import IN_FRONT, LIBRARIES_MS, go_dark, open_notebook, run_cell
from jupyter_lab import JupyterLab
from playwright.sync_api import Page, expect

SHOWN = """
import traitlets
import hcnn_widgets as hw
images = hw.stimuli.objects(n=400, variation="low", size=32, seed=0)
rule = hw.learning.Backpropagation(learning_rate=3e-3)
model = hw.GoalDrivenModel(hw.architecture.hcnn(n_kernels=(8, 8, 8, 8), input_shape=(32, 32, 1)), rule=rule)
run = model.train(images, epochs=500)
strip, view = hw.widgets.AnswerStrip(run), hw.widgets.NetworkView(run)
traitlets.link((strip, "image"), (view, "image"))
display(strip, view)
"""
STRIP, NETWORK = f"{IN_FRONT} .hcnn-mod-answers", f"{IN_FRONT} .hcnn-mod-network"
OPENED = r"^{}: 8 (maps|units)"


def test_answers_move_and_a_click_opens_an_area_a_map_and_an_image(page: Page, lab: JupyterLab, pictures: Path) -> None:
    open_notebook(page, lab, "network.ipynb", SHOWN, "view.area, view.image, run.stop()", with_keras=True)
    run_cell(page, 0)
    strip, network = page.locator(STRIP), page.locator(NETWORK)
    expect(network.locator("text", has_text=re.compile(OPENED.format("V1")))).to_be_visible(timeout=LIBRARIES_MS)
    first = strip.locator("svg").get_attribute("aria-label")
    expect(strip.locator("svg")).not_to_have_attribute("aria-label", first or "", timeout=30_000)
    panel = page.locator(f"{IN_FRONT} .hcnn-mod-answer-strip")
    assert panel.bounding_box()["height"] <= 84  # type: ignore[index]

    network.locator("[data-place='18']").first.click()  # a row has 16 places: image, V1, V2
    expect(network.locator("text", has_text=re.compile(OPENED.format("V2")))).to_be_visible()
    high = network.bounding_box()["height"]  # type: ignore[index]
    network.locator("[data-place='34']").first.click()
    expect(network.locator("text", has_text=re.compile("V2, map 3 is driven most|nothing drives it"))).to_be_visible(
        timeout=30_000
    )
    assert network.bounding_box()["height"] == high  # type: ignore[index]

    drawing = network.locator("svg")
    drawing.focus()
    for key in ("ArrowUp", "ArrowRight", "Enter"):  # from the map to V2, from there to V4
        page.keyboard.press(key)
    expect(network.locator("[aria-live]")).to_contain_text(re.compile("^V4: .*; opened"), timeout=15_000)
    strip.locator("[data-place='5']").first.click()
    expect(drawing).to_have_attribute("aria-label", re.compile("^The image .* goes at step"), timeout=15_000)
    page.screenshot(path=pictures / "network_light.png")
    go_dark(page)
    panel.scroll_into_view_if_needed()
    page.screenshot(path=pictures / "network_dark.png")
    run_cell(page, 1)
    expect(page.locator(f"{IN_FRONT} .jp-OutputArea-output pre").last).to_contain_text("('V4', 5, None)")
