from functools import partial

import pytest
from brain_side import activations, choose, explorer_of, live_score, recordings, stimuli, table

from hcnn_widgets.widgets.predictivity.predictivity_explorer import PredictivityExplorer


@pytest.fixture
def score():
    return live_score(recordings("V4"), recordings("IT", seed=1), recordings("V1", shown=stimuli(30)))


@pytest.fixture
def explorer(page, run, clock, ticker, score):
    score.latest = table(100, brains=3)
    return PredictivityExplorer(run, "recordings", score=lambda *_: score, clock=clock, ticker=ticker)


@pytest.fixture
def static(page, clock, ticker):
    return partial(explorer_of, clock=clock, ticker=ticker)


def test_a_click_on_a_bar_opens_its_sites_with_their_ceilings_and_images(page, explorer):
    choose(page, explorer)
    header = page.frames(explorer.panel)[-1]
    assert (header["chosen_brain"], header["chosen_model"]) == (0, 1)
    assert header["site_ids"] == [f"V4-{site:04d}" for site in range(4)]
    assert explorer.panel.sheet_header["labels"] == ["car"] * 16 + ["cat"] * 16 + ["dog"] * 16
    assert "median r" in explorer.sentence()


def test_a_click_on_a_site_opens_its_responses_and_escape_leads_back(page, explorer):
    choose(page, explorer, site=2)
    assert page.frames(explorer.panel)[-1]["chosen_site"] == 2
    choose(page, explorer)
    assert "chosen_site" not in page.frames(explorer.panel)[-1]
    choose(page, explorer, -1, -1)
    assert "site_ids" not in page.frames(explorer.panel)[-1]


def test_what_is_open_follows_each_new_score(page, explorer, score, ticker):
    choose(page, explorer, site=2)
    before = explorer.panel.values
    score.latest = table(200, brains=3)
    page.say(explorer.panel, kind="ack", sequence=explorer.panel.sequence)
    ticker.round()
    header = page.frames(explorer.panel)[-1]
    assert (header["step"], header["chosen_site"]) == (200, 2)
    assert explorer.panel.values != before


def test_what_is_open_can_be_changed_after_the_end(page, explorer, score, run, ticker):
    run.state, score.alive, score.latest = "finished", False, table(1200, brains=3)
    page.say(explorer.panel, kind="ack", sequence=explorer.panel.sequence)
    ticker.round()
    assert explorer.over
    choose(page, explorer, site=0)
    header = page.frames(explorer.panel)[-1]
    assert (header["step"], header["chosen_site"]) == (1200, 0)
    assert explorer.over


def test_of_several_wishes_at_once_the_last_is_sent(page, explorer, ticker):
    before = len(page.frames(explorer.panel))
    for model in (0, 1, 0):
        page.say(explorer.panel, kind="choose", brain=0, model=model, site=-1)
    ticker.round()
    (sent,) = page.frames(explorer.panel)[before:]
    assert sent["chosen_model"] == 0


def test_the_picture_left_in_the_notebook_follows_what_is_open_after_the_end(page, explorer, score, run, ticker):
    left = []
    explorer.panel.when_over(lambda: left.append(explorer.panel.header.get("chosen_site")))
    run.state, score.alive = "finished", False
    page.say(explorer.panel, kind="ack", sequence=explorer.panel.sequence)
    ticker.round()
    choose(page, explorer, site=3)
    assert left == [None, 3]


def test_images_are_sent_once_as_long_as_brain_areas_share_them(page, explorer):
    def sheets():
        return [update["sheet_header"]["n"] for update in page.updates(explorer.panel) if "sheet_header" in update]

    for brain in (0, 0, 1):
        choose(page, explorer, brain)
    assert sheets() == [48]
    choose(page, explorer, 2)
    assert sheets() == [48, 30]


def test_a_choice_that_makes_no_sense_opens_nothing(page, explorer):
    choose(page, explorer, 0, 7)
    assert "site_ids" not in explorer.panel.header
    choose(page, explorer, 0, 1, 99)
    assert "chosen_site" not in explorer.panel.header
    page.say(explorer.panel, kind="select", index=3)
    assert explorer.panel.choice == (0, 1, None)


def test_before_the_first_score_nothing_can_be_chosen(page, run, clock, ticker, score):
    explorer = PredictivityExplorer(run, "recordings", score=lambda *_: score, clock=clock, ticker=ticker)
    choose(page, explorer)
    assert explorer.panel.choice is None
    with pytest.raises(ValueError, match=r"`brain_area='V4'` cannot be opened\. Accepted are .*; there are none yet\."):
        explorer.choose("V4", "V2")
    assert explorer.sentence() == "scoring…"
    assert explorer.picture() == b""


