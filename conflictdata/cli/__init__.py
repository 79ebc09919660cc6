"""The command line: each command parses, calls one function and prints; modules load when they are used."""

from __future__ import annotations

import click

from conflictdata.cli.lazy_group import Entry, LazyGroup

LOOK, TAKE, CHECK, CURATE = "Look", "Export and releases", "Validate and format", "Write records"

COMMANDS = {
    "list": Entry("list", "List events, claims, actors, places, sources or another table.", LOOK),
    "show": Entry("show", "Show one record: event, claim, actor, place or source.", LOOK),
    "explain": Entry("explain", "Explain an event: dates, place, grade, figures and disputes with their claims.", LOOK),
    "trace": Entry("trace", "Show the documents and paragraphs that a claim comes from.", LOOK),
    "disputes": Entry("disputes", "List claims that contradict each other, with both sides.", LOOK),
    "figures": Entry("figures", "Count the killed, injured or captured, as a range from low to high.", LOOK),
    "control": Entry("control", "Show who held a place on a day or over time, and who says so.", LOOK),
    "timeline": Entry("timeline", "List the events that an actor took part in, in order of time.", LOOK),
    "browse": Entry("browse", "Open the explorer in the browser: map, timeline, claims and contradictions.", LOOK),
    "export": Entry("export", "Write the dataset in another format.", TAKE),
    "read": Entry("read", "Check a file in the column layout of ACLED or of UCDP GED.", CHECK),
    "match": Entry("match", "Find our incidents in a file in the column layout of ACLED or of UCDP GED.", LOOK),
    "cite": Entry(
        "cite",
        "Print a citation of the dataset and its data sources, or of one event and its documents.",
        TAKE,
    ),
    "get": Entry("get", "Download a release.", TAKE),
    "diff": Entry("diff", "Compare two releases: what changed, by record and field, and why.", TAKE),
    "release": Entry("release", "Plan, build, verify and list releases.", TAKE),
    "doctor": Entry(
        "doctor",
        "Print versions, where the data comes from, whether it is complete, and which extras are installed.",
        CHECK,
    ),
    "validate": Entry("validate", "List the errors and warnings in records.", CHECK),
    "format": Entry("format", "Format records (canonical key order, spacing and number form).", CHECK),
    "new": Entry("new", "Create the skeleton of a new record.", CURATE),
    "texts": Entry("texts", "Write the text files of a corpus, as the records cite them.", CURATE),
    "similar": Entry("similar", "List events that may be duplicates of an event.", CURATE),
    "digest": Entry("digest", "Number the paragraphs of a text and print their digests.", CURATE),
    "codes": Entry("codes", "Print a codelist: each code and what it means.", CURATE),
    "schema": Entry("schema", "Print a JSON Schema of this project.", CURATE),
}
"""Every command: its module in `commands`, its line of help, and its heading in the list."""

_COMPLETION = """\b
Completion of commands, options, ids and codes in bash, zsh or fish:
  eval "$(_CONFLICTDATA_COMPLETE=bash_source conflictdata)"
  eval "$(_CONFLICTDATA_COMPLETE=zsh_source conflictdata)"
  _CONFLICTDATA_COMPLETE=fish_source conflictdata | source
"""


def _version(ctx: click.Context, _: click.Parameter, wanted: bool) -> None:
    if wanted and not ctx.resilient_parsing:
        from conflictdata import __version__
        from conflictdata.release.version import release_of
        from conflictdata.resources import SCHEMA_VERSION, is_carried

        release = release_of(__version__)
        released = release is not None and is_carried(f"releases/{release}/dataset.json")
        carries = f"release {release}" if released else "unreleased records"
        click.echo(f"conflictdata {__version__}, schema {SCHEMA_VERSION}, {carries}")
        ctx.exit()


@click.group(
    cls=LazyGroup,
    entries=COMMANDS,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog=_COMPLETION,
)
@click.option(
    "--version", is_flag=True, is_eager=True, expose_value=False, callback=_version, help="Show the versions and exit."
)
def main() -> None:
    """The war against Islamic State in Syria and Iraq, 2014-2017: every number traced to who said it.

    Results are printed on stdout, messages on stderr. Exit status: 0 for success; 1 for errors in data, unknown names
    and failed actions; 2 for a wrong command or option.
    """
