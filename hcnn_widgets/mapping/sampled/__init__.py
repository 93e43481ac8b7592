"""Model areas as generative models of brain areas: sites drawn as electrodes draw them, and a test of the claim."""
