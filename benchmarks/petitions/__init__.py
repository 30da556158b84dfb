"""Many who sign at once beside a send, and a card with a million names behind it.

    make bench-petitions                             (both, about four minutes)
    python -m benchmarks.petitions signing           (100 signatures a second)
    python -m benchmarks.petitions card              (ten names, and a million)

The program runs as `python -m bot run` does, in a process of its own, on its encrypted database. A
server of ours stands in for Telegram, in another process. It hands out what people tap, however
busy the program is, and notes when the message arrives that answers each tap. The peer is what is
usually written: python-telegram-bot as it comes, a connection to SQLite for each tap, an INSERT,
and a COUNT(*).
"""
