"""What a comparison of RDMs says beyond these subjects and stimuli: tests, bootstrap, reweighting."""
