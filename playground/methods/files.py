"""getFile; the download itself is a plain GET of the server."""

from playground.files import LARGEST_DOWNLOAD
from playground.state import State
from playground.wire import Json, Request, bad_request


def get_file(state: State, request: Request) -> Json:
    if not request.text("file_id"):
        raise bad_request("file_id not specified")
    stored = state.files.find(request.text("file_id"))
    if stored is None:
        raise bad_request("wrong file_id or the file is temporarily unavailable")
    if len(stored.upload.content) > LARGEST_DOWNLOAD:
        raise bad_request("file is too big")
    return stored.shown() | {"file_path": stored.path}


METHODS = {"getFile": get_file}
