"""One more entry in a dict is in the panels: in the menus, in what goes to the page, and in the lines of code."""

from functools import partial

import numpy as np
import pytest
from brain_side import activations, all_scored, explorer_of, recordings
from scipy.spatial.distance import pdist, squareform
from stand_in_rdms import settle

import hcnn_widgets as hw
from hcnn_widgets.mapping.live.score_table import ScoreTable
from hcnn_widgets.widgets.layer_areas.layer_area_matrix import LayerAreaMatrix
from hcnn_widgets.widgets.rdms.rdm_explorer import RdmExplorer
from hcnn_widgets.widgets.rdms.rdm_numbers import read_rdms
from hcnn_widgets.widgets.scores.score_measure import in_measure

RNG = np.random.default_rng(0)
IDS = [f"{row:02d}" for row in range(12)]
PATTERNS = RNG.normal(size=(12, 5))
BRAIN = hw.RecordingSet(PATTERNS + 0.5 * RNG.normal(size=(4, 12, 5)), IDS, "V4")


def nearest(x, y, x_new):
    """Predict the responses to the stimulus whose activations are nearest."""
    return y[np.argmin(((x_new[:, np.newaxis] - x) ** 2).sum(axis=2), axis=1)]


def thirds(n_stimuli, labels, n_folds):
    rows = np.arange(n_stimuli)
    return [(rows[rows % 3 != fold], rows[rows % 3 == fold]) for fold in range(3)]


def city_block(trials):
    return pdist(np.nanmean(trials, axis=0), "cityblock") / trials.shape[2]


def halves_agree(x, y):
    return float(np.mean(np.sign(x - np.median(x)) * np.sign(y - np.median(y))))


@pytest.fixture(autouse=True)
def new_entries(monkeypatch):
    entries = {
        "MAPS": hw.mapping.LinearMap(nearest, "the nearest stimulus"),
        "SPLITS": hw.mapping.Splitting(thirds, "every third of {n}", each_once=True),
        "CORRECTIONS": hw.mapping.Correction(lambda r, c: 100 * r / c, "score", "percent of c", percent=True),
        "DISTANCES": hw.mapping.Distance(city_block, "city block distance / n_channels", "city block / n"),
        "COMPARISONS": hw.mapping.Comparison(halves_agree, "agreement of halves"),
    }
    for registry, entry in entries.items():
        monkeypatch.setitem(getattr(hw.mapping, registry), "new", entry)


@pytest.fixture
def scored(page, clock, ticker):
    return partial(explorer_of, clock=clock, ticker=ticker)


@pytest.fixture
def compared(page, ticker):
    explorer = RdmExplorer(hw.ActivationSet({"top": PATTERNS}, IDS), BRAIN, ticker=ticker)
    explorer.panel._track.rdms.join(20)
    settle(explorer)
    return explorer


def test_a_new_map_and_new_splits_are_in_the_menus_and_scores_by_them_say_their_words(scored, ticker):
    explorer = scored()
    for menu in (explorer._method, explorer._splits):
        assert menu.options[-1] == "new"
        menu.value = "new"
        all_scored(explorer, ticker)
    assert explorer.panel.header["convention"].startswith("the nearest stimulus; every third of 3; ")
    scores = hw.mapping.predictivity(activations(), recordings(), "new", "new")
    table = explorer.panel._table
    np.testing.assert_allclose(table.value[0], [scores["noise"].value, scores["right"].value])
    explorer.choose("V4", "right", "V4-0001")
    ticker.round()
    assert explorer.panel.header["n_images"] == 48


def test_the_lines_of_code_of_new_entries_give_the_number_that_is_shown(scored, ticker, capsys):
    explorer = scored(method="new", splits="new", correction="new")
    exec(explorer.code, {"activations": activations(), "recordings": recordings()})
    assert 'method="new", splits="new"' in explorer.code
    shown = 100 * explorer.panel._table.value[0, -1] / explorer.panel._table.reliability[0]
    assert float(capsys.readouterr().out.splitlines()[-1]) == pytest.approx(shown)


def test_a_new_correction_is_in_the_menu_and_on_the_axis(scored, ticker):
    explorer = scored()
    assert "new" in explorer._correction.options
    explorer._correction.value = "new"
    all_scored(explorer, ticker)
    header = explorer.panel.header
    assert (header["measure"].startswith("new (%)"), header["percent"]) == (True, True)
    assert "percent of c" in header["convention"]


