"""RDMs in training by hand, in the place of LiveRdms: what is measured, and when it ends, a test decides."""

import numpy as np

from hcnn_widgets.mapping.live.moment_scores import MomentScores
from hcnn_widgets.mapping.live.rdm_moment import RdmMoment, model_distances
from hcnn_widgets.mapping.similarity.comparison.rdm_comparison import RdmComparison
from hcnn_widgets.mapping.similarity.rdms.rdm_record import Rdm
from hcnn_widgets.stimuli.stimulus_set import StimulusSet
from hcnn_widgets.widgets.rdms import rdm_explorer
from hcnn_widgets.widgets.rdms.rdm_track import RdmTrack

IDS = ["face 1", "car 1", "face 2", "car 2", "tree"]
LABELS = ["face", "car", "face", "car", "tree"]
AREAS = ("V1", "IT")


def random_rdm(seed, **fields):
    return Rdm(np.random.default_rng(seed).random(10), IDS, **fields)


def stimuli():
    images = np.random.default_rng(0).integers(0, 256, (5, 8, 8, 3), dtype=np.uint8)
    return StimulusSet.from_arrays(images, LABELS, IDS)


BRAIN = {"IT": [random_rdm(1, name="BE", distance="correlation"), random_rdm(2, name="KO")], "V1": random_rdm(3)}


class StandInRdms:
    """Has of LiveRdms what a panel asks for."""

    convention = "RDMs by hand"
    distances = model_distances()

    def __init__(self, brain=None, references=None):
        self.comparison = RdmComparison(BRAIN if brain is None else brain, references)
        self.compared = MomentScores(self.comparison)
        self.history, self.untrained = [], None
        self.alive, self.error, self.watched = True, None, None

    def measure(self, step, seed=None, untrained=False, **fields):
        """Add a moment; the same seed gives the same RDMs."""
        rng = np.random.default_rng(step if seed is None else seed)
        vectors = {name: rng.random((len(AREAS), 10)) for name in self.distances}
        moment = RdmMoment(step, AREAS, vectors | fields.pop("vectors", {}), **fields)
        if untrained:
            self.untrained = moment
        else:
            self.history.append(moment)
        return moment


def explorer_of(rdms, monkeypatch, **options):
    """Give an explorer that shows these RDMs of a training of 1,000 steps."""
    monkeypatch.setattr(rdm_explorer, "rdm_track", lambda *_: RdmTrack(rdms, 1000, AREAS, stimuli()))
    return rdm_explorer.RdmExplorer("run", BRAIN, **options)


def settle(explorer):
    """Let the page answer, and what is asked for be worked out."""
    panel = explorer.panel
    for _ in range(4):
        panel.want()
        panel.tick()
        assert panel._job.wait(20)
