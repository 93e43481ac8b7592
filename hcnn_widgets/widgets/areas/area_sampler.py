"""Panel that draws units of a model area and holds them against recorded sites."""

from typing import Any

import ipywidgets
import traitlets

from hcnn_widgets.mapping.recordings.recording_set import RecordingSet
from hcnn_widgets.records.checks import check_count, check_kind, check_seed, known_name
from hcnn_widgets.widgets.panel.known_options import check_options
from hcnn_widgets.widgets.panel.panel_box import PanelBox
from hcnn_widgets.widgets.panel.slider import Slider
from hcnn_widgets.widgets.panel.words import shows_errors

from .area_source import CONTROLS, AreaSource
from .sampler_drawing import AreaSamplerDrawing

CODE = """activations = model.record(recordings.stimuli, units=4096)
drawn = hw.mapping.sample_area(activations, recordings, {n}, area={area!r}, seed={seed})
print(hw.mapping.tuning_comparison(drawn, recordings))
untrained = model.untrained().record(recordings.stimuli, units=4096)
controls = {controls!r}
print(hw.mapping.generative_test(activations, recordings, untrained=untrained, area={area!r}, controls=controls))"""
LEAST_UNITS, MOST_UNITS = 10, 200


class AreaSampler(PanelBox):
    """Units drawn from a model area, as an experimenter draws electrodes, beside the sites of a recording.

    Each strip is a statistic of tuning: dots above its line are drawn units, dots below it recorded sites; bars are
    medians with 95 % intervals over sites. A unit that is pointed at is ringed in all strips; Enter or a click shows
    the images that drive it most, and an image that gradient ascent has made for it. T, or the button, tests the claim
    that the area stands in for the brain area: sites are split in halves again and again, and the one half predicted
    from the other, and from as many drawn units, untrained units and controls; dots are medians over sites with 95 %
    intervals. D draws other units.

    Parameters
    ----------
    source : Run, GoalDrivenModel, keras.Model, ActivationSet or mapping of model area to array
        What trains is drawn from with the weights of the moment.
    recordings : RecordingSet
        Of one brain area, with its images where a network is to be shown them.
    area : str, optional
        Model area; by default that which is named as the brain area, or else the last.
    n_sites : int
        Units to draw.
    seed : int
    stimulus_ids : (n_stimuli,) str, optional
        Ids of the rows of a mapping's arrays.
    **options
        ``clock`` and ``ticker`` of the panel within.

    Raises
    ------
    TypeError, ValueError
        If there is no network, no such area, or the recordings have no images to show to it.
    """

    def __init__(
        self,
        source: Any,
        recordings: RecordingSet,
        *,
        area: str | None = None,
        n_sites: int = 50,
        seed: int = 0,
        stimulus_ids: Any | None = None,
        **options: Any,
    ) -> None:
        check_options(options, AreaSampler, AreaSamplerDrawing)
        check_kind("recordings", recordings, RecordingSet, ", of one brain area")
        check_count("n_sites", n_sites)
        check_seed(seed)
        drawn = AreaSource(source, recordings, stimulus_ids)
        usual = recordings.area if recordings.area in drawn.areas else drawn.areas[-1]
        first = known_name("area", usual if area is None else area, drawn.areas, "is no model area")
        panel = AreaSamplerDrawing(drawn, first, n_sites, seed, layout={"min_height": "480px"}, **options)
        self._area = ipywidgets.Dropdown(
            description="Area", options=list(drawn.areas), value=first, tooltip="The model area to draw from"
        )
        self._area.layout.width = "180px"
        most = max(MOST_UNITS, n_sites)
        self._units = Slider(description="Units", min=min(LEAST_UNITS, n_sites), max=most, step=10, value=n_sites)
        self._draw, self._test, self._stop = (
            ipywidgets.Button(description=words, icon=icon, tooltip=tip, layout={"width": "auto"})
            for words, icon, tip in (
                ("Draw anew", "refresh", "Draw other units (D)"),
                (
                    "Test the claim",
                    "balance-scale",
                    "Test whether drawn units predict new sites as recorded ones do (T)",
                ),
                ("Stop", "stop", "Give up the test under way"),
            )
        )
        super().__init__(panel, [self._area, self._units, self._draw, self._test, self._stop])
        traitlets.link((self._area, "value"), (panel, "area"))
        self._units.observe(self._on_units, "value")
        for button, action in ((self._draw, self._on_draw), (self._test, self._on_test), (self._stop, self._on_stop)):
            button.on_click(action)

    @property
    def code(self) -> str:
        """Lines of code that do the same."""
        panel = self.panel
        return CODE.format(n=panel.n_sites, area=panel.area, seed=panel.draw, controls=CONTROLS)

    @shows_errors
    def _on_units(self, change: Any) -> None:
        self.panel.n_sites = int(change["new"])

    @shows_errors
    def _on_draw(self, _button: Any) -> None:
        self.panel.draw += 1

    @shows_errors
    def _on_test(self, _button: Any) -> None:
        self.panel.test()

    @shows_errors
    def _on_stop(self, _button: Any) -> None:
        self.panel.stop()
