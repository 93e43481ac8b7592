"""Every block of Python in README and docs runs as it stands, one after the other, with fewer images."""

import logging
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from fenced_blocks import PAGES, Block, blocks_of, named
from given import GIVEN, IDS, arrays, write_session

import hcnn_widgets as hw

pytestmark = pytest.mark.no_cover  # what pages show is run in tests of its own as well

FEWER = {
    "n=12000": "n=60",
    "n=480": "n=48",
    "objects(640, size=32)": "objects(96, size=16)",
    "hcnn(input_shape=(32, 32, 1))": "hcnn(input_shape=(16, 16, 1))",
    "n_labels=(8, 80)": "n_labels=(4, 8)",
    "n_steps=20": "n_steps=2",
    "hw.mapping.cowley2023_v4()": "hw.mapping.simulated_cortex(images, n_sites=4, seed=0)['V4']",
}
"""What is long or needs a file -> what stands for it here."""
NOT_RUN = 2
"""Blocks that say why they are not run."""
BLOCKS = {named(page): blocks_of(page.read_text(encoding="utf-8")) for page in PAGES}
RUN_ELSEWHERE = {"docs/labs.md"}
"""Pages whose blocks have a test of their own: tests/widgets/classroom/test_labs_guide.py."""
OF_MANY_STEPS = {"README.md"}
"""Pages that train for dozens of steps, which take less time where they are compiled."""
RUN_HERE = [page for page, blocks in BLOCKS.items() if page not in RUN_ELSEWHERE and any(not b.not_run for b in blocks)]


@pytest.fixture(autouse=True)
def logging_as_it_was():
    root, ours = logging.getLogger(), logging.getLogger("hcnn_widgets")
    handlers, level = list(root.handlers), ours.level
    yield
    root.handlers[:] = handlers
    ours.setLevel(level)


def run_blocks(page: str, blocks: list[Block], names: dict[str, Any]) -> None:
    """Run blocks in one namespace; an error names the page's own line."""
    for block in blocks:
        source = block.source
        for long, short in FEWER.items():
            source = source.replace(long, short)
        exec(compile("\n" * (block.line - 1) + source, page, "exec"), names)


def let_go(names: dict[str, Any]) -> None:
    """Stop what the page has begun."""
    for value in names.values():
        if hasattr(value, "join") and hasattr(value, "stop"):
            value.stop()
            assert value.join(60)
    for value in names.values():
        if isinstance(value, hw.widgets.LivePanel | hw.widgets.Lab | hw.widgets.TrainingMonitor):
            value.close()


@pytest.mark.parametrize("page", RUN_HERE)
def test_the_blocks_of_a_page_run_as_they_stand(
    page: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> None:
    if page not in OF_MANY_STEPS:
        request.getfixturevalue("uncompiled")
    monkeypatch.chdir(tmp_path)
    names: dict[str, Any] = {"hw": hw} | GIVEN.get(page, lambda folder: {})(tmp_path)
    try:
        run_blocks(page, [block for block in BLOCKS[page] if not block.not_run], names)
    finally:
        let_go(names)


def test_blocks_that_are_not_run_are_counted() -> None:
    assert sum(bool(block.not_run) for blocks in BLOCKS.values() for block in blocks) == NOT_RUN


def test_only_the_block_after_a_remark_is_left_out_and_an_error_names_the_line_of_the_page() -> None:
    page = "# Page\n\n<!-- not run: too long -->\n```python\n1 / 0\n```\n\n```python\nx = 1\nx / 0\n```\n"
    first, second = blocks_of(page)
    assert (first.not_run, second.not_run) == ("too long", "")
    with pytest.raises(ZeroDivisionError) as caught:
        run_blocks("page.md", [second], {})
    assert caught.traceback[-1].lineno + 1 == 10


def test_what_is_computed_of_arrays_pairs_nothing_by_row(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    write_session(tmp_path / "session.nwb")
    page = "docs/howto/model_and_brain.md"
    lines = [block for block in BLOCKS[page] if "x3" in block.source or "cka" in block.source]
    assert len(lines) == 2
    found = []
    for order in (np.arange(len(IDS)), np.random.default_rng(2).permutation(len(IDS))):
        names: dict[str, Any] = {"hw": hw} | arrays(order)
        run_blocks(page, lines, names)
        compared = hw.mapping.compare(names["model_rdm"], names["brain_rdm"])
        found.append(
            (names["score"].value, compared, hw.mapping.cka(names["activations"], names["recordings"], area="layer4"))
        )
    assert found[0] == pytest.approx(found[1])
