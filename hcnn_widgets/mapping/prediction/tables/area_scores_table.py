"""Table of trained and untrained model areas, and of the pixels, against brain areas."""

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from hcnn_widgets.mapping.noise.corrections import CORRECTIONS, corrected_score
from hcnn_widgets.mapping.noise.perfect_model import CEILING_WORDS, perfect_r
from hcnn_widgets.mapping.numerics.table import Column, Table, named, where_known
from hcnn_widgets.mapping.prediction.gains import WORDS, Gains
from hcnn_widgets.records.frozen_record import FrozenRecord, freeze_arrays

Array = NDArray[np.float64]
PIXELS = "pixels"
"""Name of the row of the image itself."""
STARRED = (
    "Best model area, starred or bold: the highest trained r on the very images that r is from, so that chance lifts "
    "it; `layer_area_match` chooses on other images"
)
GAIN_COLUMNS = (
    ("difference", "difference"),
    ("low", "difference_low"),
    ("high", "difference_high"),
    ("p", "difference_p"),
)
"""(shown, CSV) names of the columns of differences."""


@dataclass(frozen=True)
class AreaScoreRow:
    """Scores of a model area, or of the pixels, against a brain area; NaN where unknown.

    Parameters
    ----------
    brain_area, model_area : str
    simulated : bool
        Whether the recordings are simulated.
    trained_r, untrained_r : float
        Median over sites of Pearson r on held-out images. The score of the pixels is `trained_r`.
    trained_error, untrained_error : float
        Standard deviation over folds of the median over sites, / sqrt(n_folds).
    difference, difference_low, difference_high, difference_p : float
        Trained less untrained r, its 95 % interval and p, paired over sites.
    trained_corrected, untrained_corrected : float
        The scores corrected for noise by `correction`.
    correction : str
        A name in `CORRECTIONS`.
    reliability : float
        Reliability of the recordings, the c of the correction; NaN with one trial per stimulus.
    n_sites, n_stimuli : int
        Sites that vary, and images.
    """

    brain_area: str
    model_area: str
    simulated: bool
    trained_r: float
    trained_error: float
    untrained_r: float
    untrained_error: float
    difference: float
    difference_low: float
    difference_high: float
    difference_p: float
    trained_corrected: float
    untrained_corrected: float
    correction: str
    reliability: float
    n_sites: int
    n_stimuli: int


