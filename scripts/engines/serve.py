"""Starts ministack with what the state machines over sets need of Step Functions and it lacks: calls of any AWS service (aws-sdk:*), results of
maps that go to a bucket (ResultWriter), errors of functions by their names, events of AWS's own services, and time that runs as fast as waits do."""
import contextvars
import json
import os
import threading

import botocore.session
from botocore.config import Config
from botocore.exceptions import ClientError
from ministack.core import lambda_runtime
from ministack.services import eventbridge
from ministack.services import lambda_svc
from ministack.services import stepfunctions as states

PORT = os.environ["GATEWAY_PORT"]
# The services that are played elsewhere, by the names of Step Functions: {"bedrock": "http://127.0.0.1:9"}.
ENDPOINTS = json.loads(os.environ.get("SDK_ENDPOINTS", "{}"))
SCALE = float(os.environ.get("SFN_WAIT_SCALE", "1"))

_session = botocore.session.get_session()
_lock = threading.Lock()
_clients = {}


def client(service):
    key = (service, states.get_region())
    with _lock:
        if key not in _clients:
            _clients[key] = _session.create_client(
                service, region_name=key[1], endpoint_url=ENDPOINTS.get(service, f"http://127.0.0.1:{PORT}"),
                aws_access_key_id="AKIAIOSFODNN7EXAMPLE", aws_secret_access_key="x",
                config=Config(retries={"max_attempts": 0}, max_pool_connections=50, s3={"addressing_style": "path"}))
        return _clients[key]


def to_sdk(shape, value):
    """Step Functions begins names with a capital letter, whatever the service does."""
    if shape.type_name == "structure" and isinstance(value, dict):
        names = {name.lower(): name for name in shape.members}
        unknown = [name for name in value if name.lower() not in names]
        if unknown:
            raise states._ExecutionError("States.Runtime", f"The field {unknown[0]} is not one of {shape.name}")
        return {names[name.lower()]: to_sdk(shape.members[names[name.lower()]], part) for name, part in value.items()}
    if shape.type_name == "list" and isinstance(value, list):
        return [to_sdk(shape.member, part) for part in value]
    if shape.type_name == "blob":
        return value.encode() if isinstance(value, str) else json.dumps(value).encode()
    return value


def from_sdk(shape, value):
    if shape is not None and shape.type_name == "structure":
        return {name[0].upper() + name[1:]: from_sdk(shape.members.get(name), part) for name, part in value.items() if name != "ResponseMetadata"}
    if shape is not None and shape.type_name == "list":
        return [from_sdk(shape.member, part) for part in value]
    if hasattr(value, "isoformat"):
        return value.isoformat()
    return value


def call_service(resource, data):
    service, action = resource.replace(".waitForTaskToken", "").split(":")[-2:]
    sdk = client(service)
    operation = action[0].upper() + action[1:]
    model = sdk.meta.service_model.operation_model(operation)
    method = next(name for name, of in sdk.meta.method_to_api_mapping.items() if of == operation)
    try:
        answer = getattr(sdk, method)(**to_sdk(model.input_shape, data or {}))
    except ClientError as error:
        code = error.response["Error"]["Code"]
        code = code if code.endswith("Exception") else f"{code}Exception"
        raise states._ExecutionError(f"{sdk.meta.service_model.service_id.replace(' ', '')}.{code}", error.response["Error"]["Message"])
    return from_sdk(model.output_shape, answer)


states._invoke_aws_sdk_integration = call_service

_wait_for_token = states._invoke_with_callback


def wait_for_token(resource, effective, token, state):
    """A state that waits for a token gives up when its time, which runs as fast as waits do, is over."""
    return _wait_for_token(resource, effective, token, {**state, "TimeoutSeconds": state.get("TimeoutSeconds", 99999) * SCALE})


states._invoke_with_callback = wait_for_token

_run_map = states._run_distributed_map


def run_map(state, raw_input, effective, iterator, execution, context):
    """The results of the children go to the bucket, and where they are into the state, as AWS documents it."""
    writer = state.get("ResultWriter")
    if not writer:
        return _run_map(state, raw_input, effective, iterator, execution, context)
    place = states._resolve_params_obj(writer["Parameters"], effective, context)
    before = set(states._map_runs.keys())
    bare = {name: part for name, part in state.items() if name not in ("ResultWriter", "ResultPath", "ResultSelector", "OutputPath")}
    _run_map(bare, raw_input, effective, iterator, execution, context)
    run = next(arn for arn in states._map_runs.keys() if arn not in before and states._map_runs[arn]["executionArn"] == execution["executionArn"])
    children = [child for child in states._executions.values() if child.get("mapRunArn") == run]
    prefix = f"{place['Prefix'].strip('/')}/{run.split(':')[-1]}/"
    files = {"PENDING": [], "FAILED": [], "SUCCEEDED": []}
    for status in ("SUCCEEDED", "FAILED"):
        rows = [{"ExecutionArn": child["executionArn"], "Input": child["input"], "Output": child["output"], "Status": status}
                for child in children if child["status"] == status]
        if rows:
            body = json.dumps(rows).encode()
            client("s3").put_object(Bucket=place["Bucket"], Key=f"{prefix}{status}_0.json", Body=body)
            files[status].append({"Key": f"{prefix}{status}_0.json", "Size": len(body)})
    manifest = {"DestinationBucket": place["Bucket"], "MapRunArn": run, "ResultFiles": files}
    client("s3").put_object(Bucket=place["Bucket"], Key=f"{prefix}manifest.json", Body=json.dumps(manifest).encode())
    result = {"MapRunArn": run, "ResultWriterDetails": {"Bucket": place["Bucket"], "Key": f"{prefix}manifest.json"}}
    return states._apply_output_path(state, states._apply_result_path(state, raw_input, result), context), states._next_or_end(state)


states._run_distributed_map = run_map

# A test plays Amazon Bedrock, which tells of its jobs itself.
eventbridge._put_events.__defaults__ = (True,)

# What a function throws keeps its name, by which Retry and Catch know it.
lambda_runtime._NODEJS_WORKER_SCRIPT = (
    lambda_runtime._NODEJS_WORKER_SCRIPT
    .replace("error: e.message, trace: e.stack", "error: e.message, errorType: e.name, trace: e.stack")
    .replace("error: err.message", "errorType: err.name, error: err.message"))
_last = threading.local()
_acquire = lambda_svc.acquire_worker
_execute = lambda_svc._execute_function_warm


def acquire_worker(*arguments, **options):
    worker, reason = _acquire(*arguments, **options)
    if worker is not None and not hasattr(worker, "plain_invoke"):
        worker.plain_invoke = worker.invoke

        def invoke(*arguments, **options):
            _last.answer = worker.plain_invoke(*arguments, **options)
            return _last.answer
        worker.invoke = invoke
    return worker, reason


def execute(function, event, request_id):
    _last.answer = None
    out = _execute(function, event, request_id)
    if out.get("error") and isinstance(out.get("body"), dict) and _last.answer and _last.answer.get("errorType"):
        out["body"] = {"errorType": _last.answer["errorType"], "errorMessage": out["body"].get("errorMessage", "")}
    return out


lambda_svc.acquire_worker = acquire_worker
lambda_svc._execute_function_warm = execute

from ministack.app import main  # noqa: E402 - it reads what was replaced above

main()
