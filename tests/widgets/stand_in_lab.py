"""A menu of stand-ins for tests of Lab, and what a person does in it."""

import threading
from types import SimpleNamespace

import numpy as np

from hcnn_widgets.widgets.lab.lab_menu import LabMenu


class Images:
    """Stands in for a StimulusSet."""

    def __init__(self, n, shape=(16, 16, 1)):
        self.images, self.image_shape, self.degrees = np.zeros((n, *shape), np.float32), shape, 8.0

    def __len__(self):
        return len(self.images)

    def adapted_to(self, shape):
        return Images(len(self), shape)


class Arriving(Images):
    """Stands in for a set whose images are still being drawn."""

    def __init__(self, n, n_ready):
        super().__init__(n)
        self.n_ready, self.arriving = n_ready, True


class World:
    """A menu of stand-ins, and what was asked of them."""

    def __init__(self, model, make_run):
        self.asked, self.runs, self.scores = [], [], []
        self.may_render = threading.Event()
        self.may_render.set()
        self.rendering = threading.Event()
        self.model, self.make_run = model, make_run
        self.menu = LabMenu(
            architectures={"hcnn": self.spec, "tall": self.spec},
            goals={"categorization": lambda: "goal"},
            rules={"backpropagation": lambda: "rule"},
            images={"objects": self.render, "broken": self.fail},
            recordings={"simulated": lambda: ["V4", "IT"], "none": list},
            model=self.make_model,
        )

    def spec(self, input_shape=(64, 64, 1), degrees=8.0):
        if input_shape[0] < 12:
            raise ValueError("The map of V4 has shrunk to nothing.")
        return SimpleNamespace(input_shape=input_shape)

    def render(self, n):
        self.rendering.set()
        self.may_render.wait(10)
        self.asked.append(f"render {n}")
        return Images(n)

    def fail(self, n):
        raise OSError("There is no network: cifar10 cannot be downloaded.")

    def make_model(self, *parts):
        self.asked.append(parts)
        return SimpleNamespace(train=self.train)

    def train(self, images, epochs):
        run = self.make_run(self.model)
        run.join = lambda timeout: True
        self.asked.append(f"train {len(images)} images of {images.images.shape[1]} for {epochs:g}")
        self.runs.append(run)
        return run

    def score(self, run, recordings):
        score = SimpleNamespace(run=run, recordings=recordings, latest=None, error=None, alive=True, closed=False)
        score.close = lambda: setattr(score, "closed", True)
        self.scores.append(score)
        return score


def train(page, lab):
    page.click(lab._train)
    assert lab._work.wait(10)


def finish(page, lab, world, ticker):
    lab.run.state = "finished"
    for score in world.scores:
        score.alive = False
    for _ in range(4):
        lab.run.do_jobs()
        ticker.round()
        for panel in (lab.monitor.panel, lab.kernels.panel):
            page.say(panel, kind="ack", sequence=panel.sequence)
