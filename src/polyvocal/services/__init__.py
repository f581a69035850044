"""What a person can do, one verb a function: commands change something, queries read something."""
