"""What it costs to send, beside usual ways to do so, in one run; never against Telegram.

    make bench-delivery                              (all three, about half an hour)
    python -m benchmarks.delivery throughput         (what a client costs)
    python -m benchmarks.delivery limits             (30 messages a second are allowed)
    python -m benchmarks.delivery million            (a million people, 1,000 a second)

Each prints what it measured, and how. A server of our own stands in for Telegram, in a process of
its own, as every client has one. A peer that is not installed says so in its row.
"""
