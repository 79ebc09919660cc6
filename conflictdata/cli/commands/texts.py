"""`conflictdata texts`: the text files of a corpus, by a rule that anyone can repeat."""

from __future__ import annotations

from pathlib import Path

import click

from conflictdata.cli.lazy_group import Command
from conflictdata.cli.options import EXISTING_FILE
from conflictdata.cli.output import many, talk
from conflictdata.cli.param_types import UserPath


@click.command(cls=Command)
@click.argument("corpus", metavar="CORPUS", type=click.Choice(["fa-kes"]))
@click.argument("file", type=EXISTING_FILE)
@click.option(
    "-o",
    "--output",
    metavar="DIR",
    required=True,
    type=UserPath(file_okay=False),
    help="Output folder.",
)
def command(corpus: str, file: Path, output: Path) -> None:
    """Write the text files of a corpus, as the records cite them.

    CORPUS is fa-kes. FILE is its file FA-KES-Dataset.csv (https://doi.org/10.5281/zenodo.2607278). Each article becomes
    a file `fa-kes-UNIT_ID.txt`: its title, then one sentence per line. Characters outside ASCII become one space. An
    existing file with the same content is kept. If a file exists with other content, nothing is written.

    \b
    Example:
      conflictdata texts fa-kes FA-KES-Dataset.csv -o texts/
    """
    from conflictdata.atomic import is_taken, write_bytes
    from conflictdata.curation.fa_kes_text_files import read_articles
    from conflictdata.errors import AlreadyExists

    files = read_articles(file)
    new = {name: data for name, data in files.items() if not _is_there(output / name, data)}
    if other := next((output / name for name in new if is_taken(output / name)), None):
        raise AlreadyExists(other)
    output.mkdir(parents=True, exist_ok=True)
    for name, data in new.items():
        write_bytes(output / name, data, replace=False)
    talk(f"wrote {many(len(new), 'text')} to {output}; {len(files) - len(new)} existed already")


def _is_there(path: Path, data: bytes) -> bool:
    return path.is_file() and path.read_bytes() == data
