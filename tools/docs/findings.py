"""The block with every rule's page, as `explain` prints it, by code."""

from __future__ import annotations

from mandates_data.cli.rulebook import all_rules
from mandates_data.validate.findings import Rule

from .blocks import table


def findings(argument: str, content: str) -> str:
    """A list of all codes, then a chapter a code."""
    del argument, content
    rules = all_rules()
    listed = table(("code", "severity", "what is wrong"), [(_link(rule), rule.severity, rule.title) for rule in rules])
    return "\n\n".join([listed, *[_chapter(rule) for rule in rules]])


def _link(rule: Rule) -> str:
    return f"[{rule.code}](#{rule.code.lower()})"


def _chapter(rule: Rule) -> str:
    return (
        f"## {rule.code}\n\n**{rule.title}** ({rule.severity}, `{rule.name}`).\n\n{rule.why}\n\nTo mend it: {rule.mend}"
    )
