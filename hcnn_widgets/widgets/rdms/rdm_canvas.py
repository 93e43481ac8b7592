"""Drawing of RdmExplorer, which has scores of the measured RDMs computed in a thread."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import traitlets

from hcnn_widgets.mapping.live.rdm_moment import RdmMoment
from hcnn_widgets.mapping.similarity.comparison.comparisons import COMPARISONS
from hcnn_widgets.widgets.panel.frame import Frame
from hcnn_widgets.widgets.panel.image_sheet import HasImageSheet
from hcnn_widgets.widgets.panel.latest_job import LatestJob
from hcnn_widgets.widgets.panel.live_panel import LivePanel
from hcnn_widgets.widgets.panel.page_message import hears
from hcnn_widgets.widgets.panel.watching import Watches
from hcnn_widgets.widgets.panel.words import duration, in_words

from .rdm_choices import RdmChoices, brain_choices
from .rdm_frame import RdmPair, ScoreBars, convention, rdm_frame
from .rdm_numbers import area_title, best_sentence, read_rdms
from .rdm_order import ORDERS
from .rdm_part import bars_of_part
from .rdm_track import RdmTrack, Shown

NOTHING = "No model and no RDMs of the brain chosen yet: there is nothing to compare."
SIDE = 96
"""Pixels along the longer side of a stimulus image, which is shown large."""


@dataclass(frozen=True, eq=False)
class _Scored:
    """Scores known so far, whether more are pending, and words on progress and error."""

    bars: ScoreBars
    pending: bool = False
    words: str = ""
    error: str = ""


class RdmCanvas(HasImageSheet, Watches, LivePanel, page="RdmExplorer"):
    """RDMs of a model area and a brain area, and score bars of all areas: twin of rdm_explorer.ts.

    Parameters
    ----------
    track : RdmTrack, optional
        RDMs of the model, joined to those of the brain.
    choices : RdmChoices
    asked : callable
        Called with each choice made in the page: {"area": "IT"}, {"only": "human face"}, {"place": 340}.
    **traits
        Any trait of an ipywidgets.DOMWidget, and LivePanel's ``clock`` and ``ticker``.
    """

    pair: RdmPair | None
    """RDMs of the two matrices shown, or None."""

    pinned = traitlets.Tuple(None, allow_none=True)
    """Ids of the pinned pair of images: ("cat-1", "car-1"), or None"""

    def __init__(
        self,
        track: RdmTrack | None = None,
        choices: RdmChoices | None = None,
        asked: Callable[[dict[str, Any]], object] = lambda _changes: None,
        **traits: Any,
    ) -> None:
        self._track, self.choices, self._asked_for = track, choices or RdmChoices(), asked
        self._job = LatestJob()
        self._last: tuple[Any, Frame] | None = None
        self._part: tuple[Any, ScoreBars] | None = None
        self.pair: RdmPair | None = None
        super().__init__(**traits)
        self.follow(track, self.choices)

    def follow(self, track: RdmTrack | None, choices: RdmChoices) -> None:
        """Show the RDMs of another track."""
        self._track, self.choices, self._last, self.pair, self.pinned = track, choices, None, None, None
        self._part = None
        self.watch(track.rdms if track is not None else None)
        self.clear()
        if track is not None:
            labels = track.labels
            self.show_images(track.comparison.stimulus_ids, track.stimuli, labels if any(labels) else None, side=SIDE)
        self.start()

    def choose(self, choices: RdmChoices) -> None:
        """Show the same RDMs by other choices."""
        self.choices = choices
        self.want()
        self.start()

    def source_over(self) -> bool:
        """Return whether the last RDMs have been measured."""
        return self._track is None or not self._track.rdms.alive

    def training_goes_on(self) -> bool:
        """Return whether training is under way, with more RDMs to come."""
        return self._track is not None and self._track.training

    def make_frame(self) -> Frame:
        """Return a frame of the chosen RDMs, with the scores known so far."""
        track, choices = self._track, self.choices
        if track is None:
            return self._as_said(final=True) if self.message else Frame(message=NOTHING, final=True)
        over = self.source_over()
        if over:
            track.let_go()
        track.rdms.watched = choices.distance, choices.method
        shown = track.at(choices.place)
        if shown is None:
            return Frame(message=self._why_nothing(track, over), final=over, wrong=bool(track.rdms.error))
        scored = self._scored(track, shown.moment)
        frame = self._drawn(track, shown, scored)
        error = track.rdms.error or scored.error
        message = error or scored.words or self._undefined(shown.moment)
        return replace(frame, message=message, wrong=bool(error), final=over and not scored.pending)

    def _why_nothing(self, track: RdmTrack, over: bool) -> str:
        if track.rdms.error:
            return track.rdms.error
        return "There is no RDM: training failed before the first one." if over else "Recording the first activations…"

    def _undefined(self, moment: RdmMoment) -> str:
        """Return the reason why the chosen area has no RDM; empty where it has an RDM."""
        distance, area = self.choices.distance, self._area(moment)
        if np.isfinite(moment.vectors[distance][moment.areas.index(area)]).all():
            return ""
        return f"{moment.notes[area]}: it has no RDM by {distance} at this moment."

    def _area(self, moment: RdmMoment) -> str:
        """Return the chosen model area, or the first area where the moment lacks it."""
        return self.choices.area if self.choices.area in moment.areas else moment.areas[0]

    # --- scores -------------------------------------------------------------------------------------------------
    def _scored(self, track: RdmTrack, moment: RdmMoment) -> _Scored:
        """Return the scores of a moment; request unknown scores without waiting for them."""
        comparison, rdms, choices = track.comparison, track.rdms, self.choices
        bars = ScoreBars(choices.method, comparison.brains(choices.distance), track.areas)
        known = None if choices.only else self._known(track, moment, bars)
        if known is not None:
            return _Scored(known)
        untrained, distance, method = rdms.untrained, choices.distance, choices.method

        def work(progress: Any) -> ScoreBars | None:
            if choices.only:
                rows = np.flatnonzero(np.array(track.labels) == choices.only)
                return bars_of_part(bars, comparison, rows, (moment, untrained), distance, progress)
            comparison.ceilings(distance, method)
            for measured in (moment, untrained):
                if measured is not None:
                    rdms.compared.of(measured, distance, method, progress)
            return None

        asked = distance, method, choices.only
        key = (moment, untrained, *asked)
        self._job.ask(key, work)
        try:
            answer = self._job.answer(key)
        except Exception as error:  # shown in the place of the bars
            return _Scored(bars, error=in_words(error))
        if answer is not None:
            self._part = asked, answer
            return _Scored(answer)
        # During training the scores of the previous moment stay until those of the new moment are ready.
        before = self._part[1] if self._part is not None and self._part[0] == asked else bars
        return _Scored(before, pending=True, words=self._progress())

    def _known(self, track: RdmTrack, moment: RdmMoment, bars: ScoreBars) -> ScoreBars | None:
        """Return the scores over all images, or None if any of them is still to be computed."""
        rdms, comparison = track.rdms, track.comparison
        distance, method, untrained = self.choices.distance, self.choices.method, rdms.untrained
        trained = rdms.compared.known(moment, distance, method)
        before = None if untrained is None else rdms.compared.known(untrained, distance, method)
        if trained is None or not comparison.knows(distance, method) or (untrained is not None and before is None):
            return None
        references = comparison.reference_scores(distance, method)
        ceilings = comparison.ceilings(distance, method)
        return replace(bars, trained=trained, untrained=before, references=references, ceilings=ceilings)

    def _progress(self) -> str:
        """Return words on the progress of a comparison; empty within its first second."""
        seconds, (done, total) = self._job.seconds, self._job.progress
        if seconds < 1:
            return ""
        left = f", {duration(seconds / done * (total - done))} left" if done else ""
        return f"Comparing RDMs: {done} of {total} done{left}…" if total else "Working out the noise ceiling…"

    # --- the frame ----------------------------------------------------------------------------------------------
    def _drawn(self, track: RdmTrack, shown: Shown, scored: _Scored) -> Frame:
        """Return the frame of a moment; the previous frame if nothing has changed."""
        key = (shown.moment, shown.words, self.choices, scored.bars.trained, scored.bars.untrained, track.has_past)
        if self._last is None or self._last[0] != key:
            self._last = key, self._make(track, shown, scored.bars)
        return self._last[1]

    def _make(self, track: RdmTrack, shown: Shown, bars: ScoreBars) -> Frame:
        choices, moment = self.choices, shown.moment
        area = self._area(moment)
        row, subject = choices.brain
        brain = bars.brains[row]
        brain_rdm = brain.mean if subject is None else brain.subjects[subject]
        vector = moment.vectors[choices.distance][moment.areas.index(area)]
        labels = self.sheet_header["labels"] or [""] * self.sheet_header["n"]
        rows = ORDERS[choices.order](labels, brain_rdm.vector, vector)
        if choices.only:
            rows = np.array([place for place in rows if labels[place] == choices.only], dtype=np.intp)
        name = next(words for words, which in brain_choices(bars.brains) if which == choices.brain)
        distances = choices.distance, brain_rdm.distance
        self.pair = pair = RdmPair(area, name, vector, brain_rdm.vector, *distances, brain.simulated)
        alone = f", {choices.only} alone" if choices.only else ""
        told = {
            "method_words": f"{COMPARISONS[choices.method].words}{alone}",
            "reference_words": self._reference_words(track, bars),
            "step": moment.step,
            "moment": shown.words,
            "stop": track.stop(shown),
            "stops": track.stops,
            "past": track.has_past,
            "of_model": track.of_model,
            "order": choices.order,
            "only": choices.only,
            "n_stimuli": len(labels),
            "convention": convention(
                choices.distance,
                choices.method,
                f"{len(rows)} of {len(labels)} images: {choices.only}" if choices.only else f"{len(labels)} images",
                track.rdms.convention,
                bars,
                track.inferred,
                track.of_model,
            ),
            "source": "; ".join(dict.fromkeys(rdms.source for rdms in bars.brains if rdms.source)),
        }
        return rdm_frame(pair, bars, rows, labels, choices.scale, told)

    def _reference_words(self, track: RdmTrack, bars: ScoreBars) -> list[str]:
        """Return the convention of each reference model, and its source unless the caption has it; "" for neither."""
        names = () if bars.references is None else bars.references.names
        rdms = [track.comparison.references[name] for name in names]
        said = {brain.source for brain in bars.brains}
        sources = ["" if rdm.source in said else rdm.source for rdm in rdms]
        return ["; ".join(filter(None, [rdm.convention, source])) for rdm, source in zip(rdms, sources, strict=True)]

    # --- the page -----------------------------------------------------------------------------------------------
    @hears("pin", pair=list[int])
    def pin(self, pair: list[int]) -> None:
        """Pin a pair of images; any other list unpins it."""
        ids = self.sheet_header.get("ids", [])
        inside = len(pair) == 2 and all(0 <= place < len(ids) for place in pair)
        self.pinned = tuple(ids[place] for place in pair) if inside else None

    @hears("zoom", group=str)
    def show_only(self, group: str) -> None:
        """Request the images of a category alone; "" for all images."""
        self._asked_for({"only": group})

    @hears("area", area=str)
    def show_area(self, area: str) -> None:
        """Request another model area."""
        self._asked_for({"area": area})

    @hears("stop", stop=int)
    def go_to(self, stop: int) -> None:
        """Request the RDMs measured at a stop of the slider."""
        if self._track is not None:
            self._asked_for({"place": self._track.place(stop)})

    @hears("walk", way=str)
    def walk(self, way: str) -> None:
        """Request the previous, next, first or last RDMs measured."""
        if self._track is not None:
            self._asked_for({"place": self._track.walked(self.choices.place, way)})

    def close(self) -> None:
        """Take the RDMs off the page; they are measured no further unless another panel shows them."""
        self.watch(None)
        if getattr(self, "_track", None) is not None:
            self._track.let_go()  # type: ignore[union-attr]
        super().close()

    def picture(self) -> bytes:
        """Draw matrices and bars as a PNG."""
        from .rdm_picture import rdm_picture

        return rdm_picture(self.header, self.values) if self.header else b""

    def sentence(self) -> str:
        """Return sentences on the RDMs shown and on the model area most like each brain area."""
        if not self.header:
            return self.message or "RDMs."
        moment = f" at {self.header['moment']}" if self.header["moment"].startswith("step") else ""
        scores = best_sentence(self.header, read_rdms(self.header, self.values).value)
        title = area_title(self.header, self.header["area"], "model area")
        return f"RDMs of {title}{moment} and of {self.header['brain']}. {scores}"
