"""Measurements of speed and size, as ratios against peers, side by side in one run. `make bench` runs them all."""
