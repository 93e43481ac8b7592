"""What AreaSampler shows, and its words."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hcnn_widgets.activations.gradient_ascent import PreferredImage
from hcnn_widgets.mapping.numerics.table import named
from hcnn_widgets.mapping.sampled.generative_table import GenerativeTest
from hcnn_widgets.widgets.panel.words import plural
from hcnn_widgets.widgets.scene.scene import Cell
from hcnn_widgets.widgets.scene.word_room import score_text

from .area_source import Drawn

NOT_TESTED = "Not tested yet. T, or the button, tests whether drawn units predict new sites as recorded sites do."


@dataclass(frozen=True, eq=False)
class ShownSites:
    """What is shown.

    Parameters
    ----------
    drawn : Drawn
    depth : (int, int)
        Place of the model area among all, and how many there are.
    chosen : int
        Site whose images are shown: drawn ones first, then recorded ones.
    pictures : tuple of (height, width) or (height, width, 3) uint8
        The images that drive the chosen site most, the best first.
    preferred : PreferredImage, optional
        What gradient ascent has come to.
    ascent : str
        What is to be said in place of it.
    claim : GenerativeTest, optional
    untested : str
        What is to be said in place of it.
    """

    drawn: Drawn
    depth: tuple[int, int]
    chosen: int
    pictures: tuple[NDArray[np.uint8], ...]
    preferred: PreferredImage | None
    ascent: str
    claim: GenerativeTest | None
    untested: str

    @property
    def n_drawn(self) -> int:
        """Drawn sites."""
        return self.drawn.sites.n_sites

    @property
    def n_sites(self) -> int:
        """Drawn and recorded sites."""
        return self.n_drawn + len(next(iter(self.drawn.comparison.recorded.values())))

    def values(self, site: int) -> dict[str, float]:
        """Return the statistics of a site."""
        of = self.drawn.comparison
        drawn = site < self.n_drawn
        every, place = (of.drawn, site) if drawn else (of.recorded, site - self.n_drawn)
        return {name: float(each[place]) for name, each in every.items()}

    def site_name(self, site: int) -> str:
        """Return what a site is called: "unit 12 of model V4", "recorded site 3"."""
        if site < self.n_drawn:
            return f"unit {self.drawn.units[site]} of model {self.drawn.sites.area}"
        return f"recorded site {site - self.n_drawn} of {self.recorded}"

    @property
    def recorded(self) -> str:
        """The brain area, with its mark where it is simulated."""
        of = self.drawn.comparison
        return named(of.recorded_area, of.simulated)


def shown_title(shown: ShownSites) -> str:
    """Return the title: what is drawn beside what, and when."""
    step = "" if shown.drawn.step is None else f", step {shown.drawn.step:,}"
    units = plural(shown.n_drawn, "unit")
    return f"{units} of model {shown.drawn.sites.area}{step}, beside recorded {shown.recorded}"


def shown_sentence(shown: ShownSites) -> str:
    """Return what is seen, in sentences."""
    of = shown.drawn.comparison
    parts = []
    for name, less in of.differences.items():
        if np.isnan(less.value):
            continue
        model, brain = (score_text(each[name].value) for each in (of.drawn_medians, of.recorded_medians))
        apart = "the interval of the difference holds 0" if less.low <= 0 <= less.high else "they differ"
        parts.append(f"{name} {model}, recorded {brain}: {apart}")
    said = f"Medians of model {shown.drawn.sites.area} and {shown.recorded}: {'; '.join(parts)}."
    return f"{said} {claim_sentence(shown)}"


def claim_sentence(shown: ShownSites) -> str:
    """Return what came of the claim."""
    if shown.claim is None:
        return shown.untested
    return f"{shown.claim.serves(1)[0].upper()}{shown.claim.serves(1)[1:]}."


def site_sentence(shown: ShownSites, site: int) -> str:
    """Return what is heard of a site."""
    known = ", ".join(f"{name} {score_text(value)}" for name, value in shown.values(site).items())
    name = shown.site_name(site)
    return f"{name[0].upper()}{name[1:]}: {known}. Enter shows the images that drive it."


def dimension_words(shown: ShownSites) -> str:
    """Return the sentence on dimensionality."""
    of = shown.drawn.comparison
    return (
        f"Dimensionality of {of.n_alike} sites: model {of.drawn_dimensionality:.1f}, "
        f"recorded {of.recorded_dimensionality:.1f}"
    )


def sampler_table(shown: ShownSites) -> tuple[tuple[Cell, ...], ...]:
    """Return all sites, then the claim, as rows of a table."""
    names = list(shown.drawn.comparison.drawn)
    head = ("population", "site", "simulated", *names, "r", "r_low", "r_high")
    simulated = int(shown.drawn.comparison.simulated)
    rows: list[tuple[Cell, ...]] = []
    for site in range(shown.n_sites):
        drawn = site < shown.n_drawn
        kind = f"model {shown.drawn.sites.area}" if drawn else f"recorded {shown.drawn.comparison.recorded_area}"
        values = tuple(shown.values(site).values())
        rows.append((kind, shown.site_name(site), 1 if drawn else simulated, *values, None, None, None))
    if shown.claim is not None:
        for name, median in zip(shown.claim.stand_ins, shown.claim.medians, strict=True):
            blank = (None,) * len(names)
            rows.append((f"new sites from {name}", "all", simulated, *blank, median.value, median.low, median.high))
    return (head, *rows)
