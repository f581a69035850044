"""What asks the person for something."""
