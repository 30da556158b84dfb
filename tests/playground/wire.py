"""How the tests reach a playground: over HTTP, as a bot and as a page do."""

from io import BytesIO
from typing import Any

from aiohttp import ClientSession, FormData

from playground.world import World

PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000100000000808060000001ff3ff610000000049454e44ae426082"
)  # 16 by 8; only the head matters


class Wire:
    def __init__(self, session: ClientSession, world: World, url: str) -> None:
        self.session = session
        self.world = world
        self.url = url

    async def call(self, method: str, **params: Any) -> tuple[int, Any]:
        """Status and body of a Bot API call with a JSON body."""
        async with self.session.post(self._address(method), json=params) as answer:
            return answer.status, await answer.json()

    async def form(self, method: str, form: FormData | dict[str, str]) -> tuple[int, Any]:
        async with self.session.post(self._address(method), data=form) as answer:
            return answer.status, await answer.json()

    async def ok(self, method: str, **params: Any) -> Any:
        status, body = await self.call(method, **params)
        assert (status, body["ok"]) == (200, True), body
        return body["result"]

    async def refused(self, method: str, **params: Any) -> str:
        """The description, after checking that status and error code agree."""
        status, body = await self.call(method, **params)
        assert body["ok"] is False, body
        assert body["error_code"] == status
        return str(body["description"])

    async def control(self, verb: str, path: str, body: Any = None) -> tuple[int, Any]:
        address = f"{self.url}/playground/{path}"
        async with self.session.request(verb, address, json=body) as answer:
            return answer.status, await answer.json()

    async def upload(self, method: str, name: str, content: bytes, **params: Any) -> Any:
        form = FormData({key: str(value) for key, value in params.items()})
        form.add_field(name, BytesIO(content), filename="picture.png", content_type="image/png")
        status, body = await self.form(method, form)
        return body["result"] if status == 200 else body["description"]

    def _address(self, method: str) -> str:
        return f"{self.url}/bot{self.world.token}/{method}"
