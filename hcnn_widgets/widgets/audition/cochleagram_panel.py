"""The panel of sounds: a cochleagram that is seen and heard, with bands that are left out."""

from typing import Any

import ipywidgets
import traitlets

from hcnn_widgets.records.checks import is_whole
from hcnn_widgets.stimuli.stimulus_set import StimulusSet
from hcnn_widgets.widgets.network.answers import Answer
from hcnn_widgets.widgets.network.network_reading import NetworkReading
from hcnn_widgets.widgets.panel.frame import Frame
from hcnn_widgets.widgets.panel.known_options import check_options
from hcnn_widgets.widgets.panel.panel_box import ROW, PanelBox
from hcnn_widgets.widgets.panel.words import shows_errors
from hcnn_widgets.widgets.scene.scene import Scene
from hcnn_widgets.widgets.scene.scene_panel import ScenePanel

from .heard_code import heard_code
from .heard_scene import ALL_BACK, ONLY, HeardTold, heard_scene
from .heard_sound import N_BANDS, Bands, HeardSound, sound_given
from .heard_source import Asked, heard_sound, hearing, network_given, sounds_given
from .player import Player

EVERY = frozenset(range(N_BANDS))


class CochleagramDrawing(ScenePanel):
    """Drawing of CochleagramPanel."""

    title = traitlets.Unicode("Cochleagram").tag(sync=True)
    knows_height = True

    number = traitlets.Int(0, min=0)
    """Number of the sound that is chosen: 3"""

    left_out = traitlets.Any(frozenset())
    """Bands that are left out, that of the highest frequencies being 0: frozenset({2, 3})"""

    def __init__(self, stimuli: StimulusSet | None, own: HeardSound | None, source: Any | None, **traits: Any) -> None:
        self.stimuli, self._own = stimuli, own
        self._sounds: dict[int, HeardSound] = {}
        self._told: tuple[Any, HeardTold] | None = None
        asks = source is not None and stimuli is not None
        self._reading = NetworkReading(source, lambda model: hearing(model, stimuli)) if asks else None  # type: ignore[arg-type]
        super().__init__(**traits)

    @property
    def sound(self) -> HeardSound:
        """The sound that is chosen."""
        if self._own is not None:
            return self._own
        assert self.stimuli is not None
        if self.number not in self._sounds:
            self._sounds[self.number] = heard_sound(self.stimuli, self.number)
        return self._sounds[self.number]

    def source_over(self) -> bool:
        """Return whether nothing newer comes by itself."""
        return self._reading is None or not self._reading.training

    def make_frame(self) -> Frame:
        """Return the sound as it is heard now, with the newest answer."""
        read, asked = None, Asked(self.number, self.left_out)
        if self._reading is not None:
            read = self._reading.look(asked)
        final = self._reading is None or self._reading.settled(asked)
        key = (asked, id(read))
        if self._told is None or self._told[0] != key:
            self._told = key, self._told_now(asked, read)
        if final and self._reading is not None:
            self._reading.let_go()
        return self.frame_of_scene(self.scene, "", final, of=self._told[1])

    def _told_now(self, asked: Asked, read: Any) -> HeardTold:
        """Return what is shown; the answer to another sound is left out."""
        value = read.value if read is not None and read.asked == asked else None
        answer = value if isinstance(value, Answer) else None
        note = value if isinstance(value, str) else ""
        return HeardTold(self.sound, asked.left_out, answer, self._reading is not None, note)

    def scene(self, width: int, height: int | None = None) -> Scene:
        """Describe the sound for a width in pixels, and for the most height."""
        assert self._told is not None
        return heard_scene(self._told[1], width, height)

    def pressed(self, place: int, key: str) -> None:
        """Leave a band out or take it back, leave all others out, or take all back."""
        if key == ALL_BACK:
            self.left_out = frozenset()
        elif key == ONLY:
            self.left_out = EVERY - {place}
        else:
            self.left_out = self.left_out ^ {place}

    @traitlets.observe("number", "left_out")  # type: ignore[untyped-decorator]
    def _other(self, _change: Any) -> None:
        if self._ticker is not None and self._told is not None:
            self.renew()

    def sentence(self) -> str:
        """Describe what is seen."""
        return self.message or ("Cochleagram." if self._told is None else self._told[1].sentence)

    def close(self) -> None:
        """Take the panel off the page, and hold neither run nor model any more."""
        if getattr(self, "_reading", None) is not None:
            self._reading.close()  # type: ignore[union-attr]
        super().close()


