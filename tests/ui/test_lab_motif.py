"""Motif lab and quiz in a real JupyterLab: tiles moved by keyboard and mouse, a wrong answer told its mistake."""

from pathlib import Path

from driving import LIBRARIES_MS, button, go_dark, open_notebook, run_cell
from jupyter_lab import JupyterLab
from playwright.sync_api import Locator, Page, expect

MOTIF = "import hcnn_widgets as hw\nlab = hw.widgets.MotifLab(mask=0.3)\nlab"
QUIZ = "import hcnn_widgets as hw\nquiz = hw.widgets.Quiz(3)\nquiz"


def cell(page: Page, words: str) -> Locator:
    """Give a cell of the panel by what is heard of it."""
    return page.locator(f"[role=gridcell][aria-label='{words}']")


def test_tiles_are_moved_by_keyboard_and_by_mouse(page: Page, lab: JupyterLab, pictures: Path) -> None:
    open_notebook(page, lab, "motif.ipynb", MOTIF, "lab.state['stages']")
    run_cell(page, 0)
    words = page.locator(".hcnn-mod-motif svg")
    expect(words).to_contain_text("This is the lecture's order.", timeout=LIBRARIES_MS)
    page.screenshot(path=pictures / "motif_light.png")
    heard = page.locator(".hcnn-mod-motif [aria-live]")
    button(page, "Code").focus()
    for _ in range(6):
        if page.locator(".hcnn-mod-motif svg:focus").count() == 0:
            page.keyboard.press("Tab")
    page.keyboard.press("Home")
    expect(heard).to_contain_text("The image: a grating of contrast 50 %, a second grating of 30 % across it.")
    for _ in range(3):
        page.keyboard.press("ArrowRight")
    expect(heard).to_contain_text("Tile 3, pool")
    page.keyboard.press("Shift+ArrowRight")
    expect(heard).to_contain_text("Tile 4, pool")
    expect(words).to_contain_text("differs by")
    page.keyboard.press("Shift+ArrowLeft")
    expect(heard).to_contain_text("Tile 3, pool")
    expect(words).to_contain_text("This is the lecture's order.")
    words.locator("text", has_text="◀").nth(2).click()
    expect(words).to_contain_text("The result is the same")
    words.locator("text", has_text="✕").nth(3).click()
    expect(words).to_contain_text("No formula")
    go_dark(page)
    page.screenshot(path=pictures / "motif_dark.png")
    run_cell(page, 1)
    output = page.locator(".jp-CodeCell").nth(1).locator(".jp-OutputArea-output")
    expect(output).to_contain_text("['filter', 'pool', 'activate']")


def test_a_wrong_answer_is_told_its_mistake(page: Page, lab: JupyterLab, pictures: Path) -> None:
    open_notebook(page, lab, "quiz.ipynb", QUIZ, "quiz.answers[0]['given'], quiz.answers[0]['n_checks']")
    run_cell(page, 0)
    words = page.locator(".hcnn-mod-quiz svg")
    expect(words).to_contain_text("What is the cross-correlation of image and kernel?", timeout=LIBRARIES_MS)
    for number, digits in enumerate(["5", "11", "23"]):
        page.locator(f"[role=gridcell][data-place='{number}']").click()
        page.keyboard.type(digits)
    page.locator("[role=gridcell][data-place='3']").click()
    for words_of_key in ("Type 2.", "Type 9.", "Check the answer."):
        cell(page, words_of_key).click()
    expect(words).to_contain_text("0 of 4 cells are right. This is what comes out when the kernel is turned by 180")
    cell(page, "Show the hint, or take it away.").click()
    expect(words).to_contain_text("4×0 + 5×1 + 7×2 + 8×3 = ?")
    page.screenshot(path=pictures / "quiz_light.png")
    for number, digits in enumerate(["19", "25", "37", "43"]):
        page.locator(f"[role=gridcell][data-place='{number}']").focus()
        page.keyboard.type(digits)
    page.keyboard.press("Enter")
    expect(page.locator(".hcnn-mod-quiz [aria-live]")).to_contain_text("All 4 cells are right.")
    go_dark(page)
    page.screenshot(path=pictures / "quiz_dark.png")
    button(page, "Next").click()
    expect(words).to_contain_text("2. What is")
    run_cell(page, 1)
    output = page.locator(".jp-CodeCell").nth(1).locator(".jp-OutputArea-output")
    expect(output).to_contain_text("([[19.0, 25.0], [37.0, 43.0]], 2)")
