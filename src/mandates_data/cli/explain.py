"""`mandates-data explain`: the page on a code."""

from __future__ import annotations

import sys

import click

from ..errors import UnknownNameError
from ..validate.findings import Rule, by_code
from .options import format_option
from .rulebook import all_rules


@click.command("explain", short_help="Print the page on a finding's code.")
@click.argument("code", required=False)
@format_option("text", "json")
def command(code: str | None, format_: str) -> None:
    """Print the page on a finding's code, such as MD204: why it matters and how to mend it.

    Without CODE, list all of them.
    """
    rules = all_rules() if code is None else (_found(code),)
    if format_ == "json":
        from ..render.findings_json import write_rules

        write_rules(rules, sys.stdout)
        return
    from ..render.findings_text import write_index, write_page

    if code is None:
        write_index(rules, sys.stdout)
    else:
        write_page(rules[0], sys.stdout, width=80)


def _found(code: str) -> Rule:
    rules = by_code(all_rules())
    rule = rules.get(code.upper())
    if rule is not None:
        return rule
    from difflib import get_close_matches

    near = get_close_matches(code.upper(), rules, n=5) or [known for known in rules if known[:3] == code.upper()[:3]]
    hint = f"Near it: {', '.join(near[:5])}." if near else "All codes: mandates-data explain"
    raise UnknownNameError(f"There is no code {code!r}.", hint)
