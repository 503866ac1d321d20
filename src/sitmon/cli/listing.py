"""How a group of commands speaks: each listed with the whole of its first statement; one that is left out is asked for."""

from __future__ import annotations

import re
from typing import Any

from typer.core import TyperGroup

_END = re.compile(r"[:;.](?:\s|$)")


class WholeSentences(TyperGroup):
    """Commands, each with what it does."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Take the words behind the group's name.

        Raises:
            TyperException: There are none, and the group by itself does nothing.
        """
        if not args and not self.invoke_without_command:
            ctx.fail(f"{ctx.command_path} is followed by one of: {', '.join(self.list_commands(ctx))}")
        taken: list[str] = super().parse_args(ctx, args)
        return taken

    def format_commands(self, ctx: Any, formatter: Any) -> None:
        """Write the list."""
        found = [(name, self.get_command(ctx, name)) for name in self.list_commands(ctx)]
        rows = [(name, first_statement(command.help or "")) for name, command in found if command and not command.hidden]
        if rows:
            with formatter.section("Commands"):
                formatter.write_dl(rows)


def first_statement(text: str) -> str:
    """Return a description up to where its first statement ends: "Print the board" of "Print the board: for each …"."""
    paragraph = " ".join(text.partition("\n\n")[0].split())
    end = _END.search(paragraph)
    return f"{paragraph[: end.start()] if end else paragraph}."
