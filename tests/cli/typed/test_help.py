"""What every command and option says of itself, in Chinese and in English, and never in both."""

import re

import click

from cli.typed.commands import Command, path_of, width
from cli.typed.kinds import Choice, Whole
from cli.typed.language import speak
from cli.typed.yuan import Yuan
from tests.cli.typed.tree import groups, leaves
from texts.lines import Language, line_rows, line_text

CHINESE = re.compile("[⺀-鿿]")


def context_of(words: tuple[str, ...], command: click.Command) -> click.Context:
    above: click.Context | None = None
    for word in ("starter.py", *words[:-1]):
        above = click.Context(click.Command(word), info_name=word, parent=above)
    return click.Context(command, info_name=words[-1], parent=above)


def said_of(words: tuple[str, ...], command: Command, language: Language) -> dict[str, str]:
    """What is said of the command, and of each of its options."""
    context = context_of(words, command)
    path = path_of(context)
    options = [one for one in command.get_params(context) if isinstance(one, click.Option)]
    return {path: command.about(path, language)} | {
        f"{path} {one.opts[0]}": command.option_about(path, one, language) for one in options
    }


def test_every_command_and_every_option_explains_itself_in_both_languages() -> None:
    wrong = []
    for words, command in leaves():
        english, chinese = (said_of(words, command, language) for language in ("en", "zh"))
        wrong += [key for key, text in english.items() if not re.search("[a-z]", text)]
        wrong += [key for key, text in chinese.items() if not CHINESE.search(text)]
        if words not in (("import",),):  # its columns are written in Chinese files, and are named as they stand there
            wrong += [key for key, text in english.items() if CHINESE.search(re.sub("law: .*", "", text))]
    assert wrong == []


def test_help_fits_eighty_columns() -> None:
    wide = []
    for words, command in leaves():
        for language in ("en", "zh"):
            speak(("--lang", language))
            told = command.get_help(context_of(words, command))
            wide += [(words, line) for line in told.splitlines() if width(line) > 80]
    assert wide == []


def test_every_command_of_commands_is_told_in_both_languages() -> None:
    missing = [words for words in groups() if " ".join(words or ("starter.py",)) not in line_rows("commands")]
    assert missing == []


def test_no_kind_of_value_is_judged_in_a_librarys_words() -> None:
    plain = (click.types.StringParamType, click.types.BoolParamType, click.types.UnprocessedParamType)
    ours = (Choice, Whole, Yuan, *plain)
    wrong = [
        (words, one.name, one.type)
        for words, command in leaves()
        for one in command.params
        for kind in (one.type.types if isinstance(one.type, click.Tuple) else (one.type,))
        if not isinstance(kind, ours)
        and not (isinstance(kind, click.Path) and not kind.exists and kind.file_okay and kind.dir_okay)
    ]
    assert wrong == []


def test_the_environment_chooses_the_language_and_the_command_line_chooses_before_it() -> None:
    assert speak((), {"LANG": "zh_CN.UTF-8"}) == "zh"
    assert speak((), {"LANG": "zh_CN.UTF-8", "LC_ALL": "C.UTF-8"}) == "en", "LC_ALL decides"
    assert speak((), {"LANG": "en_GB.UTF-8", "LC_MESSAGES": "zh_TW"}) == "zh"
    assert speak((), {}) == "en"
    assert speak(("list", "--lang", "zh"), {"LANG": "en_GB"}) == "zh"
    assert speak(("list", "--lang=en"), {"LANG": "zh_CN"}) == "en"


def test_the_texts_of_the_command_line_are_in_both_languages() -> None:
    for kind in ("commands", "options", "columns", "placeholders", "heads", "sentences", "demo"):
        for key in line_rows(kind):
            assert not CHINESE.search(line_text(kind, key, "en")), (kind, key)
