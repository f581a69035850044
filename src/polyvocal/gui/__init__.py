"""The window, and the only room with Qt. What it shows and changes goes through the same services as a command."""
