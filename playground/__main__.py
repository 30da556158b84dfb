"""`python -m playground`: serve one playground until told to stop."""

import argparse
import asyncio
import contextlib
import json
import os
import signal
import sys
from pathlib import Path

from playground.server import serve
from playground.world import World

MOST_PEOPLE = 100_000
CALLS_KEPT = 5_000  # a crowd makes for many, and each holds a whole message
BURST = 3  # messages that a person takes at once


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m playground", description=__doc__)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8080, help="0 takes any free one")
    parser.add_argument("--log", type=Path, help="write each Bot API request as a JSON line")
    parser.add_argument(
        "--with-parent", action="store_true", help="end when standard input is closed"
    )
    parser.add_argument("--crowd", type=_people, default=0, help="simulated people, up to 100000")
    options = parser.parse_args()
    try:
        asyncio.run(run(options))
    except OSError as error:
        sys.exit(f"The playground cannot start: {error}")


async def run(options: argparse.Namespace) -> None:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stop.set)
    if options.with_parent:
        loop.add_reader(sys.stdin.fileno(), _read_on, stop)
    world = World(log=options.log, crowd=options.crowd, calls_kept=CALLS_KEPT, private_burst=BURST)
    async with serve(world, options.host, options.port) as url:
        print(json.dumps({"url": url, "token": world.token}), flush=True)  # noqa: T201 - the one line a parent reads
        await stop.wait()


def _people(text: str) -> int:
    if not text.isdecimal() or int(text) > MOST_PEOPLE:
        raise argparse.ArgumentTypeError(f"{text!r} is no number from 0 to {MOST_PEOPLE}")
    return int(text)


def _read_on(stop: asyncio.Event) -> None:
    """Throw away what the parent says; the end of its stream is the sign to stop."""
    with contextlib.suppress(OSError):
        if os.read(sys.stdin.fileno(), 4096):
            return
    asyncio.get_running_loop().remove_reader(sys.stdin.fileno())
    stop.set()


if __name__ == "__main__":
    main()
