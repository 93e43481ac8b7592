"""The lines of docs/labs.md run, one after the other."""

import re
from pathlib import Path

import hcnn_widgets as hw

GUIDE = (Path(__file__).parents[3] / "docs" / "labs.md").read_text(encoding="utf-8")


def test_the_lines_of_the_guide_run_in_their_order(page, capsys):
    names = {}
    for lines in re.findall(r"```python\n(.*?)```", GUIDE, re.DOTALL):
        exec(lines, names)
    assert capsys.readouterr().out.startswith("hw.widgets.PerceptronLab(points=[[0, 0], [0, 1]")
    assert names["again"].state == names["lab"].state
    assert names["own"].state["weights"] == [0, 1, 0]
    names["lab"].step()
    assert names["figure"].marks[-1] is names["unit"]


def test_every_lab_is_in_the_guide():
    labs = [name for name in hw.widgets.__all__ if name.endswith("Lab") and name not in ("Lab", "TransferLab")]
    assert all(f"hw.widgets.{name}()" in GUIDE for name in labs)
