"""Panel of model areas as generative models: drawn units beside recorded sites, and the claim tested."""
