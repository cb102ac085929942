"""How what is due is said: the text of its task, or its name, and whether its day can still move."""

from cli.output import head, sentence
from cli.typed.language import spoken
from texts.words import task_text


def said_in_short(what: str) -> str:
    """What is to be done; a turning point that asks for nothing has a name only."""
    text = task_text(what)
    return str(getattr(text, spoken())) if text else head(what)


def provisional(is_provisional: bool) -> str:
    """Stands behind a day."""
    return f" ({sentence('provisional')})" if is_provisional else ""
