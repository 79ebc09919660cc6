"""The header before each file in a zip, which must say what the list at the end says: some programs read only one."""

from __future__ import annotations

import struct
import zipfile

LOCAL_HEADER = 30
"""Bytes of the header without the name."""

_MEANING = 0x1 | 0x8 | 0x800 | 0x2000
"""The flags that change how a file is read: encrypted, sizes after the file, name in UTF-8, header hidden."""

_SIZES_FOLLOW, _UTF8 = 0x8, 0x800
_ZIP64 = 0xFFFFFFFF
"""Instead of a size that is in a field after the name."""


def is_as_listed(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> bool:
    """Whether the name, method, sizes and checksum in the header before a file are those in the list at the end."""
    stream = archive.fp
    assert stream is not None
    try:
        stream.seek(info.header_offset)
        mark, _, flags, method, _, _, crc, packed, size, length, _ = struct.unpack(
            "<4s5H3L2H", stream.read(LOCAL_HEADER)
        )
        name = stream.read(length)
    except (OSError, struct.error):
        return False
    listed = info.orig_filename.encode("utf-8" if info.flag_bits & _UTF8 else "cp437", errors="replace")
    if (mark, flags & _MEANING, method, name) != (b"PK\x03\x04", info.flag_bits & _MEANING, info.compress_type, listed):
        return False
    pairs = [(crc, info.CRC), (packed, info.compress_size), (size, info.file_size)]
    return all(here in (there, _ZIP64) or (here == 0 and flags & _SIZES_FOLLOW) for here, there in pairs)
