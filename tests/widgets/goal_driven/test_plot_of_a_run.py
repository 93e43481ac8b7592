"""The plot of the moments of one training."""

from typing import Any

from moments_by_hand import run_of

import hcnn_widgets as hw


def test_the_plot_of_a_run_claims_no_interval_and_says_simulated(page: Any, clock: Any, ticker: Any) -> None:
    steps = range(10, 60, 10)
    run = run_of([(step, 0.5, step / 100) for step in steps], {step: step / 200 for step in steps})
    plot = hw.widgets.SweepPlot(run, clock=clock, ticker=ticker)
    ticker.round()
    header = plot.panel.header
    assert header["title"].startswith("Performance and predictivity of V4 (simulated)")
    said = next(mark["marks"] for mark in header["marks"] if mark["key"] == "said")
    assert said[0]["words"] == "5 moments of one training: r = 1.00, by rank 1.00."
    assert "no interval" in said[1]["words"]
    assert not any("95 %" in mark["words"] for mark in said)
    assert plot.panel.score == "top"
