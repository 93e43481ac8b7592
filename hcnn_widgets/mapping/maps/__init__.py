"""Linear maps from units to sites: regressions, splits, all folds at once, baselines."""
