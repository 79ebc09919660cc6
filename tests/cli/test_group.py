"""The command line as a whole: light, documented to the last option, and found in the README."""

from __future__ import annotations

import inspect
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from conflictdata.cli import COMMANDS, main
from conflictdata.cli.commands.release import RELEASES
from conflictdata.cli.lazy_group import LazyGroup

ROOT = Path(__file__).parents[2]
HEAVY = ("pydantic", "jsonschema", "referencing", "rich", "pandas", "polars", "orjson", "conflictdata.model")


def _python(script: str) -> str:
    ended = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True)
    return ended.stdout


def _all_commands() -> Iterator[tuple[str, click.Command]]:
    """Every command, those of groups within the group included, by the words that call it."""
    ahead: list[tuple[str, LazyGroup]] = [("", main)]
    while ahead:
        words, group = ahead.pop()
        for name in group.list_commands(click.Context(group)):
            command = group.get_command(click.Context(group), name)
            assert command is not None, name
            yield f"{words} {name}".strip(), command
            if isinstance(command, LazyGroup):
                ahead.append((f"{words} {name}".strip(), command))


CALLED = dict(_all_commands())
EVERY = {words: command for words, command in CALLED.items() if not words.startswith("export ")}
"""Every command but the formats of `export`, which are documented where they are declared."""


@pytest.mark.parametrize(
    "what", ["import conflictdata.cli", "from conflictdata.cli import main; main(['--help'], standalone_mode=False)"]
)
def test_what_is_heavy_is_not_loaded_to_ask_for_help(what: str) -> None:
    loaded = _python(f"{what}\nimport sys; print(*[name for name in {HEAVY} if name in sys.modules], sep=',')")
    assert loaded.splitlines()[-1] == ""


def test_help_and_completion_of_names_import_no_command() -> None:
    loaded = _python(
        "from conflictdata.cli import COMMANDS, main; import click, sys\n"
        "main(['--help'], standalone_mode=False)\n"
        "main.shell_complete(click.Context(main), '')\n"
        "print(*[e.module for e in COMMANDS.values() if f'conflictdata.cli.{e.module}' in sys.modules], sep=',')"
    )
    assert loaded.splitlines()[-1] == ""


def test_the_line_of_help_is_the_first_of_the_commands_own() -> None:
    for name, entry in COMMANDS.items():
        assert entry.help == inspect.cleandoc(EVERY[name].help or "").split("\n")[0]


def test_no_module_of_commands_is_left_out_of_the_table() -> None:
    folder = ROOT / "conflictdata" / "cli"
    holding = {path.stem for path in folder.rglob("*.py") if "\ndef command(" in path.read_text()}
    listed = {entry.module for entry in (*COMMANDS.values(), *RELEASES.values())}
    assert {module for module in holding if "." not in module} <= {name.split(".")[-1] for name in listed}


def test_every_command_is_documented_with_an_example_that_calls_it() -> None:
    for words in EVERY:
        text = inspect.cleandoc(EVERY[words].help or "")
        assert f"conflictdata {words}" in text.partition("Example:")[2], text


def test_every_option_says_what_it_does_and_every_argument_is_explained() -> None:
    for words in EVERY:
        command = EVERY[words]
        for parameter in command.params:
            if isinstance(parameter, click.Option):
                assert len(parameter.help or "") > 10, parameter.name
                assert (parameter.help or "")[-1] in ".]", parameter.help
            else:
                shown = parameter.make_metavar(click.Context(command)).strip("[].")
                assert not parameter.required or shown in inspect.cleandoc(command.help or ""), shown


def test_every_example_is_understood() -> None:
    for words in EVERY:
        text = inspect.cleandoc(EVERY[words].help or "").partition("Example:")[2]
        calls = re.findall(r"^ *conflictdata (.+?)(?: [>|].*)?$", text, re.MULTILINE)
        assert calls
        for call in calls:
            option = {name for name in call.split() if name.startswith("--")}
            called = next(CALLED[begun] for n in (3, 2, 1) if (begun := " ".join(call.split()[:n])) in CALLED)
            known = {name for parameter in called.params for name in (*parameter.opts, *parameter.secondary_opts)}
            assert option <= known, call


def test_every_command_has_its_place_in_the_readme() -> None:
    for words in EVERY:
        readme = (ROOT / "README.md").read_text(encoding="utf-8")
        assert re.search(rf"conflictdata {words}\b", readme), words


def _options_read_once() -> Iterator[tuple[str, str]]:
    """Each command with each option that it takes once, by the words that call it."""
    for words, command in _all_commands():
        if not isinstance(command, LazyGroup):
            for option in command.params:
                if isinstance(option, click.Option) and not (option.is_flag or option.multiple):
                    yield words, option.opts[-1]


def test_an_option_of_which_only_the_last_would_be_read_is_not_given_twice() -> None:
    for words, option in _options_read_once():
        ended = CliRunner().invoke(main, [*words.split(), option, "2016-01-01", f"{option}=2016-01-02"])
        assert ended.exit_code == 2, (words, option)
        assert "is given twice" in ended.output, (words, option)


def test_without_a_command_the_help_is_shown() -> None:
    shown = CliRunner().invoke(main, [])
    assert all(name in shown.output for name in COMMANDS)


def test_versions_of_package_schema_and_release_are_reported() -> None:
    told = CliRunner().invoke(main, ["--version"])
    assert told.exit_code == 0
    assert re.fullmatch(r"conflictdata \S+, schema \d+\.\d+\.\d+, (release \S+|unreleased records)\n", told.stdout)


def test_a_command_that_is_not_there_is_misuse_and_the_nearest_is_named() -> None:
    told = CliRunner().invoke(main, ["valdiate"])
    assert told.exit_code == 2
    assert "validate" in told.stderr


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("conflictdata dis", {"disputes"}),
        ("conflictdata list --type air", {"air_strike", "air_campaign"}),
        ("conflictdata show CD-000", {f"CD-000{n}" for n in range(1, 10)}),
        ("conflictdata export j", {"json", "jsonl"}),
        ("conflictdata figures --by y", {"year"}),
        ("conflictdata schema b", {"bundle"}),
        ("conflictdata timeline yp", {"ypg", "ypj"}),
    ],
)
def test_commands_codes_ids_and_formats_are_completed(words: str, expected: set[str]) -> None:
    env = {
        "_CONFLICTDATA_COMPLETE": "bash_complete",
        "COMP_WORDS": words,
        "COMP_CWORD": str(len(words.split()) - 1),
    }
    ended = CliRunner().invoke(main, [], env=env, prog_name="conflictdata")
    assert {line.partition(",")[2] for line in ended.stdout.splitlines()} == expected, ended.output


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_a_request_for_completions_that_no_shell_made_is_one_message(shell: str) -> None:
    env = {"_CONFLICTDATA_COMPLETE": f"{shell}_complete", "COMP_WORDS": None, "COMP_CWORD": None}
    ended = CliRunner().invoke(main, [], env=env, prog_name="conflictdata")
    assert ended.exit_code == 2 and ended.stderr.startswith("error: ") and ended.stderr.count("\n") == 1


@pytest.mark.parametrize("words", [[], ["export"], ["release"]])
def test_without_a_command_the_help_is_printed_as_it_is(words: list[str]) -> None:
    done = CliRunner().invoke(main, words)
    assert done.exit_code == 2
    assert "\\u{" not in done.output and "\n  " in done.output and "Usage:" in done.output
