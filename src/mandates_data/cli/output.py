"""Standard output for what is written as bytes."""

from __future__ import annotations

import contextlib
import io
import sys
from collections.abc import Iterator
from typing import BinaryIO


@contextlib.contextmanager
def binary_output() -> Iterator[BinaryIO]:
    """Standard output as a stream of bytes in UTF-8, also where it is a console of another encoding."""
    buffer = getattr(sys.stdout, "buffer", None)
    if buffer is not None and not sys.stdout.isatty():
        sys.stdout.flush()
        yield buffer
        buffer.flush()
        return
    out = io.BytesIO()
    yield out
    sys.stdout.write(out.getvalue().decode("utf-8"))
    sys.stdout.flush()
