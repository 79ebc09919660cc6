"""The slow and exact parser: whether a document is well formed, and if not, where its first error is and what to do."""

from __future__ import annotations

import json
import re
import unicodedata
from typing import TypeAlias

from conflictdata.canonical.limits import MAX_DECIMALS, MAX_DEPTH, MAX_INTEGER_DIGITS, is_spelled
from conflictdata.findings import Code, Finding

BYTE_ORDER_MARK = b"\xef\xbb\xbf"
NUL = "a NUL byte: the file is UTF-16 or damaged; save it as UTF-8"
"""The message for a NUL byte."""

_OTHER_KINDS = (
    (0, b"PK\x03\x04", "a zip archive or a workbook of a spreadsheet"),
    (0, b"\x1f\x8b", "a gzip archive"),
    (257, b"ustar", "a tar archive"),
    (0, b"SQLite format 3\0", "a database"),
    (0, b"PAR1", "a Parquet file"),
    (0, b"%PDF-", "a PDF"),
)
"""Kinds of files that users give instead of text: the position and the bytes that identify them."""

_SPACE = re.compile(rb"[ \t\n\r]*+")
_UNCLOSED = rb'"[^"\\\x00-\x1f]*+(?:\\(?:["\\/bfnrt]|u[0-9A-Fa-f]{4})[^"\\\x00-\x1f]*+)*+'
_STRING_SO_FAR = re.compile(_UNCLOSED)
_WORD = re.compile(rb"[-+.0-9A-Za-z_]++")
_TOKEN = re.compile(rb"[ \t\n\r]*+([{}\[\],:]|" + _UNCLOSED + rb'"|' + _WORD.pattern + rb")")
# Items that are certainly correct, each with its comma; a long run of them is skipped in one step.
_PLAIN_ITEMS = re.compile(
    rb"(?:[ \t\n\r]*+"
    rb'(?:"[^"\\\x00-\x1f]*+"|0|[1-9][0-9]{0,8}+|true|false|null|\[[ \t\n\r]*+\]|\{[ \t\n\r]*+\})'
    rb"[ \t\n\r]*+,)++"
)
_ESCAPE = re.compile(
    rb"\\u[dD][89abAB]..\\u[dD][c-fC-F]..|\\(?:(u[dD][89a-fA-F])|.)"
)  # group 1: a surrogate without its pair
_LIKE_THOUSANDS = re.compile(r"[1-9][0-9]{0,2}\.[0-9]{3}")
_LIKE_A_NUMBER = re.compile(rb"[-+.]*(?:[0-9]|nan$|inf(?:inity)?$)", re.IGNORECASE)

# What may come next, in words, and the characters that may begin it; "w" stands for a number, true, false or null.
_VALUE = "a value"
_FIRST_ITEM = "a value or ']'"
_NEXT_ITEM = "',' or ']'"
_FIRST_NAME = "a member name in double quotes or '}'"
_NAME = "a member name in double quotes"
_COLON = "':'"
_NEXT_MEMBER = "',' or '}'"
_END = "nothing more"
_ALLOWED = {
    _VALUE: b'{["w',
    _FIRST_ITEM: b'{["w]',
    _NEXT_ITEM: b",]",
    _FIRST_NAME: b'"}',
    _NAME: b'"',
    _COLON: b":",
    _NEXT_MEMBER: b",}",
    _END: b"",
}
_KINDS = {b"[": "an array", b'"': "a string", b"n": "null", b"t": "true", b"f": "false"}

_Fault: TypeAlias = tuple[Code, int, str]


def find_fault(data: bytes, file: str, line: int = 1) -> Finding | None:
    """The first fault of `data`, at its byte offset, or None; `line` is the number of its first line in `file`."""
    fault = _fault_of_encoding(data) or _fault_of_grammar(data)
    if fault is None:
        return None
    code, offset, message = fault
    line_start = data.rfind(b"\n", 0, offset) + 1
    line += data.count(b"\n", 0, offset)
    column = len(data[line_start:offset].decode(errors="replace")) + 1
    return Finding(file, "", code, f"{message} (line {line}, column {column})", offset)


