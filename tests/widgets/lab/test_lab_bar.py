"""The bar and the cells of the dashboard."""

import ipywidgets


def classes(widget):
    return set(widget._dom_classes)


def test_the_monitor_s_buttons_stand_in_the_bar_beside_those_of_the_dashboard(lab):
    bar = next(part for part in lab.children if "hcnn-lab-bar" in classes(part))
    assert bar.children[:3] == (lab._train, lab._start_over, lab.monitor.controls)
    assert lab.monitor.controls not in lab.monitor.children
    assert lab.monitor.panel in lab.monitor.children


def test_buttons_for_the_page_say_what_they_do_where_they_have_no_words(lab):
    bar = next(part for part in lab.children if "hcnn-lab-bar" in classes(part))
    for button in bar.children[3:]:
        assert button.tooltip
        assert classes(button) & {"hcnn-to-stage", "hcnn-to-tab"}


def test_a_choice_of_one_is_no_choice_and_is_not_shown(lab):
    assert lab.choices._drops["goal"].layout.display == "none"
    assert lab.choices._drops["architecture"].layout.display is None


def test_of_two_panels_in_a_cell_the_chosen_one_is_shown(page, lab):
    (stack,) = [w for w in every(lab) if isinstance(w, ipywidgets.Stack)]
    (tabs,) = [w for w in every(lab) if isinstance(w, ipywidgets.ToggleButtons)]
    assert stack.children == (lab.trace, lab.bars)
    assert stack.selected_index == 0
    tabs.value = "Bars"
    assert stack.selected_index == 1


def test_every_panel_of_the_dashboard_ends_where_its_cell_does(lab):
    panels = lab.monitor.panel, lab.kernels.panel, lab.trace.panel, lab.bars.panel, lab.brain
    assert all(panel.fits for panel in panels)


def test_the_dashboard_asks_its_pages_for_the_stage_as_a_whole(lab, monkeypatch):
    asked = []
    monkeypatch.setattr(lab.monitor.panel, "send", asked.append)
    lab.stage()
    assert asked == [{"kind": "stage", "whole": True}]


def every(widget):
    """Return a widget and all within it."""
    return [widget, *(deeper for child in getattr(widget, "children", ()) for deeper in every(child))]
