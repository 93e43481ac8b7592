"""Panel that draws units of a model area and holds them against recorded sites."""

from typing import Any

import ipywidgets
import numpy as np
import traitlets

from hcnn_widgets.activations.preferred_image import PreferredImage
from hcnn_widgets.mapping.recordings.recording_set import RecordingSet
from hcnn_widgets.mapping.sampled.generative_table import GenerativeTest
from hcnn_widgets.records.checks import check_count, check_kind, check_seed, known_name
from hcnn_widgets.widgets.panel.frame import Frame
from hcnn_widgets.widgets.panel.image_sheet import SIDE
from hcnn_widgets.widgets.panel.known_options import check_options
from hcnn_widgets.widgets.panel.latest_job import LatestJob
from hcnn_widgets.widgets.panel.panel_box import PanelBox
from hcnn_widgets.widgets.panel.slider import Slider
from hcnn_widgets.widgets.panel.words import duration, in_words, shows_errors
from hcnn_widgets.widgets.scene.captions import CaptionRoom
from hcnn_widgets.widgets.scene.scene import Scene
from hcnn_widgets.widgets.scene.scene_panel import ScenePanel
from hcnn_widgets.widgets.scene.word_room import font_size

from .area_source import AreaSource, Drawn
from .sampler_layout import N_IMAGES
from .sampler_scene import DRAW, TEST, sampler_scene
from .sampler_shown import NOT_TESTED, ShownSites, shown_sentence

CODE = """activations = model.record(recordings.stimuli, units=4096)
drawn = hw.mapping.sample_area(activations, recordings, {n}, area={area!r}, seed={seed})
print(hw.mapping.tuning_comparison(drawn, recordings))
untrained = model.untrained().record(recordings.stimuli, units=4096)
controls = {controls!r}
print(hw.mapping.generative_test(activations, recordings, untrained=untrained, area={area!r}, controls=controls))"""
LEAST_UNITS, MOST_UNITS = 10, 200


