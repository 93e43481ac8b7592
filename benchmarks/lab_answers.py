"""How long the labs take to answer a key, and how smoothly what moves in them moves, in a browser.

    python benchmarks/lab_answers.py [--times 20] [--only ConvolutionLab]

Every lab in a real JupyterLab in Chromium, alone in its notebook, boards of 16 x 16 where it has boards: from the press
of a key to the frame of the page that shows what the kernel has made of it, in ms; each key changes what is seen. Then
the walking window of the boards: at how many places a second it is drawn while it glides from one output to the next.
Other processes are to be quiet: how much of the processors they take is printed first.
"""

import argparse
import os
import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

import psutil

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "ui"))

import find_browser
from driving import end_all_kernels, open_notebook, run_cell
from jupyter_lab import TOKEN, JupyterLab
from playwright.sync_api import Page, sync_playwright

BOARD = "np.arange(256).reshape(16, 16) % 10"


class Asked(NamedTuple):
    """A lab: how it is made, the name of its scene, and the keys that are pressed in turn."""

    made: str
    scene: str
    keys: tuple[str, ...]


LABS = {
    "PerceptronLab": Asked("", "perceptron", ("s", "b")),
    "GateLab": Asked("'XOR'", "gate", ("l",)),
    "ConvolutionLab": Asked(f"{BOARD}, np.eye(3)", "convolution", ("f", "p")),
    "PoolingLab": Asked(BOARD, "pooling", ("k",)),
    "MlpLab": Asked("", "mlp", ("w",)),
    "LeNet5Lab": Asked("", "lenet5", ("1", "2", "3")),
    "ActivationLab": Asked("", "activation", ("1", "2", "3")),
    "ReceptiveFieldLab": Asked("", "field", ("Shift+ArrowRight", "Shift+ArrowLeft")),
    "MotifLab": Asked("mask=0.3", "motif", ("-", "+")),
    "Quiz": Asked("", "quiz", ("n", "b")),
}
LISTEN = """([root, mark]) => {
  const within = node => (node.nodeType === 1 ? node : node.parentElement)?.closest(mark);
  let pressed = null;
  window.answers = [];
  addEventListener('keydown', event => { pressed = event.timeStamp; }, true);
  new MutationObserver(changes => {
    if (pressed === null || changes.every(change => within(change.target))) return;
    const began = pressed;
    pressed = null;
    requestAnimationFrame(() => setTimeout(() => window.answers.push(performance.now() - began)));
  }).observe(document.querySelector(root), { subtree: true, childList: true, attributes: true, characterData: true });
}"""
"""What moves with the pointer and the focus alone is drawn by the page itself, and is no answer."""
FOLLOW = """ms => new Promise(resolve => {
  const moves = [];
  let [before, began] = ['', 0];
  const look = now => {
    began ||= now;
    const frame = document.querySelector('.hcnn-scene-mark .hcnn-mod-glides')?.getBoundingClientRect();
    const place = frame ? `${frame.x.toFixed(2)} ${frame.y.toFixed(2)}` : '';
    if (before && place && place !== before) moves.push(now);
    before = place;
    if (now - began < ms) requestAnimationFrame(look);
    else resolve(moves);
  };
  requestAnimationFrame(look);
})"""
WATCHED_MS = 1_000


def shown(page: Page, server: JupyterLab, name: str) -> None:
    """Show a lab alone in a notebook, with the focus in its scene."""
    asked = LABS[name]
    cell = f"import hcnn_widgets as hw\nimport numpy as np\nhw.widgets.{name}({asked.made})"
    open_notebook(page, server, f"{name}.ipynb", cell)
    run_cell(page, 0)
    scene = page.locator(f".hcnn-mod-{asked.scene} svg").first
    scene.wait_for(timeout=90_000)
    page.wait_for_timeout(1_500)  # a plane beside it is drawn, and the room is told
    cells = scene.locator("[tabindex='0']")
    (cells if cells.count() else scene).first.focus()
    page.keyboard.press("Home")
    page.wait_for_timeout(500)


def answered(page: Page, name: str, times: int) -> list[float]:
    """Return the ms from a press to the frame that answers it, press by press."""
    asked = LABS[name]
    page.evaluate(LISTEN, [f".hcnn-mod-{asked.scene} svg", ".hcnn-scene-mark"])
    for n in range(times + 2):
        page.keyboard.press(asked.keys[n % len(asked.keys)])
        page.wait_for_function("n => window.answers.length > n", arg=n, timeout=20_000)
        page.wait_for_timeout(150)
    answers: list[float] = page.evaluate("window.answers")
    return answers[2:]


def places_a_second(page: Page, times: int) -> float:
    """Return at how many places a second the window is drawn while it glides from one output to the next."""
    found = []
    for _ in range(times + 1):
        page.keyboard.press("Space")
        moves = page.evaluate(FOLLOW, WATCHED_MS)
        found += [1000 * (len(moves) - 1) / (moves[-1] - moves[0])] if len(moves) > 1 else []
    return statistics.median(found)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--times", type=int, default=20)
    parser.add_argument("--only", choices=LABS)
    asked = parser.parse_args()
    print(f"others take {psutil.cpu_percent(3) / 100 * (os.cpu_count() or 1):.1f} of {os.cpu_count()} processors")
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        server = JupyterLab(Path(folder))
        browser = playwright.chromium.launch(executable_path=find_browser.find(), args=["--no-sandbox"])
        context = browser.new_context(viewport={"width": 1280, "height": 800})
        context.set_extra_http_headers({"Authorization": f"token {TOKEN}"})
        page = context.new_page()
        try:
            for name in [asked.only] if asked.only else LABS:
                began = time.perf_counter()
                shown(page, server, name)
                ms = answered(page, name, asked.times)
                words = f"{name:18s} median {statistics.median(ms):4.0f} ms, worst {max(ms):4.0f} ms"
                if name in ("ConvolutionLab", "PoolingLab"):
                    words += f"; the window glides over {places_a_second(page, 10):.0f} places a second"
                print(f"{words}  ({time.perf_counter() - began:.0f} s)", flush=True)
                end_all_kernels(server)
        finally:
            browser.close()
            server.stop()


if __name__ == "__main__":
    main()