def test_scores_without_details_say_so(page, explorer, score, ticker):
    score.latest = table(200, brains=3, details=None)
    page.say(explorer.panel, kind="ack", sequence=explorer.panel.sequence)
    ticker.round()
    choose(page, explorer)
    assert explorer.panel.message == (
        "The bar cannot be opened. Accepted are scores with the responses that they are made from, `details`; these "
        "came without."
    )


def test_a_bar_and_a_site_can_be_opened_from_python(page, explorer, ticker):
    explorer.choose("IT", "V1", "V4-0003")
    ticker.round()
    assert explorer.panel.choice == (1, 0, "V4-0003")
    assert page.frames(explorer.panel)[-1]["chosen_site"] == 3
    explorer.choose(None)
    ticker.round()
    assert "site_ids" not in page.frames(explorer.panel)[-1]


@pytest.mark.parametrize(
    ("choice", "words"),
    [
        (("V3", "V1"), r"`brain_area='V3'` has no score\. Accepted are V4, IT, V1\."),
        (("V4", "V9"), r"`model_area='V9'` has no score\. Accepted are V1, V2\."),
        (("V4", "V1", "x"), r"`site='x'` is not among those of V4\. Accepted are V4-0000, .*V4-0003\."),
    ],
)
def test_what_is_not_there_is_refused_with_what_is(explorer, choice, words):
    with pytest.raises(ValueError, match=words):
        explorer.choose(*choice)


def test_of_many_sites_the_first_are_named(page, run, clock, ticker, score):
    score.latest = table(100, n_sites=7)
    explorer = PredictivityExplorer(run, "recordings", score=lambda *_: score, clock=clock, ticker=ticker)
    with pytest.raises(ValueError, match=r"V4-0004, \.\.\.$"):
        explorer.choose("V4", "V1", "x")


def test_the_picture_shows_what_is_open(page, explorer):
    bars = explorer.picture()
    choose(page, explorer, site=1)
    assert explorer.picture().startswith(b"\x89PNG")
    assert len(explorer.picture()) > len(bars)


def test_another_source_begins_with_nothing_open(page, explorer, run):
    choose(page, explorer, site=1)
    explorer.follow(run, "recordings")
    assert explorer.panel.choice is None
    assert "site_ids" not in explorer.panel.header


def test_a_model_in_training_is_scored_live(page, run, model, clock, ticker, score):
    model.run, score.latest = run, table(100)
    explorer = PredictivityExplorer(model, "recordings", score=lambda *_: score, clock=clock, ticker=ticker)
    assert explorer.panel.header["step"] == 100
    assert not explorer.panel.at_rest


def test_a_run_offers_corrections_of_the_median_and_no_map_or_splits(page, explorer, ticker):
    assert explorer._method.layout.display == explorer._splits.layout.display == "none"
    assert list(explorer._correction.options) == ["none: Pearson r", "r2/c", "(r/c)2"]
    explorer._correction.value = "r2/c"
    ticker.round()
    assert explorer.panel.header["measure"] == "r2/c, corrected for noise"


def test_from_activations_to_a_run_the_choices_follow(page, static, run, score):
    explorer = static(correction="explained variance", score=lambda *_: score)
    assert explorer.panel.header["percent"]
    score.latest = table(100)
    explorer.follow(run, "recordings")
    assert explorer._correction.value == "none: Pearson r"
    assert explorer.panel.message == ""
    assert explorer.panel.header["measure"] == "Pearson r, mean of medians per fold"
    explorer.follow(activations(), recordings())
    assert explorer._method.layout.display == ""


def test_the_code_says_how_the_scores_are_made(page, static, explorer):
    compile(explorer.code, "code", "exec")
    assert 'get_layer("V2")' in explorer.code
    choose(page, explorer, model=0)
    assert 'get_layer("V1")' in explorer.code
    assert 'get_layer("V4")' in PredictivityExplorer().code
    given = static(correction="r2/c", method="ridge", splits="grouped")
    names = {"activations": activations(), "recordings": recordings()}
    exec(given.code, names)
    assert names["score"].value == pytest.approx(given.panel._at_rest.latest.value[0, 1], abs=1e-12)
    given = static(correction="r2/c", method="ridge", splits="brain-score")
    assert 'scores["right"]' in given.code
    assert 'method="ridge", splits="brain-score")' in given.code
    assert 'score.corrected("r2/c")' in given.code
