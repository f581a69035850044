"""Polyvocal: qualitative data analysis for teams of ethnographers."""
