"""Thread of Lab that makes images, network and recordings, and starts training."""

import threading
import time
from collections.abc import Callable
from typing import Any

from hcnn_widgets.learning.training_run import TrainingRun, await_first_step
from hcnn_widgets.widgets.panel.words import duration, in_words

from .lab_menu import LabMenu, LabSetting

RECORDINGS_AWAITED = "Making the recordings ready"


class LabWork:
    """Preparation of a training run and its recordings from a setting, in a separate thread.

    Training begins on the first images where others are still being drawn; the recordings follow its first step.

    Parameters
    ----------
    menu : LabMenu
    setting : LabSetting
    former : Run or None
        Previous training, stopped first, so that two trainings do not share the processor.
    images : StimulusSet or None
        Images of the previous setting to use again, where the choice is the same.
    on_run : callable
        Called with (work, run, images) as soon as training has started.
    on_recordings : callable
        Called with (work, recordings, missing) once the recordings are ready; ``missing`` says in words which could not
        be had, and is empty where all could.
    on_error : callable
        Called with (work, error) when images, network or training fail.
    """

    def __init__(
        self,
        menu: LabMenu,
        setting: LabSetting,
        former: TrainingRun | None,
        images: Any | None,
        on_run: Callable[["LabWork", TrainingRun, Any], None],
        on_recordings: Callable[["LabWork", list[Any], str], None],
        on_error: Callable[["LabWork", BaseException], None],
    ) -> None:
        self._menu, self.setting, self._former, self._images = menu, setting, former, images
        self._on_run, self._on_recordings, self._on_error = on_run, on_recordings, on_error
        self._stage, self._since = "", time.monotonic()
        self._given_up, self.done = threading.Event(), threading.Event()

    def start(self) -> None:
        """Start in a thread and return at once."""
        self._begin(self._start_training, self._make_recordings)

    def look_again(self) -> None:
        """Make the recordings ready once more, in a thread; does nothing while anything is under way."""
        if self.done.is_set():
            self.done.clear()
            self._given_up.clear()
            self._begin(self._make_recordings)

    def _begin(self, *steps: Callable[[], None]) -> None:
        threading.Thread(target=self._work, args=steps, name="hcnn-lab", daemon=True).start()

    def give_up(self) -> None:
        """Abandon the work under way; its results are dropped."""
        self._given_up.set()

    @property
    def busy(self) -> bool:
        """Whether the work is under way and not given up."""
        return not (self.done.is_set() or self._given_up.is_set())

    def wait(self, timeout: float | None = None) -> bool:
        """Wait until the work is done, at most ``timeout`` seconds; return whether it is done."""
        return self.done.wait(timeout)

    @property
    def words(self) -> str:
        """Current stage, its time so far, and how many images are there, in words; empty when nothing is awaited."""
        if self._given_up.is_set():
            return ""
        stage = f"{self._stage}… {duration(time.monotonic() - self._since)}" if self.busy and self._stage else ""
        return " · ".join(words for words in (stage, self._drawing_words) if words)

    @property
    def _drawing_words(self) -> str:
        images: Any = self._images
        if not getattr(images, "arriving", False):
            return ""
        return f"Drawing the images: {images.n_ready:,} of {len(images):,}"

    def _work(self, *steps: Callable[[], None]) -> None:
        try:
            for step in steps:
                if not self._given_up.is_set():
                    step()
        except Exception as error:  # the person must read it in the panel
            self._on_error(self, error)
        finally:
            self.done.set()

    def _start_training(self) -> None:
        if self._former is not None:
            self._enter("Stopping the training before")
            self._former.stop()
            self._former.join(10)
        images = self._images = self._images if self._images is not None else self._make_images()
        if self._given_up.is_set():
            return
        self._enter("Building the network")
        run = self._train(images)
        if self._given_up.is_set():
            run.stop()
            return
        self._on_run(self, run, images)
        self._enter("Compiling the network")
        await_first_step(run, self._given_up)

    def _make_recordings(self) -> None:
        if why := self._menu.recordings_refusal(self.setting):
            self._on_recordings(self, [], why)
            return
        self._enter(RECORDINGS_AWAITED)
        try:
            recordings = self._menu.recordings[self.setting.recordings]()
            missing = getattr(recordings, "missing", "")
        except Exception as error:  # training goes on; the person must read it where the scores would be
            recordings, missing = [], f"The recordings could not be had. {in_words(error)}"
        self._on_recordings(self, recordings, missing)

    def _make_images(self) -> Any:
        n = self.setting.n_images
        self._enter(f"Making {n:,} images ready")
        return self._menu.images[self.setting.images](n)

    def _train(self, images: Any) -> Any:
        setting, menu = self.setting, self._menu
        spec = menu.architectures[setting.architecture]
        try:
            made = spec(input_shape=images.image_shape, degrees=images.degrees)
        except ValueError:  # too small for this architecture: enlarge the images to the size it is meant for
            made = spec()
            images = images.adapted_to(made.input_shape)
        model = menu.model(made, menu.goals[setting.goal](), menu.rules[setting.rule]())
        return model.train(images, epochs=setting.epochs)

    def _enter(self, stage: str) -> None:
        self._stage, self._since = stage, time.monotonic()
