"""A Telegram Bot API server in memory, with a cast of people who can talk to the bot."""
