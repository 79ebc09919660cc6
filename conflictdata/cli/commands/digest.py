"""`conflictdata digest`: paragraph numbers and digests for citing a text."""

from __future__ import annotations

from pathlib import Path

import click

from conflictdata.cli.lazy_group import Command
from conflictdata.cli.options import EXISTING_FILE, FORM
from conflictdata.cli.output import many, talk
from conflictdata.cli.param_types import Number
from conflictdata.cli.table_output import print_table


@click.command(cls=Command)
@click.argument("file", type=EXISTING_FILE)
@click.argument("numbers", metavar="[PARAGRAPH]...", nargs=-1, type=Number())
@click.option("--show", is_flag=True, help="Print the text of the paragraphs too.")
@FORM
def command(file: Path, numbers: tuple[int, ...], show: bool, form: str) -> None:
    """Number the paragraphs of a text and print their digests.

    FILE is a text in UTF-8 with one paragraph per line. Without PARAGRAPH all paragraphs are printed. The SHA-256 of
    the file and its number of paragraphs, which a source record needs, are printed on stderr.

    \b
    Example:
      conflictdata digest texts/article.txt 4 7 --show
    """
    from conflictdata.analysis.paragraph_digests import digest, paragraphs
    from conflictdata.curation.scaffolds import read_text

    text, sha256 = read_text(file)
    found = paragraphs(text)
    if beyond := [number for number in numbers if number > len(found)]:
        raise click.ClickException(
            f"{file} has {many(len(found), 'paragraph')} and no paragraph {beyond[0]}; choose a smaller number"
        )
    rows = [(n, digest(found[n - 1]), *((found[n - 1],) if show else ())) for n in numbers or range(1, len(found) + 1)]
    print_table(("paragraph", "digest", *(("text",) if show else ())), rows, form)
    if text.startswith("\ufeff"):
        talk("the text begins with a byte order mark, which is part of the first paragraph and of its digest")
    talk(f"{many(len(found), 'paragraph')}, sha256 {sha256}")