def test_a_new_correction_reaches_live_scores_and_the_layer_area_matrix(page, clock, ticker):
    live = ScoreTable(
        step=1,
        model_areas=("V1",),
        brain_areas=("V4",),
        value=np.array([[0.4]]),
        error=np.array([[0.02]]),
        untrained=np.array([[0.1]]),
        ceiling=np.array([0.8]),
        reliability=np.array([0.64]),
        n_reliability=np.array([100]),
        pixels=np.array([0.2]),
        n_stimuli=100,
        convention="r",
        simulated=(False,),
        source="",
    )
    assert in_measure(live, "new").value[0, 0] == pytest.approx(0.4 / 0.64)
    matrix = LayerAreaMatrix(activations(), recordings(), method="new", splits="new", clock=clock, ticker=ticker)
    all_scored(matrix, ticker)
    names, *rows = matrix.panel.header["numbers"]
    place = names.index("noise ceiling")
    assert names[place + 1 : place + 4] == ["r2/c", "(r/c)2", "new"]
    assert "the nearest stimulus; every third of 3" in rows[0][names.index("convention")]
    match = hw.mapping.layer_area_match(activations(), recordings(), method="new", splits="new")
    found = [row[names.index("new")] for row in rows]
    np.testing.assert_allclose(found, 100 * match.reporting[0] / match.reliability[0], rtol=1e-5)


def test_a_new_distance_is_in_the_menu_and_stands_beneath_the_colours(compared):
    assert compared._distance.options[-1] == "new"
    compared._distance.value = "new"
    settle(compared)
    header = compared.panel.header
    assert (header["distance"], header["brain_distance"]) == ("city block / n", "city block / n")
    assert header["convention"].startswith("model: city block distance / n_channels; ")
    assert header["brains"][0]["no_ceiling"] == "noise lifts this distance"
    mean = BRAIN.responses.mean(axis=0)
    expected = hw.mapping.compare(pdist(PATTERNS, "cityblock"), pdist(mean, "cityblock"))
    assert read_rdms(header, compared.panel.values).value == pytest.approx(expected)


def test_a_new_comparison_is_in_the_menu_and_says_that_it_has_no_ceiling(compared):
    assert compared._method.options[-1] == ("agreement of halves", "new")
    compared._method.value = "new"
    settle(compared)
    header = compared.panel.header
    assert header["method_words"] == "agreement of halves"
    assert "; agreement of halves" in header["convention"]
    assert header["brains"][0]["no_ceiling"] == "no pool of subjects for this comparison"
    mean = 1 - np.corrcoef(BRAIN.responses.mean(axis=0))
    model = 1 - np.corrcoef(PATTERNS)
    pairs = np.triu_indices(12, 1)
    assert read_rdms(header, compared.panel.values).value == pytest.approx(halves_agree(model[pairs], mean[pairs]))


@pytest.mark.parametrize("distance", ["new", "euclidean"])
@pytest.mark.parametrize("method", ["new", "spearman"])
def test_the_lines_of_code_of_a_new_distance_and_comparison_run(compared, distance, method, capsys):
    compared._distance.value, compared._method.value = distance, method
    settle(compared)
    brain = hw.mapping.rdm(BRAIN, distance).matrix
    exec(compared.code, {"patterns": PATTERNS, "brain_rdms": [brain, brain]})
    printed = float(capsys.readouterr().out.split()[0])
    assert printed == pytest.approx(read_rdms(compared.panel.header, compared.panel.values).value.item(), rel=1e-6)


def test_an_entry_that_brings_its_own_lines_shows_them(compared, monkeypatch):
    entry = hw.mapping.Distance(
        city_block, "city block", "city", code='model_rdm = squareform(pdist(patterns, "cityblock"))'
    )
    monkeypatch.setitem(hw.mapping.DISTANCES, "new", entry)
    compared._distance.value = "new"
    settle(compared)
    assert entry.code in compared.code
    assert "import hcnn_widgets" not in compared.code
    given = {"patterns": PATTERNS, "brain_rdms": [squareform(city_block(BRAIN.responses))] * 2}
    exec(compared.code, given)
    np.testing.assert_allclose(given["model_rdm"], squareform(pdist(PATTERNS, "cityblock")))
