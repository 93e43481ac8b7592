"""Inference from comparisons of RDMs to other subjects and stimuli: tests, bootstrap, reweighting."""
