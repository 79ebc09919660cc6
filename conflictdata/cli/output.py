"""Output: results on stdout, messages and progress on stderr, with control characters escaped."""

from __future__ import annotations

import codecs
import io
import os
import re
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, BinaryIO, TextIO

import click

from conflictdata.errors import CannotWrite

if TYPE_CHECKING:
    from pathlib import Path

# Controls, direction marks, characters without width, line separators, and surrogates.
_HIDDEN = re.compile(
    "[\x00-\x1f\x7f-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2028-\u202e"
    "\u2060-\u206f\u3164\ud800-\udfff\ufdd0-\ufdef\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\ufffe\uffff"
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)


def escape(text: str) -> str:
    r"""The text with every invisible or control character, line feeds included, as `\u{...}`."""
    if text.isascii() and text.isprintable():  # as most text is: a fifth of the time of searching it
        return text
    return _HIDDEN.sub(lambda hidden: f"\\u{{{ord(hidden[0]):x}}}", text)


def say(line: object = "", *, strong: bool = False) -> None:
    """Print one line of a result on stdout; `strong` is bold on a terminal with colours."""
    text = escape(str(line))
    with telling_stdout() as stream:
        _put(f"\x1b[1m{text}\x1b[0m" if strong and takes_colour() else text, stream)


def say_all(lines: Iterable[str]) -> None:
    """Print lines of a result on stdout at once, which takes a tenth of the time of one after another."""
    if texts := [escape(line) for line in lines]:
        with telling_stdout() as stream:
            _put("\n".join(texts), stream)


def talk(line: object) -> None:
    """Print one line about progress on stderr."""
    _put(escape(str(line)), sys.stderr)


def tell(error: click.ClickException) -> None:
    """Print an error on stderr; after a usage error, also how to get help; without a command, the help itself."""
    if isinstance(error, click.exceptions.NoArgsIsHelpError):
        _put(error.message, sys.stderr)
        return
    context = error.ctx if isinstance(error, click.UsageError) else None
    _put(f"error: {error.message}", sys.stderr)
    if context is not None:
        _put(f"Help: {context.command_path} --help", sys.stderr)


def write(chunks: Iterable[bytes]) -> None:
    """Write UTF-8 to stdout: unchanged to a file or pipe, with control characters escaped on a terminal."""
    with telling_stdout() as stream:
        if stream.isatty():
            for line in _lines(chunks):
                _put(escape(line), stream)
            return
        stream.flush()
        if hasattr(stream, "buffer"):
            for chunk in chunks:
                stream.buffer.write(chunk)
        else:
            _write_text(chunks, stream)
        stream.flush()


def _write_text(chunks: Iterable[bytes], stream: TextIO) -> None:
    """Write to a stream of text alone, such as that of a notebook."""
    try:
        for text in codecs.iterdecode(chunks, "utf-8"):
            stream.write(text)
    except UnicodeDecodeError as error:
        from pathlib import Path

        raise CannotWrite(Path("standard output"), "it takes text alone; give a file with -o") from error


def many(count: int, one: str) -> str:
    """A number with its noun: `1 error`, `2 errors`."""
    return f"{count} {one}" if count == 1 else f"{count} {one}s"


def is_terminal() -> bool:
    """Whether stdout is a terminal."""
    return sys.stdout.isatty()


def takes_colour() -> bool:
    """Whether results may have colours: on a terminal, unless NO_COLOR is set or TERM is dumb."""
    return is_terminal() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def abandon(stream: TextIO) -> None:
    """Discard what is still to be written, so that closing the stream does not fail again."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, stream.fileno())
    os.close(nowhere)


def encodable(text: str, stream: TextIO) -> str:
    """The text with escapes for characters outside the stream's encoding, so that an Arabic name can be printed."""
    if text.isascii():
        return text
    encoding = stream.encoding or "utf-8"
    return text.encode(encoding, errors="backslashreplace").decode(encoding)


def _put(text: str, stream: TextIO) -> None:
    click.echo(encodable(text, stream), file=stream, color=True)


def _lines(chunks: Iterable[bytes]) -> Iterator[str]:
    rest = ""
    for text in codecs.iterdecode(chunks, "utf-8"):
        *whole, rest = (rest + text).split("\n")
        yield from whole
    if rest:
        yield rest


@contextmanager
def telling_stdout() -> Iterator[io.TextIOWrapper]:
    """Standard output; `CannotWrite` if writing fails, except for a closed pipe."""
    try:
        yield sys.stdout  # type: ignore[misc]  # always a text layer over bytes here
    except BrokenPipeError:
        raise
    except OSError as error:
        from pathlib import Path

        abandon(sys.stdout)
        raise CannotWrite(Path("standard output"), error.strerror or str(error)) from error


@contextmanager
def reading(path: Path) -> Iterator[BinaryIO]:
    """The opened file; if stderr is a terminal, a progress bar shows how much has been read."""
    with path.open("rb") as stream:
        if sys.stderr is None or not sys.stderr.isatty():
            yield stream
            return
        with click.progressbar(length=path.stat().st_size, label=escape(path.name), file=sys.stderr) as bar:
            yield _Watched(stream, bar.update)  # type: ignore[misc]  # a stream of which only lines are asked


class _Watched:
    """Lines of a stream, with a call of `progress` for the bytes of each."""

    def __init__(self, stream: BinaryIO, progress: Callable[[int], None]) -> None:
        self._stream = stream
        self._progress = progress

    def readline(self, limit: int = -1) -> bytes:
        """The next line."""
        line = self._stream.readline(limit)
        self._progress(len(line))
        return line