class CochleagramPanel(PanelBox):
    """A sound as the cochlea hands it on: its cochleagram, to be seen, heard, and heard with bands left out.

    Frequency goes upwards, on the scale of the ear; brightness is the compressed envelope. A click on a band, or Enter,
    leaves its four channels out of the sound or takes them back; the key O leaves only the marked band, R takes all
    back. Two players have the sound as it is and what is left; nothing plays by itself. With a run or a model, its
    answer to what is left stands beside.

    Parameters
    ----------
    source : Run, GoalDrivenModel or keras.Model, optional
        A network whose answers are shown. Without TensorFlow the panel works as it does without a network.
    stimuli : StimulusSet, optional
        Drawn sounds to choose from, as `hw.stimuli.sounds` gives them; by default those that the training holds out, or
        else eight that are drawn in little noise.
    wave : (n_samples,) float or int, optional
        A sound of one's own in place of drawn ones, up to a minute, as ``scipy.io.wavfile.read(path)`` gives it.
    sample_rate : float, optional
        Of that wave, in Hz.
    seed : int
        The same seed draws the same sounds.
    **options
        ``clock`` and ``ticker`` of the panel within.

    Raises
    ------
    TypeError, ValueError
        If stimuli are no drawn sounds, a wave is none, or both are given.
    """

    def __init__(
        self,
        source: Any | None = None,
        stimuli: StimulusSet | None = None,
        *,
        wave: Any | None = None,
        sample_rate: float | None = None,
        seed: int = 0,
        **options: Any,
    ) -> None:
        check_options(options, CochleagramPanel, CochleagramDrawing)
        if wave is not None and not (source is None and stimuli is None):
            raise ValueError(
                "`wave` stands in the place of other sounds. Accepted is a wave alone, or a source with or without "
                "stimuli; received both."
            )
        source = network_given(source)
        own = None if wave is None else sound_given(wave, sample_rate)
        heard = None if own is not None else sounds_given(source, stimuli, seed)
        panel = CochleagramDrawing(heard, own, source, layout={"min_height": "400px"}, **options)
        self._choice = ipywidgets.Dropdown(
            description="Sound",
            options=_options(heard),
            tooltip="The sound that is heard",
            style={"description_width": "initial"},
            layout={"width": "240px"},
            disabled=heard is None,
        )
        self._back = ipywidgets.Button(
            description="All bands", icon="refresh", tooltip="Take all bands back (key r)", layout={"width": "auto"}
        )
        self._players = {words: Player(words) for words in ("The sound as it is", "What is left of it")}
        row = [part for words, player in self._players.items() for part in (ipywidgets.Label(words), player)]
        players = ipywidgets.HBox(row, layout=ROW)
        players.add_class("hcnn-players")
        super().__init__(panel, [self._choice, self._back], [players])
        traitlets.link((panel, "number"), (self._choice, "value"))
        panel.observe(self._on_other, ["number", "left_out"])
        self._back.on_click(self._on_back)
        self._play()

    @property
    def number(self) -> int:
        """Number of the sound that is chosen, which `stimuli` has at that place."""
        return int(self.panel.number)  # type: ignore[attr-defined]

    @number.setter
    def number(self, number: int) -> None:
        n_sounds = 1 if self.stimuli is None else len(self.stimuli)
        if not is_whole(number, 0) or number >= n_sounds:
            raise ValueError(f"`number` is of no sound. Accepted are 0 to {n_sounds - 1}; received {number!r}.")
        self._choice.value = int(number)

    @property
    def stimuli(self) -> StimulusSet | None:
        """The sounds to choose from; None where a wave was given."""
        return self.panel.stimuli  # type: ignore[attr-defined,no-any-return]

    @property
    def left_out(self) -> Bands:
        """Bands of four channels that are left out, that of the highest frequencies being 0."""
        return self.panel.left_out  # type: ignore[attr-defined,no-any-return]

    @left_out.setter
    def left_out(self, bands: Any) -> None:
        self.panel.left_out = frozenset(int(band) for band in bands) & EVERY  # type: ignore[attr-defined]

    @property
    def code(self) -> str:
        """Lines of code that do the same."""
        stimulus_id = "" if self.stimuli is None else str(self.stimuli.stimulus_ids[self.number])
        return heard_code(stimulus_id, self.left_out)

    @shows_errors
    def _on_other(self, _change: Any) -> None:
        self._play()

    def _on_back(self, _button: Any) -> None:
        self.left_out = ()

    def _play(self) -> None:
        """Hand the players what there is to be heard."""
        sound: HeardSound = self.panel.sound  # type: ignore[attr-defined]
        for player, bands in zip(self._players.values(), (frozenset(), self.left_out), strict=True):
            file = sound.file(bands)
            if player.value != file:
                player.value = file


def _options(heard: StimulusSet | None) -> list[tuple[str, int]]:
    """Return the sounds to choose from, by number and kind."""
    if heard is None:
        return [("your sound", 0)]
    names = ["sound"] * len(heard) if heard.labels is None else [str(label) for label in heard.labels]
    return [(f"{row + 1}: {name}", row) for row, name in enumerate(names)]
