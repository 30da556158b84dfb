import argparse
import sys

import benchmarks.delivery
from benchmarks.delivery import limits, million, throughput


def main() -> int:
    options = argparse.ArgumentParser(
        prog="python -m benchmarks.delivery",
        description=benchmarks.delivery.__doc__,
        formatter_class=argparse.RawTextHelpFormatter,
    )
    parts = options.add_subparsers(required=True)
    first = parts.add_parser("throughput")
    first.add_argument("--repetitions", type=int, default=5)
    first.set_defaults(run=lambda chosen: throughput.run(chosen.repetitions))
    second = parts.add_parser("limits")
    second.add_argument("--repetitions", type=int, default=5, help="of Vigil")
    second.add_argument("--others", type=int, default=3)
    second.set_defaults(
        run=lambda chosen: limits.run(chosen.repetitions, chosen.others, limits.Length())
    )
    third = parts.add_parser("million")
    third.add_argument("--people", type=int, default=million.Size.people)
    third.add_argument("--seconds", type=float, default=million.Size.seconds, help="of sending")
    third.set_defaults(
        run=lambda chosen: million.run(million.Size(chosen.people, seconds=chosen.seconds))
    )
    chosen = options.parse_args()
    chosen.run(chosen)
    return 0


if __name__ == "__main__":
    sys.exit(main())
