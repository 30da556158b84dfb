"""Files on their way in and out over HTTP."""

from aiohttp import web

from playground.files import StoredFile
from playground.wire import Upload

UNKNOWN_TYPE = "application/octet-stream"


def received(field: web.FileField) -> Upload:
    kind = field.content_type.partition(";")[0].strip()
    with field.file as file:  # aiohttp leaves it open when the connection is reset
        return Upload(field.filename, file.read(), kind or UNKNOWN_TYPE)


def as_download(stored: StoredFile) -> web.Response:
    """Always a download: what somebody uploaded must not run as a page of this server.

    Pictures still show inside a page, since a browser heeds the disposition only for pages.
    """
    headers = {
        "Content-Type": stored.upload.mime_type,
        "Content-Disposition": "attachment",
        "X-Content-Type-Options": "nosniff",
    }
    return web.Response(body=stored.upload.content, headers=headers)
