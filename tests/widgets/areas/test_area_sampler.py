"""AreaSampler: dots of drawn and recorded sites, the images of the chosen one, the claim, and what goes wrong."""

from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

import hcnn_widgets as hw
from hcnn_widgets.activations.gradient_ascent import PreferredImage

RNG = np.random.default_rng(0)
N, N_RECORDED = 40, 8
STIMULI = hw.StimulusSet(RNG.random((N, 8, 8, 1), np.float32), labels=np.array(["cat", "car"] * (N // 2)))
IDS = STIMULI.stimulus_ids
UNITS = np.maximum(RNG.normal(0.5, 1.0, (N, 30)), 0)
MODEL = hw.ActivationSet({"V1": RNG.random((N, 20)), "V4": UNITS}, IDS)
TRIALS = RNG.poisson(RNG.gamma(2.0, 2.0, (N, N_RECORDED)), (4, N, N_RECORDED))
BRAIN = hw.RecordingSet(TRIALS, IDS, "V4", labels=STIMULI.labels, stimuli=STIMULI, source="a laboratory")


def settle(panel: Any, clock: Any, ticker: Any) -> dict[str, Any]:
    """Let work that is under way end, and give the scene as it is then."""
    drawing = panel.panel
    for _ in range(3):
        clock.now += 1
        ticker.round()
        for job in (drawing._drawing, drawing._testing, drawing._ascending):
            assert job.wait(30)
    drawing.show_now()
    header: dict[str, Any] = drawing.header
    return header


def group(header: dict[str, Any], key: str) -> list[dict[str, Any]]:
    marks: list[dict[str, Any]] = next(mark["marks"] for mark in header["marks"] if mark["key"] == key)
    return marks


def words(header: dict[str, Any], key: str) -> str:
    return " ".join(mark["words"] for mark in group(header, key) if mark["kind"] == "text")


@pytest.fixture(autouse=True)
def pixels_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """Filtering images has its own tests."""
    monkeypatch.setattr("hcnn_widgets.widgets.areas.area_source.CONTROLS", ("pixels",))


@pytest.fixture
def sampler(page: Any, clock: Any, ticker: Any) -> Any:
    return hw.widgets.AreaSampler(MODEL, BRAIN, n_sites=12, clock=clock, ticker=ticker)


def test_drawn_dots_stand_above_the_line_and_recorded_ones_hang_below_it(sampler: Any, clock: Any, ticker: Any) -> None:
    header = settle(sampler, clock, ticker)
    drawn = hw.mapping.sample_area(MODEL, BRAIN, 12)
    expected = hw.mapping.TUNING["sparseness"](drawn)
    marks = group(header, "strip-sparseness")
    line = next(mark["y1"] for mark in marks if mark["key"] == "line")
    dots = {int(mark["key"][4:]): mark for mark in marks if mark["key"].startswith("dot-")}
    assert sorted(dots) == list(range(12 + N_RECORDED))
    assert all((dots[site]["y"] < line) == (site < 12) for site in dots)
    x = [dots[site]["x"] for site in range(12)]
    assert np.corrcoef(x, expected)[0, 1] > 0.99
    assert {mark["fill"] for mark in dots.values()} == {"depth-1-2", "series-4"}


def test_a_site_is_ringed_in_every_strip_and_says_its_numbers(sampler: Any, clock: Any, ticker: Any) -> None:
    header = settle(sampler, clock, ticker)
    place = header["places"][3]
    assert len(place["marks"]) == 3
    assert "sparseness" in place["sentence"]
    assert place["title"].startswith("Unit ")
    assert header["places"][12]["title"] == "Recorded site 0 of V4"


def test_enter_shows_the_images_that_drive_a_site_most(page: Any, sampler: Any, clock: Any, ticker: Any) -> None:
    settle(sampler, clock, ticker)
    page.say(sampler.panel, kind="press", place=12 + 5, key="Enter")
    header = settle(sampler, clock, ticker)
    assert header["rest"] == 17
    assert "Drives recorded site 5 of V4" in words(header, "images")
    best = np.argsort(-BRAIN.mean_over_trials()[:, 5], kind="stable")[:6]
    shown = np.frombuffer(sampler.panel.values, np.uint8)[: 6 * 64].reshape(6, 8, 8)
    np.testing.assert_array_equal(shown, np.rint(255 * STIMULI.images[best, ..., 0]))
    assert "recorded: no gradient to climb" in words(header, "images")


def test_d_draws_other_units_and_the_slider_more(page: Any, sampler: Any, clock: Any, ticker: Any) -> None:
    before = settle(sampler, clock, ticker)["places"][0]["title"]
    page.say(sampler.panel, kind="press", place=0, key="d")
    assert settle(sampler, clock, ticker)["places"][0]["title"] != before
    page.change(sampler._units, value=20)
    header = settle(sampler, clock, ticker)
    assert header["title"] == "20 units of model V4, beside recorded V4"
    page.change(sampler._area, index=0)
    assert "of model V1" in settle(sampler, clock, ticker)["title"]


def test_t_tests_the_claim_and_the_dots_are_those_of_the_table(
    page: Any, sampler: Any, clock: Any, ticker: Any
) -> None:
    header = settle(sampler, clock, ticker)
    assert "Not tested yet" in words(header, "claim")
    page.say(sampler.panel, kind="press", place=0, key="t")
    header = settle(sampler, clock, ticker)
    tested = hw.mapping.generative_test(MODEL, BRAIN, controls=("pixels",))
    assert tested.stand_ins == ("recorded sites", "model V4", "pixels")
    rows = [row for row in header["numbers"] if str(row[0]).startswith("new sites from")]
    np.testing.assert_allclose([row[-3] for row in rows], [median.value for median in tested.medians], atol=1e-9)
    assert tested.serves(1)[1:] in header["said"]
    assert all(mark.get("fill") for mark in group(header, "claim") if mark["kind"] == "text")
    dots = [mark for mark in group(header, "claim") if mark["key"].startswith("claim-") and mark["kind"] == "rect"]
    assert [mark.get("fill") for mark in dots] == ["series-4", "depth-1-2", "series-5"]


def test_a_test_is_given_up_where_that_is_asked_for(sampler: Any, clock: Any, ticker: Any, page: Any) -> None:
    settle(sampler, clock, ticker)
    told = sampler.panel._telling(lambda done, total: None)
    assert told(1, 20)
    page.click(sampler._stop)
    assert not told(2, 20)


def test_simulated_recordings_say_so_and_activations_that_lack_stimuli_are_told_in_the_panel(
    page: Any, clock: Any, ticker: Any
) -> None:
    simulated = hw.RecordingSet(TRIALS, IDS, "V4", simulated=True)
    panel = hw.widgets.AreaSampler(MODEL, simulated, n_sites=10, clock=clock, ticker=ticker)
    header = settle(panel, clock, ticker)
    assert header["title"].endswith("beside recorded V4 (simulated)")
    assert "Category selectivity is not known" in str(header["marks"][-1])
    part = hw.widgets.AreaSampler(MODEL.select(IDS[:30]), BRAIN, n_sites=10, clock=clock, ticker=ticker)
    clock.now += 1
    ticker.round()
    part.panel._drawing.wait(10)
    clock.now += 1
    ticker.round()
    assert "lacks 10 of 40 ids" in part.panel.message


def test_where_there_are_fewer_units_all_of_them_are_drawn(page: Any, clock: Any, ticker: Any) -> None:
    panel = hw.widgets.AreaSampler(MODEL, BRAIN, n_sites=80, area="V1", clock=clock, ticker=ticker)
    assert settle(panel, clock, ticker)["title"] == "20 units of model V1, beside recorded V4"


class Network:
    """A model by hand: its units are the first pixels, and an ascent makes them white."""

    areas, taps, pixels, name, network, run = ("V4",), {"V4": "V4"}, None, "by hand", object(), None

    def recorder(self, stimuli: hw.StimulusSet, units: int | None = None) -> Any:
        made = hw.ActivationSet({"V4": stimuli.images.reshape(len(stimuli), -1)[:, :20]}, stimuli.stimulus_ids)

        class Recorder:
            def __init__(self) -> None:
                self.units = {"V4": np.arange(20)}

            def __call__(self) -> hw.ActivationSet:
                return made

        return Recorder()

    def record(self, stimuli: hw.StimulusSet, units: int | None = None) -> hw.ActivationSet:
        found: hw.ActivationSet = self.recorder(stimuli)()
        return found

    def untrained(self) -> "Network":
        return self


def test_a_network_gets_an_image_by_ascent_for_the_unit_that_was_drawn(
    monkeypatch: pytest.MonkeyPatch, page: Any, clock: Any, ticker: Any
) -> None:
    from hcnn_widgets.widgets.areas import area_source

    asked: list[int] = []

    def ascend(unit: int, start: Any = None) -> PreferredImage:
        asked.append(unit)
        return PreferredImage(np.ones((8, 8, 1), np.float32), np.array([0.1, 0.9], np.float32))

    monkeypatch.setattr(area_source, "prepared_ascent", lambda *_: ascend)
    monkeypatch.setattr(area_source, "images_for", lambda model, stimuli: stimuli)
    model = Network()
    panel = hw.widgets.AreaSampler(model, BRAIN, n_sites=10, clock=clock, ticker=ticker)
    header = settle(panel, clock, ticker)
    assert "made by gradient ascent" in words(header, "images")
    assert asked == [int(header["places"][0]["title"].split()[1])]
    panel.panel.test()
    header = settle(panel, clock, ticker)
    assert "untrained V4" in words(header, "claim")
    panel.close()
    assert panel.panel.source._model._held is None


def test_the_still_picture_is_drawn_and_the_code_compiles(sampler: Any, clock: Any, ticker: Any) -> None:
    settle(sampler, clock, ticker)
    assert sampler.panel.picture().startswith(b"\x89PNG")
    compile(sampler.code, "code", "exec")
    assert "sample_area(activations, recordings, 12, area='V4', seed=0)" in sampler.code


@pytest.mark.parametrize("width", [280, 400, 640, 1280])
def test_nothing_stands_outside_the_scene_and_all_words_have_a_colour(
    sampler: Any, clock: Any, ticker: Any, width: int
) -> None:
    settle(sampler, clock, ticker)
    scene = sampler.panel.scene(width).plain()

    def flat(marks: list[dict[str, Any]]) -> list[dict[str, Any]]:
        return [one for mark in marks for one in (flat(mark["marks"]) if mark["kind"] == "group" else [mark])]

    assert all(mark.get("fill") for mark in flat(scene["marks"]) if mark["kind"] == "text")
    for mark in flat(scene["marks"]):
        if mark["kind"] in ("rect", "pixels"):
            assert -0.5 <= mark["x"] <= mark["x"] + mark["width"] <= width + 0.5, mark["key"]
            assert -0.5 <= mark["y"] <= mark["y"] + mark["height"] <= scene["height"], mark["key"]


@pytest.mark.parametrize(
    ("source", "recordings", "options", "kind", "message"),
    [
        (None, BRAIN, {}, TypeError, "`source` has no areas to draw from.*received NoneType"),
        (MODEL, [BRAIN], {}, TypeError, "`recordings` is of another kind.*of one brain area"),
        (MODEL, BRAIN, {"area": "IT"}, ValueError, "`area='IT'` is no model area"),
        (MODEL, BRAIN, {"n_sites": 0}, ValueError, "`n_sites` is no count"),
        (MODEL, BRAIN, {"clok": 1}, TypeError, "clock"),
        ({"V4": UNITS}, BRAIN, {}, ValueError, "`stimulus_ids` are needed"),
    ],
)
def test_what_cannot_be_shown_is_refused(source, recordings, options, kind, message) -> None:
    with pytest.raises(kind, match=message):
        hw.widgets.AreaSampler(source, recordings, **options)


def test_a_network_that_is_not_built_or_images_that_are_not_there_are_refused() -> None:
    empty = SimpleNamespace(recorder=None, untrained=None, network=None, name="empty")
    with pytest.raises(ValueError, match=r"has no network yet.*'empty'"):
        hw.widgets.AreaSampler(empty, BRAIN)
    blind = hw.RecordingSet(TRIALS, IDS, "V4")
    with pytest.raises(ValueError, match="cannot be shown to a model"):
        hw.widgets.AreaSampler(Network(), blind)


def test_the_panel_fills_a_wall_and_small_print_goes_before_strips_are_squeezed(
    sampler: Any, clock: Any, ticker: Any
) -> None:
    settle(sampler, clock, ticker)
    page, wall, low = (sampler.panel.scene(960, height).plain() for height in (None, 900, 430))

    def spread(scene: dict[str, Any]) -> float:
        return max(mark["y1"] for mark in group(scene, "strip-reliability") if mark["key"] == "line")

    def side(scene: dict[str, Any]) -> float:
        return float(next(mark["width"] for mark in group(scene, "images") if mark["kind"] == "pixels"))

    assert wall["height"] == pytest.approx(900)
    assert spread(wall) > 1.2 * spread(page)
    assert side(low) < side(page) == side(wall)  # four beside one another fill the width
    assert low["height"] <= 430
    for scene in (page, wall, low):  # letters reach below the line that they stand on
        assert all(mark["y"] + 4 <= scene["height"] for mark in scene["marks"] if mark["kind"] == "text")
    assert spread(low) < spread(page)
    assert group(wall, "caption")
    assert group(low, "caption") == []
