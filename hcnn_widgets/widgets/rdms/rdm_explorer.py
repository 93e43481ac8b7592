"""Panel that compares RDMs of model and brain, side by side and by scores."""

from collections.abc import Mapping
from dataclasses import fields, replace
from typing import Any

import ipywidgets

from hcnn_widgets.activations.activation_set import ActivationSet
from hcnn_widgets.mapping.live.given_rdms import GivenRdms
from hcnn_widgets.mapping.similarity.comparison.comparisons import COMPARISONS
from hcnn_widgets.mapping.similarity.rdms.rdm_record import Rdm
from hcnn_widgets.stimuli.stimulus_set import StimulusSet
from hcnn_widgets.widgets.panel.known_options import check_options
from hcnn_widgets.widgets.panel.mirroring import Mirroring
from hcnn_widgets.widgets.panel.panel_box import PanelBox
from hcnn_widgets.widgets.panel.words import shows_errors
from hcnn_widgets.widgets.tau_counter.tau_counter import TauCounter

from .rdm_canvas import RdmCanvas
from .rdm_choices import RdmChoices, brain_choices
from .rdm_code import given_code, rdm_code
from .rdm_frame import SCALES
from .rdm_numbers import area_title
from .rdm_order import ORDERS, orders_of
from .rdm_track import RdmTrack, rdm_track