def other_kind(data: bytes) -> str | None:
    """The message for data that is known not to be text."""
    kind = next((kind for at, mark, kind in _OTHER_KINDS if data.startswith(mark, at)), None)
    return kind and f"expected text, found {kind}; give another file"


def _fault_of_encoding(data: bytes) -> _Fault | None:
    if not data or data.isspace():
        return Code.EMPTY_INPUT, 0, "the input is empty; expected one JSON object"
    if data.startswith(BYTE_ORDER_MARK):
        return Code.BYTE_ORDER_MARK, 0, "the file begins with a byte order mark; save it as UTF-8 without one"
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return Code.ENCODING, 0, "the file is UTF-16; save it as UTF-8"
    if message := other_kind(data):
        return Code.ENCODING, 0, message
    nul = data.find(0)
    try:
        data.decode()
    except UnicodeDecodeError as error:
        if nul < 0 or error.start < nul:
            byte = data[error.start]
            return (
                Code.ENCODING,
                error.start,
                f"byte 0x{byte:02X} is not UTF-8 ({error.reason}); save the file as UTF-8",
            )
    if nul >= 0:
        return Code.ENCODING, nul, NUL
    return None


def _fault_of_grammar(data: bytes) -> _Fault | None:
    inside: list[set[str] | None] = []  # the member names read so far in each open object; None for an open array
    expected = _VALUE
    position = 0
    while expected is not _END:
        token = _TOKEN.match(data, position)
        if token is None:
            return _unexpected(data, position, expected)
        text = token[1]
        mark = text[:1] if text[0] in b'{}[],:"' else b"w"
        if mark not in _ALLOWED[expected]:
            return _unexpected(data, position, expected)
        start, position = token.span(1)
        match mark:
            case b"{" | b"[":
                if len(inside) == MAX_DEPTH:
                    return (
                        Code.TOO_DEEP,
                        start,
                        f"objects and arrays are nested deeper than {MAX_DEPTH}, the maximum; make the record flatter",
                    )
                inside.append(set() if mark == b"{" else None)
                expected = _FIRST_NAME if mark == b"{" else _FIRST_ITEM
                continue
            case b",":
                expected = _VALUE if inside[-1] is None else _NAME
                if expected is _VALUE and len(inside) < MAX_DEPTH and (plain := _PLAIN_ITEMS.match(data, position)):
                    position = plain.end()
                continue
            case b":":
                expected = _VALUE
                continue
            case b'"':
                names = inside[-1] if expected in (_NAME, _FIRST_NAME) else None
                if fault := _fault_of_string(text, start) or _fault_of_name(text, start, names):
                    return fault
                if names is not None:
                    expected = _COLON
                    continue
            case b"w":
                if fault := _fault_of_word(text, start):
                    return fault
            case _:
                inside.pop()
        expected = _END if not inside else _NEXT_ITEM if inside[-1] is None else _NEXT_MEMBER
    return _fault_of_document(data, position)


def _fault_of_document(data: bytes, end: int) -> _Fault | None:
    start, rest = (_after_space(data, at) for at in (0, end))
    if rest < len(data):
        return _unexpected(data, end, _END)
    if data[start] != ord("{"):
        kind = _KINDS.get(data[start : start + 1], "a number")
        return Code.NOT_AN_OBJECT, start, f"expected one JSON object, found {kind}; write an object in braces"
    return None


def _fault_of_string(text: bytes, start: int) -> _Fault | None:
    for escape in _ESCAPE.finditer(text) if b"\\u" in text else ():
        if escape[1]:
            half = text[escape.start() : escape.start() + 6].decode()
            return (
                Code.LONE_SURROGATE,
                start + escape.start(),
                f"{half} is half of a surrogate pair; write the whole character",
            )
    return None


def _fault_of_name(text: bytes, start: int, names: set[str] | None) -> _Fault | None:
    """Reject a name that is already in `names`, else add it. Names that differ only in Unicode form are the same."""
    if names is None:
        return None
    name: str = json.loads(text.decode()) if b"\\" in text else text[1:-1].decode()
    # Normalising a long run of combining marks takes quadratic time, and no schema has so long a name.
    if not name.isascii() and len(name) <= 256:
        name = unicodedata.normalize("NFC", name)
    if name in names:
        return Code.DUPLICATE_MEMBER, start, f"the member {_quoted(name)} occurs twice in one object; remove one"
    names.add(name)
    return None


