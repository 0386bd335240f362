"""Serves moto with our extensions on a free loopback port, and prints the port once it listens."""

import os
import sys

# The account that the examples name; moto reads it when a request arrives.
os.environ["MOTO_ACCOUNT_ID"] = sys.argv[1]
sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))

import moto_extensions  # noqa: E402, F401
from moto.moto_server.werkzeug_app import (  # noqa: E402
    DomainDispatcherApplication,
    MotoRequestHandler,
    create_backend_app,
)
from werkzeug.serving import make_server  # noqa: E402

server = make_server(
    "127.0.0.1",
    0,
    DomainDispatcherApplication(create_backend_app),
    threaded=True,
    request_handler=MotoRequestHandler,
)
print(server.port, flush=True)
server.serve_forever()
