import pytest
from stand_in_rdms import BRAIN, IDS, StandInRdms, explorer_of, random_rdm, settle

from hcnn_widgets.mapping.similarity.comparison.compare import compare
from hcnn_widgets.mapping.similarity.rdms.rdm_record import Rdm
from hcnn_widgets.widgets.rdms.rdm_canvas import RdmCanvas
from hcnn_widgets.widgets.rdms.rdm_explorer import RdmExplorer


@pytest.fixture
def rdms():
    return StandInRdms(references={"animacy": random_rdm(4)})


@pytest.fixture
def explorer(page, rdms, clock, ticker, monkeypatch):
    return explorer_of(rdms, monkeypatch, clock=clock, ticker=ticker)


def test_an_area_that_the_model_does_not_have_is_refused(page, explorer, rdms, ticker):
    with pytest.raises(ValueError, match="`area` must be one of this model's areas, V1, IT; received 'V4'"):
        RdmExplorer("run", BRAIN, area="V4", ticker=ticker)
    with pytest.raises(ValueError, match="`area` must be one of this model's areas, V1, IT; received 'V4'"):
        explorer.area = "V4"


def test_without_a_model_the_panel_says_so(page, ticker):
    empty = RdmExplorer(ticker=ticker)
    nothing = "No model and no RDMs of the brain chosen yet: there is nothing to compare."
    assert (empty.panel.message, empty.panel.wrong) == (nothing, False)
    assert empty.over
    assert empty.picture() == b""
    page.say(empty.panel, kind="stop", stop=1)
    page.say(empty.panel, kind="walk", way="next")
    page.say(empty.panel, kind="area", area="V1")
    page.change(empty._live, value=False)
    page.change(empty._order, index=1)
    empty.undo()
    assert empty.pair is None
    assert empty.area == ""
    assert RdmCanvas(ticker=ticker).message == nothing
    with pytest.raises(ValueError, match="`area` must be one of"):
        empty.area = "V1"


# --- choices -----------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("control", "change", "told"),
    [
        ("_brain", {"index": 2}, {"brain": "IT, KO"}),
        ("_brain", {"index": 3}, {"brain": "V1"}),
        ("_distance", {"index": 1}, {"distance": "squared Euclidean distance / n"}),
        ("_method", {"index": 4}, {"method": "pearson"}),
        ("_order", {"index": 1}, {"order": "as given", "rows": [0, 1, 2, 3, 4]}),
        ("_only", {"index": 2}, {"only": "car", "rows": [1, 3]}),
        ("_scale", {"index": 1}, {"scale": "distances"}),
    ],
)
def test_every_choice_shows_and_can_be_taken_back(page, explorer, rdms, control, change, told):
    rdms.measure(100)
    settle(explorer)
    before = {name: explorer.panel.header[name] for name in told}
    assert explorer._undo.disabled
    page.change(getattr(explorer, control), **change)
    settle(explorer)
    assert {name: explorer.panel.header[name] for name in told} == told
    assert not explorer._undo.disabled
    page.click(explorer._undo)
    settle(explorer)
    assert {name: explorer.panel.header[name] for name in told} == before
    assert explorer._undo.disabled


def where(explorer):
    settle(explorer)
    header = explorer.panel.header
    return header["moment"], header["stop"], explorer._live.value


def test_the_slider_goes_through_training_and_live_comes_back(page, explorer, rdms):
    rdms.measure(0, untrained=True)
    for step in (250, 500, 1000):
        rdms.measure(step)
    assert where(explorer) == ("step 1,000", 64, True)
    assert (explorer.panel.header["stops"], explorer.panel.header["past"]) == (64, True)
    page.say(explorer.panel, kind="stop", stop=16)
    assert where(explorer) == ("step 250", 16, False)
    page.say(explorer.panel, kind="stop", stop=0)
    assert where(explorer) == ("untrained", 0, False)
    page.change(explorer._live, value=True)
    assert where(explorer) == ("step 1,000", 64, True)
    page.change(explorer._live, value=False)
    rdms.measure(1010)
    assert where(explorer) == ("step 1,000", 64, False)
    page.change(explorer._live, value=True)
    assert where(explorer) == ("step 1,010", 64, True)


def test_keys_go_through_what_was_measured_and_the_last_is_live(page, explorer, rdms):
    rdms.measure(0, untrained=True)
    for step in (500, 1000):
        rdms.measure(step)
    settle(explorer)
    seen = []
    for way in ("previous", "previous", "previous", "next", "last"):
        page.say(explorer.panel, kind="walk", way=way)
        seen.append(where(explorer))
    assert seen == [
        ("step 500", 32, False),
        ("untrained", 0, False),
        ("untrained", 0, False),
        ("step 500", 32, False),
        ("step 1,000", 64, True),
    ]


def test_a_slider_that_is_dragged_is_one_choice(page, explorer, rdms):
    for step in (250, 500, 1000):
        rdms.measure(step)
    settle(explorer)
    for stop in (60, 40, 20):
        page.say(explorer.panel, kind="stop", stop=stop)
    page.say(explorer.panel, kind="area", area="V1")
    assert (explorer.area, where(explorer)[0]) == ("V1", "step 250")
    explorer.undo()
    assert (explorer.area, where(explorer)[0]) == ("IT", "step 250")
    explorer.undo()
    assert where(explorer) == ("step 1,000", 64, True)
    explorer.undo()
    assert where(explorer) == ("step 1,000", 64, True)


