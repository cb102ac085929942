"""The one language that a terminal is spoken to in: ``--lang``, else what the environment says, else English."""

import os
from collections.abc import Mapping, Sequence
from contextvars import ContextVar
from typing import get_args

from texts.lines import Language

LANGUAGE_OPTION = "--lang"
_VARIABLES = ("LC_ALL", "LC_MESSAGES", "LANG")
"""In the order in which POSIX lets them decide."""
_spoken: ContextVar[Language] = ContextVar("language", default="en")


def spoken() -> Language:
    """The language of this run."""
    return _spoken.get()


def speak(arguments: Sequence[str], environment: Mapping[str, str] = os.environ) -> Language:
    """Chooses the language before anything is parsed, since what cannot be parsed is told in it."""
    language = _asked(arguments) or _of_environment(environment)
    _spoken.set(language)
    return language


def _asked(arguments: Sequence[str]) -> Language | None:
    given = [
        value.removeprefix(f"{LANGUAGE_OPTION}=")
        for option, value in zip(("", *arguments), arguments, strict=False)
        if option == LANGUAGE_OPTION or value.startswith(f"{LANGUAGE_OPTION}=")
    ]
    return next((language for language in get_args(Language) if given and language == given[-1]), None)


def _of_environment(environment: Mapping[str, str]) -> Language:
    decides = next((environment[name] for name in _VARIABLES if environment.get(name)), "")
    return "zh" if decides.lower().startswith("zh") else "en"
