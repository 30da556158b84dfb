"""What the operator may set about the way to Telegram, seen from the running bot."""

from pydantic import SecretStr

from tests.conftest import Start


async def test_the_bot_speaks_through_the_proxy_that_is_set(start: Start, url: str) -> None:
    """The playground takes a proxy's requests too, and the API's own name leads nowhere."""
    vigil = await start(api_url="http://api.invalid", proxy=SecretStr(url))
    chat = vigil.chat()

    assert await chat.say("/help")
