"""What was chosen for runs, in words: the choices in which they differ, and no others."""

from past_runs import a_model, a_run

from hcnn_widgets.widgets.runs.run_choices import choices_of, differing, in_words


def test_the_choices_in_which_runs_differ_are_said_and_no_others() -> None:
    runs = [a_run(model=model) for model in (a_model(1e-3), a_model(1e-2), a_model(1e-3, kernel_size=5))]
    choices = [choices_of(run) for run in runs]
    names = differing(choices)
    assert names == ["V1 filter size", "IT filter size", "learning rate"]
    assert in_words(choices[1], names) == "V1 filter size 3, IT filter size 3, learning rate 0.01"


def test_an_area_that_only_one_network_has_is_said_by_the_name_of_the_network() -> None:
    deep = {"network": "deep", "V1 filter size": 3, "V9 filter size": 3, "learning rate": 0.1}
    small = {"network": "small", "V1 filter size": 5, "learning rate": 0.2}
    assert differing([deep, small]) == ["network", "V1 filter size", "learning rate"]
    assert in_words(small, differing([deep, small])) == "small, V1 filter size 5, learning rate 0.2"
