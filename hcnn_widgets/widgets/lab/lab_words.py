"""Words of the dashboard before there is a training."""

INVITATION = "Press Train to begin."
TO_COME = {
    "strip": "The network's answers to images that it has not learned from",
    "trace": "How well each area predicts the brain, over training",
    "bars": "How well each model area predicts each brain area",
    "curves": "Loss and score, step by step",
    "kernels": "Kernels of the first area, as they form",
    "network": "An image on its way through the areas",
}
"""What there will be in each panel: one invitation is enough."""