class AreaSamplerDrawing(ScenePanel):
    """Drawing of AreaSampler."""

    title = traitlets.Unicode("Units of a model area").tag(sync=True)

    area = traitlets.Unicode()
    """The model area that is drawn from: "V4" """

    n_sites = traitlets.Int(50)
    """How many units are drawn: 50"""

    draw = traitlets.Int(0)
    """Number of the draw, its seed: 0"""

    def __init__(self, source: AreaSource, area: str, n_sites: int, seed: int, **traits: Any) -> None:
        self.source, self.chosen = source, 0
        self._drawing, self._testing, self._ascending = LatestJob(), LatestJob(), LatestJob()
        self._kept: Drawn | None = None
        self._claim: tuple[str, GenerativeTest | None] | None = None
        self._asked_claim: tuple[str, int] | None = None
        self._stopped = False
        self._told: Any = None
        self._captions = CaptionRoom()
        super().__init__(area=area, n_sites=n_sites, draw=seed, **traits)
        self.observe(self._other_sites, ("area", "n_sites", "draw"))

    def source_over(self) -> bool:
        """Return whether nothing is being worked out."""
        return not (self._drawing.busy or self._testing.busy or self._ascending.busy)

    def training_goes_on(self) -> bool:
        """Return False: units are drawn with the weights of the moment."""
        return False

    def make_frame(self) -> Frame:
        """Return the drawn sites as they are known by now; what is missing is asked for."""
        over = self.source_over()
        self._look()
        if self._kept is None:
            error = self._error
            return Frame(message=error or "Drawing units…", wrong=bool(error), final=over and bool(error))
        shown = self._what_is_shown()
        return self.frame_of_scene(self.scene, self._progress(), over and self.source_over(), of=shown)

    def scene(self, width: int) -> Scene:
        """Describe what is shown for a width in pixels."""
        shown = self._sites
        claim = [] if shown.claim is None else [f"r: {shown.claim.convention}; intervals over sites"]
        notes = [
            "Dots: sites, drawn above the line, recorded below it. Bars: medians, 95 % intervals over sites. A drawn "
            "unit has the mean rate of a recorded site, and noise that follows the mean as it does there",
            *(f"{note[0].upper()}{note[1:]}" for note in shown.drawn.comparison.notes),
            *claim,
            shown.drawn.comparison.source,
        ]
        return sampler_scene(shown, width, self._captions.lines(notes, width, font_size(width)))

    def pressed(self, place: int, key: str) -> None:
        """Choose a site, draw anew, or test the claim."""
        if key == DRAW:
            self.draw += 1
        elif key == TEST:
            self.test()
        else:
            self.chosen = place

    def test(self) -> None:
        """Begin to test the claim on the area."""
        area, seed = self.area, (0 if self._asked_claim is None else self._asked_claim[1] + 1)
        self._asked_claim, self._stopped, self._claim = (area, seed), False, None
        self._testing.ask((area, seed), lambda tell: self.source.test(area, 0, self._telling(tell)))
        self.renew()

    def stop(self) -> None:
        """Give up the test under way."""
        self._stopped = True
        self.renew()

    def sentence(self) -> str:
        """Return what is seen."""
        return shown_sentence(self._sites) if self._told is not None else self.message or "Units of a model area."

    def close(self) -> None:
        """Take the panel off the page, end what is under way, and hold the model no more."""
        self._stopped = True
        if hasattr(self, "source"):
            self.source.close()
        super().close()

    @property
    def _sites(self) -> ShownSites:
        shown: ShownSites = self._told[1]
        return shown

    def _other_sites(self, change: Any) -> None:
        if change["name"] == "area":
            self._claim, self._asked_claim, self._stopped = None, None, True
        self.chosen = 0
        self.renew()

    def _telling(self, tell: Any) -> Any:
        def told(done: int, total: int) -> bool:
            tell(done, total)
            return not self._stopped

        return told

    def _look(self) -> None:
        """Ask for what is to be shown, and take what has come."""
        self._error = ""
        asked = self.area, self.n_sites, self.draw, self.source.step
        self._drawing.ask(asked, lambda _tell: self.source.draw(*asked[:3]))
        try:
            self._kept = self._drawing.answer(asked) or self._kept
            if self._asked_claim is not None and self._claim is None:
                found = self._testing.answer(self._asked_claim)
                self._claim = None if found is None else (self.area, found)
        except Exception as error:  # whatever went wrong is read in the panel
            self._error = in_words(error)
            self.note(self._error)

    def _what_is_shown(self) -> ShownSites:
        assert self._kept is not None
        drawn, recordings = self._kept, self.source.recordings
        chosen = min(self.chosen, drawn.sites.n_sites + recordings.n_sites - 1)
        preferred, ascent = self._ascent(drawn, chosen)
        claim = self._claim[1] if self._claim is not None else None
        known = drawn, chosen, preferred, ascent, claim, self._untested()
        if self._told is None or self._told[0] != known:
            areas = self.source.areas
            depth = areas.index(drawn.sites.area), len(areas)
            pictures = self._pictures(drawn, chosen)
            self._told = known, ShownSites(drawn, depth, chosen, pictures, preferred, ascent, claim, known[-1])
        return self._sites

    def _ascent(self, drawn: Drawn, chosen: int) -> tuple[PreferredImage | None, str]:
        """Return the chosen unit's preferred image, as soon as it has been made; or what is to be said instead."""
        if chosen >= drawn.sites.n_sites:
            return None, "recorded: no gradient to climb"
        if not self.source.has_network:
            return None, "activations: no gradient to climb"
        area, unit = drawn.sites.area, drawn.units[chosen]
        best = self.source.best_images(self._means(drawn, chosen), 1)[0]
        key = area, unit, drawn.step
        self._ascending.ask(key, lambda _tell: self.source.ascend(area, unit, best))
        try:
            found = self._ascending.answer(key)
        except Exception as error:  # a network without gradients says so beside its images
            return None, in_words(error)
        return found, "" if found is not None else "gradient ascent…"

    def _means(self, drawn: Drawn, site: int) -> Any:
        recordings = self.source.recordings
        of_drawn = site < drawn.sites.n_sites
        sites, column = (drawn.sites, site) if of_drawn else (recordings, site - drawn.sites.n_sites)
        return sites.mean_over_trials()[:, column]

    def _pictures(self, drawn: Drawn, chosen: int) -> tuple[Any, ...]:
        stimuli = self.source.recordings.stimuli
        if stimuli is None:
            return ()
        best = stimuli.select(self.source.best_images(self._means(drawn, chosen), N_IMAGES))
        height, width, n_channels = best.image_shape
        share = min(1.0, SIDE / max(height, width))
        small = best.adapted_to((max(1, int(height * share)), max(1, int(width * share)), n_channels)).images
        pictures = np.rint(255 * small).astype(np.uint8)
        return tuple(picture[..., 0] if n_channels == 1 else picture for picture in pictures)

    def _untested(self) -> str:
        if self._testing.busy:
            return "Testing…"
        return "Stopped before its end." if self._stopped and self._asked_claim is not None else NOT_TESTED

    def _progress(self) -> str:
        if not self._testing.busy:
            return "Drawing units…" if self._drawing.busy else ""
        done, total = self._testing.progress
        left = f", {duration(self._testing.seconds / done * (total - done))} left" if done else ""
        return f"testing the claim: split {min(done + 1, total)} of {total}{left}…" if total else "testing the claim…"


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
        from .area_source import CONTROLS

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
