"""Verbs that change something: each is one operation of the journal and gives a ChangeSet."""
