"""The ventral stream seen from the side, coloured by score: twin of brain_map.ts."""

from hcnn_widgets.widgets.scores.score_panel import ScorePanel


class BrainMap(ScorePanel):
    """A drawing of V1, V2, V4 and IT, each coloured by the score of the model area that predicts it best.

    An area without recordings is hatched; one whose recordings are simulated says so.

    Parameters
    ----------
    run : Run, optional
        Whose model is scored.
    recordings : RecordingSet or sequence of them, optional
        What it is scored against.
    **traits
        Any trait of an ipywidgets.DOMWidget, and ``score``, ``clock`` and ``ticker``.
    """

    def picture(self) -> bytes:
        """Draw the map as a PNG."""
        from .brain_picture import brain_picture

        return brain_picture(self.header, self.values) if self.header else b""
