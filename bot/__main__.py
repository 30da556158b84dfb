"""The program: `python -m bot …`."""

import os
import signal
from pathlib import Path

if __name__ == "__main__":  # Ctrl-C amid the imports below ends us without a traceback
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    os.umask(0o077)  # what we write, the database first of all, is for its user alone
os.environ.setdefault("PTB_TIMEDELTA", "true")  # before PTB is imported: durations have a type

from bot.cli import cli

if __name__ == "__main__":
    cli(prog_name=f"python -m {Path(__file__).parent.name}")
