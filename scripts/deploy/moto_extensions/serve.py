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
from moto_extensions.model_access import SETTINGS_PATH, change_access  # noqa: E402
from werkzeug.serving import make_server  # noqa: E402
from werkzeug.wrappers import Request, Response  # noqa: E402

aws = DomainDispatcherApplication(create_backend_app)


def application(environ, start_response):
    """AWS, and beside it what only the tests may do."""
    if not environ["PATH_INFO"].startswith(SETTINGS_PATH):
        return aws(environ, start_response)
    request = Request(environ)
    change_access(request.path, request.get_data())
    return Response(status=204)(environ, start_response)


server = make_server("127.0.0.1", 0, application, threaded=True, request_handler=MotoRequestHandler)
print(server.port, flush=True)
server.serve_forever()