def test_a_training_that_goes_on_is_not_taken_for_a_choice(explorer, rdms):
    for step in (250, 500, 1000):
        rdms.measure(step)
        settle(explorer)
    assert explorer._undo.disabled
    assert explorer.panel.choices.place is None


def test_live_may_be_left_before_there_is_anything_to_see(page, explorer, rdms):
    page.change(explorer._live, value=False)
    rdms.measure(250)
    assert where(explorer) == ("step 250", 16, False)


def test_a_click_on_a_category_shows_it_alone_and_one_on_a_bar_that_area(page, explorer, rdms):
    rdms.measure(100)
    settle(explorer)
    page.say(explorer.panel, kind="zoom", group="face")
    page.say(explorer.panel, kind="area", area="V1")
    settle(explorer)
    assert (explorer._only.value, explorer.area) == ("face", "V1")
    assert explorer.panel.header["rows"] == [0, 2]
    page.say(explorer.panel, kind="zoom", group="")
    settle(explorer)
    assert len(explorer.panel.header["rows"]) == 5
    page.say(explorer.panel, kind="zoom", group="tree")  # one image alone has no pair
    assert "received 'V1' and 'tree'" in explorer.panel.message
    page.say(explorer.panel, kind="area", area="V1")  # it is there already
    assert explorer.panel.header["area"] == "V1"
    page.say(explorer.panel, kind="area", area="V4")
    assert "Accepted are V1, IT" in explorer.panel.message


def test_a_pair_that_is_pinned_is_known_by_its_ids(page, explorer, rdms):
    rdms.measure(100)
    settle(explorer)
    page.say(explorer.panel, kind="pin", pair=[3, 0])
    assert explorer.pair == ("car 2", "face 1")
    page.say(explorer.panel, kind="pin", pair=[3, 99])
    assert explorer.pair is None
    page.say(explorer.panel, kind="pin", pair=[3, 0])
    page.say(explorer.panel, kind="pin", pair=[])
    assert explorer.pair is None
    page.say(explorer.panel, kind="hover")
    assert explorer.pair is None


def test_the_code_says_which_area_and_brain(explorer, rdms):
    rdms.measure(100)
    settle(explorer)
    assert "of model area IT" in explorer.code
    assert "IT, mean of 2 subjects" in explorer.code


def test_tau_a_of_what_is_shown_can_be_counted_by_hand(explorer, rdms):
    with pytest.raises(ValueError, match=r"`explorer` shows no RDM yet. Accepted is one that does"):
        explorer.counter()
    moment = rdms.measure(100)
    settle(explorer)
    counter = explorer.counter(n=4)
    assert (counter.panel.header["name_a"], counter.panel.header["name_b"]) == (
        "model IT, step 100",
        "IT, mean of 2 subjects",
    )
    model = Rdm(moment.vectors["correlation"][1], IDS).select(counter.stimulus_ids)
    brain = rdms.comparison.brains()[0].mean.select(counter.stimulus_ids)
    assert counter.tau_a == pytest.approx(compare(model, brain))


def test_what_has_one_distance_and_no_past_offers_neither(page, clock, ticker):
    explorer = RdmExplorer({"conv1": random_rdm(5, distance="cosine")}, BRAIN, clock=clock, ticker=ticker)
    settle(explorer)
    assert explorer._distance.disabled
    assert explorer._live.layout.display == "none"
    assert not explorer.panel.header["past"]
    assert explorer._only.options == (("all images", ""),)
    assert explorer.panel.header["groups"] == []
    assert explorer.over


def test_live_is_offered_of_what_trains_alone(page, rdms, ticker, monkeypatch):
    explorer = RdmExplorer(random_rdm(5, name="monkey IT"), BRAIN, ticker=ticker)
    assert explorer._live.layout.display == "none"
    explorer_of(rdms, monkeypatch, ticker=ticker)
    explorer.follow("run", BRAIN)
    assert explorer._live.layout.display == ""


def test_an_rdm_that_is_no_models_has_its_own_name(page, ticker, monkeypatch):
    explorer = RdmExplorer(random_rdm(5, name="monkey IT"), BRAIN, ticker=ticker)
    settle(explorer)
    figures = []
    monkeypatch.setattr("hcnn_widgets.widgets.rdms.rdm_picture.png_of", lambda figure, *_: figures.append(figure))
    explorer.picture()
    titles = [axis.get_title() for axis in figures[0].axes]
    assert titles[:2] == ["monkey IT", "IT, mean of 2 subjects"]
    assert explorer.sentence().startswith(
        "RDMs of monkey IT and of IT, mean of 2 subjects. IT is most alike to monkey IT"
    )
    assert explorer.counter(n=4).panel.header["name_a"] == "monkey IT"
    assert "model" not in explorer.panel.header["convention"].split(";")[:2]
    assert "RDM as given" in explorer.panel.header["convention"]
    assert not explorer.panel.header["of_model"]
    named = RdmExplorer({"IT": random_rdm(5, name="monkey IT")}, BRAIN, ticker=ticker)
    settle(named)
    assert named.panel.header["of_model"]
    assert named.sentence().startswith("RDMs of model area IT and of")


def test_another_model_can_be_followed(explorer, rdms):
    rdms.measure(100)
    settle(explorer)
    explorer._order.value = "as given"
    explorer.follow("another run", BRAIN, area="V1")
    settle(explorer)
    assert (explorer.area, explorer._order.value, explorer._undo.disabled) == ("V1", "by category", True)
    assert explorer.panel.header["area"] == "V1"


def test_closing_takes_everything_off_the_page(explorer, ticker):
    panel = explorer.panel
    explorer.close()
    assert not ticker.looks_after(panel)
