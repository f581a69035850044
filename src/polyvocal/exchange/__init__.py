"""The border: files into sources, results into files. What comes from outside is validated here."""
