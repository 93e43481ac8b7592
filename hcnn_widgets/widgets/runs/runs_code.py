"""Code that makes a table of runs."""

RUNS_CODE = """\
import numpy as np
import hcnn_widgets as hw

for run in runs:  # a list of your runs, such as [run] or those of hw.load_run(folder)
    score = hw.mapping.live_score(run, recordings).latest  # the newest scores, (n_brain, n_model)
    best = dict(zip(score.brain_areas, np.nanmax(score.value, axis=1)))
    print(run.title, run.setup.seed, run.history.last("validation accuracy"), best, f"{run.elapsed_s:.0f} s")
"""
