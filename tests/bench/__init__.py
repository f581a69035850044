"""Benchmarks: every figure as a ratio to a baseline that is measured in the same run. `python3 dev.py bench`."""