@dataclass(frozen=True, eq=False, repr=False)
class AreaScores(Table, FrozenRecord):
    """Scores of all model areas against all recordings, trained and untrained, with the pixels beside them.

    Shows as a table: the best model area of each brain area is bold in a notebook and starred in text. Columns of which
    nothing is known, such as those of an untrained network that was not given, are in the CSV alone.

    Parameters
    ----------
    model_areas, brain_areas : tuple of str
        The pixels are not among the model areas.
    trained, trained_error, untrained, untrained_error : (n_brain, n_model) float64
        Median over sites of Pearson r on held-out images, and its standard deviation over folds / sqrt(n_folds); NaN
        where no untrained network was given.
    pixels, pixels_error : (n_brain,) float64
        The same of the image in 16 x 16 grey blocks; NaN where there are no images.
    reliability : (n_brain,) float64
        Split-half reliability of the recordings with Spearman-Brown; NaN with one trial.
    n_sites, n_stimuli : (n_brain,) int64
    simulated : tuple of bool
        Per brain area, whether its recordings are simulated.
    correction : str
        A name in `CORRECTIONS`.
    convention : str
        How the scores were computed.
    notes : tuple of str
        Notes that belong beside the scores, each with its brain areas unless it applies to all.
    source : str
        Source of the recordings, to be cited.
    gains : Gains or None
        Trained less untrained scores, with intervals; None where no untrained network was given.
    neighbours : tuple of str
        Words on the best model area of each brain area less its neighbours.
    controls : tuple of str
        Further controls, names in `CONTROLS`, whose rows follow that of the pixels.
    control_r, control_error : (n_brain, n_controls) float64
        Their scores and errors, as those of the pixels.
    """

    model_areas: tuple[str, ...]
    brain_areas: tuple[str, ...]
    trained: Array
    trained_error: Array
    untrained: Array
    untrained_error: Array
    pixels: Array
    pixels_error: Array
    reliability: Array
    n_sites: NDArray[np.int64]
    n_stimuli: NDArray[np.int64]
    simulated: tuple[bool, ...]
    correction: str
    convention: str
    notes: tuple[str, ...] = ()
    source: str = ""
    gains: Gains | None = None
    neighbours: tuple[str, ...] = ()
    controls: tuple[str, ...] = ()
    control_r: Array = field(default_factory=lambda: np.empty((0, 0)))
    control_error: Array = field(default_factory=lambda: np.empty((0, 0)))

    def __post_init__(self) -> None:
        freeze_arrays(self)

    def best(self, brain_index: int = 0) -> str:
        """Return the model area that predicts a brain area best after training; the pixels are not considered."""
        return self.model_areas[self.best_index[brain_index]]

    @property
    def best_index(self) -> NDArray[np.intp]:
        """Index of the best model area of each brain area, (n_brain,); the first among equal scores."""
        places: NDArray[np.intp] = np.where(np.isnan(self.trained), -np.inf, self.trained).argmax(axis=1)
        return places

    def rows(self) -> list[AreaScoreRow]:
        """Return the rows of the table: for each brain area the model areas, the pixels, the controls."""
        return [self._row(brain, model) for brain in range(len(self.brain_areas)) for model in range(self._n_rows)]

    @property
    def _n_rows(self) -> int:
        """Rows of a brain area."""
        return self._n_models + 1 + len(self.controls)

    @property
    def _n_models(self) -> int:
        return len(self.model_areas)

    def _row(self, brain: int, model: int) -> AreaScoreRow:
        gain = [float("nan")] * 4
        if model < self._n_models:
            if (gains := self.gains) is not None:
                gain = [float(part[brain, model]) for part in (gains.value, gains.low, gains.high, gains.p)]
            parts = (self.trained, self.trained_error, self.untrained, self.untrained_error)
            r, error, untrained_r, untrained_error = (float(part[brain, model]) for part in parts)
        else:
            r, error = self._baseline(brain, model - self._n_models)
            untrained_r = untrained_error = float("nan")
        reliability, n_stimuli = float(self.reliability[brain]), int(self.n_stimuli[brain])
        return AreaScoreRow(
            brain_area=self.brain_areas[brain],
            model_area=(*self.model_areas, PIXELS, *self.controls)[model],
            simulated=self.simulated[brain],
            trained_r=r,
            trained_error=error,
            untrained_r=untrained_r,
            untrained_error=untrained_error,
            difference=gain[0],
            difference_low=gain[1],
            difference_high=gain[2],
            difference_p=gain[3],
            trained_corrected=corrected_score(r, reliability, self.correction, n_stimuli),
            untrained_corrected=corrected_score(untrained_r, reliability, self.correction, n_stimuli),
            correction=self.correction,
            reliability=reliability,
            n_sites=int(self.n_sites[brain]),
            n_stimuli=n_stimuli,
        )

    def _baseline(self, brain: int, place: int) -> tuple[float, float]:
        """Return score and error of the pixels, at place 0, or of a control."""
        if place:
            return float(self.control_r[brain, place - 1]), float(self.control_error[brain, place - 1])
        return float(self.pixels[brain]), float(self.pixels_error[brain])

    # --- show ---------------------------------------------------------------------------------------------------
    def _columns(self) -> list[Column]:
        rows = self.rows()

        def column(shown: str, name: str, marked: bool = False) -> Column:
            made = Column(shown, name, [getattr(row, name) for row in rows], marked)
            return made if marked else where_known(made)

        return [
            Column("brain area", "", [named(row.brain_area, row.simulated) for row in rows]),
            column("", "brain_area"),
            column("model area", "model_area", marked=True),
            column("", "simulated"),
            column("trained r", "trained_r", marked=True),
            column("error", "trained_error"),
            column("untrained r", "untrained_r"),
            column("error", "untrained_error"),
            *(column(shown if self.gains is not None else "", name) for shown, name in GAIN_COLUMNS),
            column(f"trained {self.correction}", "trained_corrected"),
            column(f"untrained {self.correction}", "untrained_corrected"),
            column("", "correction"),
            column("", "reliability"),
            where_known(Column("ceiling r", "", [float(perfect_r(row.reliability)) for row in rows])),
            column("sites", "n_sites"),
            column("images", "n_stimuli"),
        ]

    def _marked_rows(self) -> list[int]:
        """Return the indices of the rows of the best model areas."""
        return [brain * self._n_rows + int(model) for brain, model in enumerate(self.best_index)]

    def _conventions(self) -> list[str]:
        return [
            STARRED,
            *self.neighbours,
            *([WORDS] if self.gains is not None or self.neighbours else []),
            f"r: {self.convention}",
            *([] if np.isnan(self.reliability).all() else self._ceiling_words()),
        ]

    def _ceiling_words(self) -> list[str]:
        words = CORRECTIONS[self.correction].words
        return [f"{self.correction}: {words}", f"ceiling r: {CEILING_WORDS.format(where='')}"]
