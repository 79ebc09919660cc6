"""A command as click has it, but that an option which is read once cannot be given twice."""

from __future__ import annotations

import click


class Command(click.Command):
    """Of an option given twice click reads the last and says nothing of the first; here it is misuse."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """As click does it, after a look at what is given more than once."""
        if not ctx.resilient_parsing:
            given = self.make_parser(ctx).parse_args(list(args))[2]
            for position, option in enumerate(given):
                if isinstance(option, click.Option) and _is_read_once(option) and option in given[:position]:
                    ctx.fail(f"{option.opts[0]} is given twice, and only the last would be read")
        return super().parse_args(ctx, args)


def _is_read_once(option: click.Option) -> bool:
    return not (option.multiple or option.is_flag or option.count)