class RdmExplorer(PanelBox):
    """RDMs of a model area and a brain area side by side, with scores of all areas that follow the training.

    Two matrices show the dissimilarity of each pair of images, dark for alike and bright for unlike. Colour is the
    percentile of a dissimilarity within its matrix, or the dissimilarity itself. Below is a row per model area: bar =
    mean score over subjects, whisker = standard error over subjects, tick = untrained network, band = noise ceiling
    from lower to upper, computed from the subjects or, for recordings, from halves of their trials, line = bound on
    tau_A for any model; grey rows are other models. Point at a cell, or move with the arrow keys, to see its images;
    Enter pins the pair. A click on a category shows the category alone, in matrices and bars.

    Parameters
    ----------
    source : Run, GoalDrivenModel, ActivationSet, Rdm, mapping of str to Rdm or array, or None
        Data of the model. A run is followed live. Square arrays are RDMs, other arrays (n_stimuli, n_units)
        activations, from any framework: only a Run or a GoalDrivenModel needs Keras.
    brain : Kriegeskorte2008, RecordingSet, Rdm, array, or sequence or mapping of these
        Data of the brain: an RDM per subject and area, as for ``hw.mapping.live_rdms``. Arrays have no ids: their rows
        are the rows of `stimuli`, or else of `source`.
    stimuli : StimulusSet, optional
        Images; by default the images that come with `brain`. Without images the panel shows names, with the categories
        of the recordings' labels.
    area : str, optional
        Model area shown first; by default the last area.
    references : mapping of str to Rdm or array, optional
        RDMs of other models, arrays in the order of the brain's stimuli; by default the references that come with
        `brain`.
    untrained : ActivationSet, optional
        Activations of the network before training, where `source` is an ActivationSet.
    stimulus_ids : (n_stimuli,) str, optional
        Ids of the rows of a mapping's arrays; by default the ids of `stimuli`. Rows are matched by position only where
        `brain` is arrays, too.
    **options
        ``clock`` and ``ticker`` of the panel within.

    Raises
    ------
    TypeError, ValueError
        If `source` or `brain` is none of these, their stimuli differ, arrays have no ids, there are more than 1,000
        stimuli, or the model has no such area.
    """

    def __init__(
        self,
        source: Any | None = None,
        brain: Any | None = None,
        stimuli: StimulusSet | None = None,
        *,
        area: str | None = None,
        references: Mapping[str, Any] | None = None,
        untrained: ActivationSet | None = None,
        stimulus_ids: Any | None = None,
        **options: Any,
    ) -> None:
        check_options(options, type(self), RdmCanvas)
        self._track: RdmTrack | None = None
        self._past: list[RdmChoices] = []
        self._mirroring = Mirroring()
        self._make_controls()
        menus = [self._brain, self._method, self._distance, self._order, self._only, self._scale]
        super().__init__(RdmCanvas(asked=self._choose, **options), [*menus, self._live, self._undo])
        self._listen()
        if source is not None or brain is not None:
            self.follow(
                source,
                brain,
                stimuli,
                area=area,
                references=references,
                untrained=untrained,
                stimulus_ids=stimulus_ids,
            )

    def follow(
        self,
        source: Any,
        brain: Any,
        stimuli: StimulusSet | None = None,
        *,
        area: str | None = None,
        references: Mapping[str, Any] | None = None,
        untrained: ActivationSet | None = None,
        stimulus_ids: Any | None = None,
    ) -> None:
        """Show the RDMs of another model and brain; the arguments are those of the class."""
        track = rdm_track(source, brain, stimuli, references, untrained, stimulus_ids)
        if area is not None and area not in track.areas:
            raise ValueError(f"`area` must be one of this model's areas, {', '.join(track.areas)}; received {area!r}.")
        self._track, self._past = track, []
        order = orders_of(track.labels)[0]
        choices = RdmChoices(area=area or track.areas[-1], distance=track.rdms.distances[0], order=order)
        self._offer(track)
        self._mirror(choices)
        self.panel.follow(track, choices)

    @property
    def area(self) -> str:
        """Name of the model area shown; set it to show another area of the model."""
        return self.panel.choices.area

    @area.setter
    def area(self, area: str) -> None:
        areas = self._track.areas if self._track is not None else ()
        if area not in areas:
            raise ValueError(f"`area` must be one of this model's areas, {', '.join(areas)}; received {area!r}.")
        self._choose({"area": area})

    @property
    def pair(self) -> tuple[str, str] | None:
        """Ids of the two images pinned in the panel, or None."""
        return self.panel.pinned

    def counter(self, n: int = 5) -> TauCounter:
        """Return a panel that counts tau_A of the two RDMs shown, step by step, for a few images.

        Parameters
        ----------
        n : int
            Number of images, 3 to 8.

        Returns
        -------
        TauCounter
            Counter of the current RDMs; it does not follow the training.

        Raises
        ------
        ValueError
            If no RDM is shown yet.
        """
        track, pair = self._track, self.panel.pair
        if track is None or pair is None:
            raise ValueError("`explorer` shows no RDM yet. Accepted is one that does; wait for the first.")
        ids, moment = track.comparison.stimulus_ids, self.panel.header["moment"]
        name = f"{area_title(self.panel.header, pair.area)}{', ' if moment else ''}{moment}"
        a = Rdm(pair.model_vector, ids, name=name)
        source = track.comparison.brains(pair.distance)[self.panel.choices.brain[0]].source
        b = Rdm(pair.brain_vector, ids, name=pair.brain, source=source, simulated=pair.simulated)
        return TauCounter(a, b, track.stimuli, n=n)

    def undo(self) -> None:
        """Undo the last choice."""
        if self._past:
            self._show(self._past.pop())

    @property
    def code(self) -> str:
        """Code that computes the score of the RDM shown."""
        choices, header = self.panel.choices, self.panel.header
        if self._track is None or not isinstance(self._track.rdms, GivenRdms):
            return rdm_code(choices, header.get("brain", ""))
        brain = self._track.comparison.brains()[choices.brain[0]]
        title = area_title({"of_model": self._track.of_model}, choices.area, "model area")
        return given_code(choices, title, brain.area, len(brain.subjects))

    # --- controls -----------------------------------------------------------------------------------------------
    def _make_controls(self) -> None:
        def menu(name: str, words: str, options: Any, width: int) -> ipywidgets.Dropdown:
            looks: dict[str, Any] = {
                "layout": {"width": f"{width}px", "margin": "2px 14px 2px 2px"},
                "style": {"description_width": "initial"},
            }
            return ipywidgets.Dropdown(description=name, tooltip=words, options=options, **looks)

        self._live = ipywidgets.ToggleButton(
            value=True, description="Live", icon="circle", tooltip="Follow the training", layout={"width": "auto"}
        )
        methods = [(comparison.words, name) for name, comparison in COMPARISONS.items()]
        self._brain = menu("Brain", "Whose RDM to show beside the model's", [], 262)
        self._method = menu("Compare by", "How alike two RDMs are", methods, 240)
        self._distance = menu("Distance", "How unlike two patterns are", ["correlation"], 165)
        self._order = menu("Order", "Order of the images", list(ORDERS), 205)
        self._only = menu("Show", "All images, or those of one category", [("all images", "")], 185)
        self._scale = menu("Colour", "What the colours stand for", list(SCALES), 155)
        self._undo = ipywidgets.Button(
            description="Undo", icon="undo", tooltip="Take the last choice back", layout={"width": "auto"}
        )
        self._undo.disabled = True

    def _listen(self) -> None:
        named = {"distance": self._distance, "method": self._method, "order": self._order}
        named |= {"scale": self._scale, "brain": self._brain, "only": self._only}
        for name, control in named.items():
            control.observe(lambda change, name=name: self._choose({name: change["new"]}), "value")
        self._live.observe(lambda change: self._follow_live(change["new"]), "value")
        self._undo.on_click(lambda _: self.undo())

    def _offer(self, track: RdmTrack) -> None:
        """Fill the controls with the choices of a track."""
        with self._mirroring.under_way():
            self._distance.options = track.rdms.distances
            self._distance.disabled = len(track.rdms.distances) < 2
            self._brain.options = brain_choices(track.comparison.brains())
            self._order.options = orders_of(track.labels)
            self._only.options = [("all images", ""), *((name, name) for name in track.categories)]
            self._live.layout.display = "" if track.trains else "none"

    @shows_errors
    def _choose(self, changes: dict[str, Any]) -> None:
        """Apply choices made in a control or in the page, and keep the previous choices for undo."""
        if self._mirroring.on or self._track is None:
            return
        before = self.panel.choices
        after = replace(before, **changes)
        _check_offered(after, self._track)
        if after == before:
            return
        # Dragging the slider counts as a single choice to undo, however many places it passes.
        dragged = self._past and set(changes) == {"place"} == _differences(self._past[-1], before)
        if not dragged:
            self._past.append(before)
        self._show(after)

    def _follow_live(self, live: bool) -> None:
        """Follow the training, or stay at the training step shown."""
        if self._track is not None:
            stop = self.panel.header.get("stop", self._track.stops)
            self._choose({"place": None if live else self._track.place(stop)})

    def _show(self, choices: RdmChoices) -> None:
        self._mirror(choices)
        self.panel.note("")
        self.panel.choose(choices)

    def _mirror(self, choices: RdmChoices) -> None:
        """Set the controls to the choices shown."""
        with self._mirroring.under_way():
            self._brain.value = choices.brain
            self._distance.value, self._method.value = choices.distance, choices.method
            self._order.value, self._scale.value = choices.order, choices.scale
            self._live.value = choices.place is None
            self._only.value = choices.only
            self._undo.disabled = not self._past


def _check_offered(choices: RdmChoices, track: RdmTrack) -> None:
    """Refuse an area that the model does not have, and a category that the images do not have."""
    if choices.area not in track.areas or choices.only not in ("", *track.categories):
        raise ValueError(
            f"`area` or `category` is not here. Accepted are {', '.join(track.areas)}; and "
            f"{', '.join(track.categories) or 'no category'}; received {choices.area!r} and {choices.only!r}."
        )


def _differences(before: RdmChoices, after: RdmChoices) -> set[str]:
    return {field.name for field in fields(before) if getattr(before, field.name) != getattr(after, field.name)}
