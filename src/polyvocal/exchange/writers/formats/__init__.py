"""What is written into: files that are replaced whole, and one module a format."""
