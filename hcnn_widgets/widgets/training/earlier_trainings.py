"""Row that names earlier trainings of the same model that still go on, with a button that stops them."""

from typing import Any

import ipywidgets

from hcnn_widgets.learning.training_run import TrainingRun
from hcnn_widgets.learning.training_thread import TrainingThread, earlier_trainings
from hcnn_widgets.widgets.panel.comm_routing import heard_where_it_arrives
from hcnn_widgets.widgets.panel.kernel_line import KernelLine
from hcnn_widgets.widgets.panel.words import plural

ROW = {"align_items": "center", "display": "none"}


class EarlierTrainings(ipywidgets.HBox):
    """Words on the trainings that a cell left behind when it was run again, and "Stop it"; hidden where there are none.

    A training of the same name that nothing leads to stops by itself. Those that stay are held by a panel, a variable
    or an output, and take their share of the processor.
    """

    def __init__(self) -> None:
        self._earlier: list[TrainingThread] = []
        self._words = KernelLine()
        self._stop = ipywidgets.Button(
            icon="stop", tooltip="End the earlier trainings; their networks keep what they have learned"
        )
        self._stop.on_click(self._on_stop)
        super().__init__([self._words, self._stop], layout=ROW)
        heard_where_it_arrives(self._stop)

    def look(self, run: TrainingRun | None) -> None:
        """Name the trainings before this run."""
        self._earlier = earlier = earlier_trainings(run)
        if earlier:
            many = len(earlier) > 1
            verb = "run" if many else "runs"
            trainings = f"{plural(len(earlier), 'earlier training')} of {earlier[0].name}"
            self._words.tell(f"{trainings} still {verb}:", f"{trainings} ended with the kernel.")
            self._stop.description = "Stop them" if many else "Stop it"
        self.layout.display = "" if earlier else "none"

    def _on_stop(self, _button: Any) -> None:
        for training in self._earlier:
            training.control.stop()
        self.look(None)
