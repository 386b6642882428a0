"""The block with every command's help page, as `--help` prints it at 100 columns."""

from __future__ import annotations

import click

from mandates_data.cli.app import COMMANDS, cli

WIDTH = 100


def commands(argument: str, content: str) -> str:
    """A chapter a command, the group's own first."""
    del argument, content
    group = _context(cli, "mandates-data", None)
    chapters = [_chapter("mandates-data", cli.get_help(group))]
    for name in sorted(COMMANDS):
        command = cli.get_command(group, name)
        if command is None:
            raise ValueError(f"{name} stands in COMMANDS and is no command.")
        context = _context(command, name, group)
        chapters.append(_chapter(f"mandates-data {name}", command.get_help(context)))
        steps = command.commands if isinstance(command, click.Group) else {}
        for part, step in sorted(steps.items()):
            chapters.append(_chapter(f"mandates-data {name} {part}", step.get_help(_context(step, part, context))))
    return "\n\n".join(chapters)


def _context(command: click.Command, name: str, parent: click.Context | None) -> click.Context:
    return click.Context(command, info_name=name, parent=parent, terminal_width=WIDTH, max_content_width=WIDTH)


def _chapter(title: str, page: str) -> str:
    lines = [line.rstrip() for line in page.rstrip().splitlines()]
    return "\n".join([f"## `{title}`", "", "```text", *lines, "```"])
