"""Verbs that read something: frozen results, never rows of the database."""
