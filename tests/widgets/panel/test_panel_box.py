from hcnn_widgets.widgets.lab.lab import Lab


def test_the_page_knows_the_dashboard_and_each_of_its_panels_as_boxes_with_controls(page, clock, ticker):
    lab = Lab(clock=clock, ticker=ticker)
    assert all("hcnn-box" in one._dom_classes for one in (lab, lab.monitor, lab.kernels, lab.bars))