def _fault_of_word(text: bytes, start: int) -> _Fault | None:
    word = text.decode()
    if word in {"true", "false", "null"} or is_spelled(word):
        return None
    if not _LIKE_A_NUMBER.match(text):
        return Code.JSON_SYNTAX, start, f"expected a value, found {_quoted(word)}; put text in double quotes"
    return Code.NUMBER_SPELLING, start, misspelt(word)


def misspelt(word: str) -> str:
    """The message for a number that is not in canonical form, with the canonical form if it is known."""
    advice = f"use at most {MAX_INTEGER_DIGITS} digits, or 1 to {MAX_DECIMALS} decimals, and no exponent"
    if spelling := _spelling_of(word):
        advice = f"write {spelling}"
    elif not any(character.isdigit() for character in word):
        advice = "leave the member out if no number is known"
    elif "," in word:
        advice = "write a decimal point and no comma"
    return f"{_quoted(word)} is not a number in canonical form; {advice}"


def _spelling_of(word: str) -> str | None:
    """The canonical form of the number that `word` stands for; None if that is not known."""
    try:
        value = float(word[:40])
        spelling = str(int(value)) if value.is_integer() else repr(value)
    except (ValueError, OverflowError):
        return None
    if len(word) > 40 or not is_spelled(spelling) or (not value and re.search("[1-9].*e", word, re.IGNORECASE)):
        return None
    if _LIKE_THOUSANDS.fullmatch(word):
        return f"{spelling}, or {word.replace('.', '')} if the point separates thousands"
    return spelling


def _unexpected(data: bytes, position: int, expected: str) -> _Fault:
    at = _after_space(data, position)
    if at == len(data):
        return Code.JSON_SYNTAX, at, f"the text ends early; expected {expected}"
    if data.startswith(BYTE_ORDER_MARK, at):
        return Code.BYTE_ORDER_MARK, at, "a byte order mark inside the text; remove it, or split the joined files"
    if data[at] == ord('"'):
        return _fault_of_quotes(data, at, expected)
    word = _WORD.match(data, at)
    found = word[0].decode() if word else data[at : at + 4].decode(errors="ignore")[:1]
    return Code.JSON_SYNTAX, at, f"expected {expected}, found {_quoted(found)}{_hint(data, position, at, expected)}"


def _hint(data: bytes, position: int, at: int, expected: str) -> str:
    """A hint at what was probably meant by an unexpected token."""
    if data.startswith((b"//", b"/*", b"#"), at):
        return "; remove the comment"
    if expected is _END:
        return "; give one document only"
    if data.startswith((b"}", b"]"), at) and data.endswith(b",", 0, position):
        return "; remove the comma before it"
    if expected in (_NAME, _NEXT_MEMBER) and data[at : at + 1].isdigit():
        return "; write the digits of a number together"
    return ""


def _fault_of_quotes(data: bytes, at: int, expected: str) -> _Fault:
    """The error for a string in the wrong place, or without an end."""
    if b'"' not in _ALLOWED[expected]:
        return Code.JSON_SYNTAX, at, f"expected {expected}, found a string"
    so_far = _STRING_SO_FAR.match(data, at)
    end = so_far.end() if so_far else at
    if end == len(data):
        return Code.JSON_SYNTAX, end, "the text ends inside a string; add the quotation mark"
    if data[end] == ord("\\"):
        return Code.JSON_SYNTAX, end, "the backslash does not begin an escape of JSON; write two backslashes"
    return Code.JSON_SYNTAX, end, f"a control character (0x{data[end]:02X}) inside a string; write it as an escape"


def _after_space(data: bytes, position: int) -> int:
    space = _SPACE.match(data, position)
    return space.end() if space else position


def _quoted(text: str) -> str:
    """Text quoted, in ASCII and shortened, so that the input cannot garble the message."""
    return json.dumps(text if len(text) <= 40 else text[:37] + "...")
