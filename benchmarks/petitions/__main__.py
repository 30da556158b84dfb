import argparse
import sys

import benchmarks.petitions
from benchmarks.petitions import card, signing


def main() -> int:
    options = argparse.ArgumentParser(
        prog="python -m benchmarks.petitions",
        description=benchmarks.petitions.__doc__,
        formatter_class=argparse.RawTextHelpFormatter,
    )
    parts = options.add_subparsers(required=True)
    first = parts.add_parser("signing")
    first.add_argument("--seconds", type=float, default=signing.Size.seconds)
    first.set_defaults(run=lambda chosen: signing.run(signing.Size(seconds=chosen.seconds)))
    second = parts.add_parser("card")
    second.add_argument("--many", type=int, default=card.Size.many)
    second.set_defaults(run=lambda chosen: card.run(card.Size(many=chosen.many)))
    chosen = options.parse_args()
    chosen.run(chosen)
    return 0


if __name__ == "__main__":
    sys.exit(main())
