"""Look at what a pull request's own checks want to have said, before a token that may write says it.

Usage: checked_comment.py ARTIFACT.zip FOLDER. The artifact was made by code of the pull request: it may hold anything.
Two of its members are read, and nothing is unpacked. FOLDER gets `number` and `body.md`. Where the text is not such as
our own renderings are, a sentence takes its place. Needs nothing but Python.
"""

from __future__ import annotations

import html
import re
import sys
import unicodedata
import zipfile
from pathlib import Path

MOST_BYTES = 200_000
"""Of the text; a comment holds 65,536 characters."""
MOST_CHARACTERS = 65_000

REPLACED = "The text that the checks wrote is not shown: {reason}. It stands in the summary of the run.\n"

_TAGS = frozenset({"del", "ins", "code", "span", "wbr"})
_ENTITIES = frozenset({"&amp;", "&lt;", "&gt;", "&quot;", "&#x27;", "&#124;", "&#91;"})
_PART = re.compile(r"\\(?P<escaped>.)|(?P<ticks>`+)|</?(?P<tag>[a-z]+)>|(?P<entity>&#?\w+;)|(?P<sign>[<\[])", re.DOTALL)
_INLINE = re.compile(r"</?(?:del|ins|code|span|wbr)>\s*\S")
"""How a line may begin: a tag alone on it would open a block of HTML."""
_FOLD = re.compile(r"<details><summary>(?P<title>.*)</summary>|</details>")
_LIVE = re.compile(r"@\w|#\d|://|\bwww\.|\bGH-\d|\bmailto:|\bxmpp:", re.IGNORECASE)
"""What GitHub makes a mention, a reference or a link of, wherever it stands in a text."""
_GAP = "\0"


class UnusableError(Exception):
    """The artifact is not one that our workflow makes."""


def read_artifact(path: Path) -> tuple[int, bytes]:
    """The number of the pull request and the text, as the artifact has them.

    Raises
    ------
    UnusableError
        It is no zip, or lacks one of the two, or the number is none.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            number = _start(archive, "number", 20)
            text = _start(archive, "comment.md", MOST_BYTES + 1)
    except (OSError, KeyError, zipfile.BadZipFile, NotImplementedError, RuntimeError, ValueError, EOFError) as error:
        raise UnusableError(f"the artifact cannot be read ({type(error).__name__})") from error
    if not re.fullmatch(rb"[1-9][0-9]{0,9}\n?", number):
        raise UnusableError("the artifact does not name a pull request")
    return int(number), text


def _start(archive: zipfile.ZipFile, name: str, most: int) -> bytes:
    """The first bytes of a member; what it says of its own size is not believed."""
    with archive.open(name) as file:
        return file.read(most)


def checked(content: bytes) -> str:
    """The text, or the sentence that stands in its place."""
    reason = what_is_wrong(content)
    return REPLACED.format(reason=reason) if reason else content.decode("utf-8")


def what_is_wrong(content: bytes) -> str:
    """Why the text is not shown; empty where nothing speaks against it."""
    if len(content) > MOST_BYTES:
        return "it is too long"
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        return "it is not UTF-8"
    if not text.strip() or len(text) > MOST_CHARACTERS:
        return "it is too long" if text.strip() else "it is empty"
    if any(sign != "\n" and unicodedata.category(sign) in ("Cc", "Cf", "Cs", "Zl", "Zp") for sign in text):
        return "it holds signs that nobody sees"
    lines = text.split("\n")
    for line, after in zip(lines, [*lines[1:], ""], strict=True):
        reason = _of_line(line, after)
        if reason:
            return reason
    return ""


def _of_line(line: str, after: str) -> str:
    """What is wrong with a line; `after` is the next one."""
    bare = line.lstrip(" -+*>0123456789.)")
    if bare.startswith("~~~"):
        return "it opens a block that does not close"
    if not bare.startswith("<") or _INLINE.match(bare):
        return _of_text(line, spans=True)
    fold = _FOLD.fullmatch(line)
    if fold is None or after:  # without a blank line, HTML goes on, and a code span is none
        return "it holds HTML"
    return _of_text(fold["title"] or "", spans=False)


def _of_text(text: str, *, spans: bool) -> str:
    """What is wrong with a text once it is read as GitHub reads it. `spans` tells whether it may hold code spans."""
    plain, place = [], 0
    while part := _PART.search(text, place):
        plain.append(text[place : part.start()])
        place = part.end()
        if part["escaped"] is not None:
            plain.append(_GAP if part["escaped"] in "`[<" else part["escaped"])  # a backslash hides no mention
        elif part["ticks"] is not None and spans:
            close = re.compile(f"(?<!`){part['ticks']}(?!`)").search(text, place)
            if close is None:
                return "it opens a block that does not close"
            span = text[place : close.start()]
            # In a row of a table, a bare bar ends the cell and with it the span.
            plain.append(f"{_GAP}{span}{_GAP}" if re.search(r"(?<!\\)\|", span) else _GAP)
            place = close.end()
        elif part["entity"] is not None:
            if part["entity"] not in _ENTITIES:
                return "it holds HTML"
            plain.append(_GAP if part["entity"] == "&#91;" else html.unescape(part["entity"]))
        elif part["sign"] is not None or (part["tag"] is not None and part["tag"] not in _TAGS):
            return "it holds a link or a picture" if part["sign"] == "[" else "it holds HTML"
        else:
            plain.append(_GAP)
    plain.append(text[place:])
    return "it holds a mention or a link" if _LIVE.search("".join(plain)) else ""


def main() -> int:
    """Read the artifact and write what may be said."""
    if len(sys.argv) != 3:
        print(__doc__, file=sys.stderr)
        return 2
    try:
        number, content = read_artifact(Path(sys.argv[1]))
    except UnusableError as error:
        print(f"Nothing is said: {error}.", file=sys.stderr)
        return 2
    folder = Path(sys.argv[2])
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "number").write_text(f"{number}\n", encoding="utf-8")
    (folder / "body.md").write_text(checked(content), encoding="utf-8", newline="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
