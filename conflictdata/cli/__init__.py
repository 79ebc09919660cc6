"""The command line: each command parses, calls one function, reports and exits; nothing loads before it is used."""

from __future__ import annotations

import click

from conflictdata.cli.lazy_group import Entry, LazyGroup

LOOK, CHECK, CURATE, TAKE = "Look", "Check", "Curate", "Take away"

COMMANDS = {
    "list": Entry("list", "List events, claims, actors, places, sources or another table.", LOOK),
    "show": Entry("show", "Show one record whole; an event ends with a sentence that may be printed.", LOOK),
    "trace": Entry("trace", "Show the way from a claim back to the paragraph that says it.", LOOK),
    "disputes": Entry("disputes", "List the claims that contradict each other, with both sides.", LOOK),
    "figures": Entry("figures", "Say how many were killed, injured or captured, as a range.", LOOK),
    "control": Entry("control", "Say who held a place on a day, on whose word, or that it is not known.", LOOK),
    "timeline": Entry("timeline", "List the events that an actor took part in, in order of time.", LOOK),
    "browse": Entry("browse", "Open the explorer in the browser: map, timeline, claims and contradictions.", LOOK),
    "export": Entry("export", "Write the dataset in another format.", TAKE),
    "read": Entry("read", "Check a file in the column layout of ACLED or UCDP GED.", CHECK),
    "match": Entry("match", "Find our incidents in a file of ACLED's or UCDP's layout.", LOOK),
    "cite": Entry("cite", "Say how to cite the dataset, or one event with its documents.", TAKE),
    "get": Entry("get", "Fetch a release into the cache.", TAKE),
    "diff": Entry("diff", "Say what differs between two releases, by record and field, and why.", TAKE),
    "release": Entry("release", "Build, verify and list releases.", TAKE),
    "validate": Entry("validate", "Report every fault in records, by default those of the installed dataset.", CHECK),
    "format": Entry("format", "Rewrite records in their one spelling.", CHECK),
    "new": Entry("new", "Print a scaffold of a new record.", CURATE),
    "texts": Entry("texts", "Write the text files of a corpus, as the records cite them.", CURATE),
    "similar": Entry("similar", "List the events that may be the same as one.", CURATE),
    "digest": Entry("digest", "Number the paragraphs of a text and print their digests.", CURATE),
    "codes": Entry("codes", "Print a codelist: each code and what it means.", CURATE),
    "schema": Entry("schema", "Print a JSON Schema of this project.", CURATE),
}
"""Every command: the module of this package that holds it, its line of help, and the heading it stands under."""

_COMPLETION = """\b
To complete commands, options, ids and codes in bash, zsh or fish:
  eval "$(_CONFLICTDATA_COMPLETE=bash_source conflictdata)"
  eval "$(_CONFLICTDATA_COMPLETE=zsh_source conflictdata)"
  _CONFLICTDATA_COMPLETE=fish_source conflictdata | source
"""


def _version(ctx: click.Context, _: click.Parameter, wanted: bool) -> None:
    if wanted and not ctx.resilient_parsing:
        from conflictdata.cli.version_line import version_line

        click.echo(version_line())
        ctx.exit()


@click.group(
    cls=LazyGroup,
    entries=COMMANDS,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog=_COMPLETION,
)
@click.option(
    "--version", is_flag=True, is_eager=True, expose_value=False, callback=_version, help="Show versions and exit."
)
def main() -> None:
    """The war against Islamic State in Syria and Iraq, 2014-2017: every number traced to who said it.

    Results are printed on stdout, everything else on stderr. The exit status is 0, or 1 for faults in data and what
    cannot be done, or 2 for a command that is not understood.
    """
