"""A process that ends while its panels are at work waits for them: it would abort, were a thread in compiled code."""

import subprocess
import sys

import pytest

SCRIPT = """
import time
from hcnn_widgets.widgets.panel.latest_job import LatestJob

def work(progress):
    print("begun", flush=True)
    try:
        for step in range({steps}):
            time.sleep(0.05)
            {told}
        print("done", flush=True)
    finally:
        print("ended", flush=True)

job = LatestJob()
job.ask("first", work)
while not job.seconds:
    time.sleep(0.001)
job.ask("second", work)
"""


@pytest.mark.parametrize(
    ("steps", "told", "printed"),
    [
        pytest.param(10_000, "progress(step, 10_000)", ["begun", "ended"], id="long work ends at its next word"),
        pytest.param(10, "pass", ["begun", "done", "ended"], id="work that says nothing is waited for"),
    ],
)
def test_a_process_waits_at_its_exit_for_the_question_under_way_and_answers_none_that_waits(steps, told, printed):
    process = subprocess.run(
        [sys.executable, "-c", SCRIPT.format(steps=steps, told=told)], capture_output=True, text=True, timeout=120
    )
    assert (process.returncode, process.stderr) == (0, "")
    assert process.stdout.split() == printed
