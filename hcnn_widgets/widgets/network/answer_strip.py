"""A strip of images with a network's answers, while it trains."""

from typing import Any

import traitlets

from hcnn_widgets.widgets.panel.frame import Frame
from hcnn_widgets.widgets.panel.known_options import check_options
from hcnn_widgets.widgets.scene.scene import Scene

from .answers import Answer, NoAnswer, answers_of
from .network_reading import Ask, NetworkReading
from .network_source import NetworkSource, images_for
from .probe_images import Probe
from .strip_scene import StripTold, strip_scene


class AnswerStrip(NetworkSource):
    """Images that a network has not learned from, with its answers of the moment: of each category one, then others.

    Below an image stands the answer, and a bar for its probability; a tick says that it is right, a cross that it is
    wrong. A click, or Enter, chooses an image: ``image`` is its number, `on_image` tells others. A NetworkView of the
    same network has the same images: ``traitlets.link((strip, "image"), (view, "image"))`` sends it through.

    Parameters
    ----------
    source : Run, GoalDrivenModel or keras.Model, optional
    stimuli : StimulusSet or SequenceSet, optional
        Images, sounds or sequences to show; by default those that the training holds out.
    seed : int
        The same seed draws the same images.
    **traits
        Any trait of an ipywidgets.DOMWidget, and LivePanel's ``clock`` and ``ticker``.
    """

    title = traitlets.Unicode("The network's answers").tag(sync=True)

    def __init__(self, source: Any | None = None, stimuli: Any | None = None, *, seed: int = 0, **traits: Any) -> None:
        check_options(traits, AnswerStrip)
        super().__init__(source, stimuli, seed=seed, **traits)
        self.add_class("hcnn-mod-answer-strip")

    def clear(self) -> None:
        """Take what is shown off the page, before something else is shown."""
        self._told: StripTold | None = None
        super().clear()

    def new_readings(self, source: Any, probe: Probe) -> tuple[NetworkReading, ...]:
        """Return what is asked of the network: its answers to all images of the strip."""
        stimuli = probe.stimuli[: probe.n_strip]
        return (NetworkReading(source, lambda model: answering(model, stimuli)),)

    def make_frame(self) -> Frame:
        """Return a frame of the newest answers."""
        if (nothing := self.frame_before_images()) is not None:
            return nothing
        assert self._probe is not None
        (reading,) = self._readings
        read = reading.look("answers")
        known = () if read is None else read.value
        told = StripTold(
            self._probe,
            () if isinstance(known, str) else known,
            read.step if read is not None and reading.trains else None,
            self.image,
            known if isinstance(known, str) else "",
        )
        if self._told is None or vars(told) != vars(self._told):
            self._told = told
        final = reading.settled("answers")
        if final:
            reading.let_go()
        return self.frame_of_scene(self.scene, told.note, final, of=self._told)

    def scene(self, width: int) -> Scene:
        """Describe the strip for a width in pixels."""
        assert self._told is not None
        return strip_scene(self._told, width)

    def pressed(self, place: int, key: str) -> None:
        """Choose an image."""
        self.image = place

    def sentence(self) -> str:
        """Return a sentence on how many answers are right."""
        return self.message or "The network's answers." if self._told is None else self._told.sentence


def answering(model: Any, stimuli: Any) -> Ask:
    """Return what gives a model's answers to stimuli, or a sentence on why they are none."""
    from hcnn_widgets.activations.feature_maps import FeatureMaps

    goal, categories = model.goal, tuple(model.categories)
    shown = images_for(model, stimuli)
    network = FeatureMaps(model.network, model.taps, shown.images.shape[1:], pixels=model.pixels).prepare("outputs")

    def answer(_asked: Any) -> tuple[Answer, ...] | str:
        try:
            return tuple(answers_of(goal, categories, network.outputs(shown.images), shown))
        except NoAnswer as why:
            return str(why)

    return answer
