"""The views of the window: Setting, Read, Compare. None knows of another; each follows the bus."""
