"""What an operation of the history is called where it can be undone or redone: "code 'means of protest'"."""

from polyvocal.services.queries.project import Step
from polyvocal.services.queries.steps import step_in_words


def named_step(step: Step) -> str:
    """The operation in a few words, with the name of what it is about."""
    return step_in_words(step.kind, step.name)
