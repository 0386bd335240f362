"""Custom::* resources: the deployed function's code runs as a process of its own, as CloudFormation and Lambda would run it.

moto sends Create alone, to a container that it starts by Docker, and takes any answer for success.
"""

import io
import json
import os
import urllib.request
import uuid
import zipfile
from tempfile import TemporaryDirectory
from typing import Any

from moto.awslambda.utils import get_backend
from moto.cloudformation import parsing
from moto.cloudformation.exceptions import ValidationError
from moto.core.common_models import CloudFormationModel

from .stack_execution import ResourceFailure

# Never through a proxy: the runner listens on loopback.
LOOPBACK = urllib.request.build_opener(urllib.request.ProxyHandler({}))


def as_text(value: Any) -> Any:
    """CloudFormation makes text of numbers and booleans."""
    if isinstance(value, dict):
        return {name: as_text(item) for name, item in value.items()}
    if isinstance(value, list):
        return [as_text(item) for item in value]
    return str(value).lower() if isinstance(value, bool) else str(value)


class CustomResource(CloudFormationModel):
    def __init__(self, identity: dict[str, str], properties: dict[str, Any], account_id: str, region: str):
        self.identity = identity
        self.properties = as_text(properties)
        self.account_id = account_id
        self.region = region
        # CloudFormation gives one of its own to a resource whose first answer has none.
        self.physical_id = f"{identity['LogicalResourceId']}-{uuid.uuid4().hex[:12]}"
        self.data: dict[str, Any] = {}
        self.replaced: list[tuple[str, dict[str, Any]]] = []

    @property
    def physical_resource_id(self) -> str:
        return self.physical_id

    @staticmethod
    def cloudformation_name_type() -> str:
        return ""

    @staticmethod
    def cloudformation_type() -> str:
        return "Custom::*"

    @classmethod
    def has_cfn_attr(cls, attr: str) -> bool:
        return True

    def get_cfn_attribute(self, attribute_name: str) -> Any:
        if attribute_name not in self.data:
            raise ValidationError(message=f"CustomResource attribute error: Vendor response doesn't contain {attribute_name} attribute")
        return self.data[attribute_name]

    @classmethod
    def create_from_cloudformation_json(cls, resource_name, cloudformation_json, account_id, region_name, **kwargs):
        identity = {"LogicalResourceId": kwargs["LogicalId"], "StackId": kwargs["StackId"], "ResourceType": kwargs["ResourceType"]}
        resource = cls(identity, cloudformation_json["Properties"], account_id, region_name)
        try:
            resource.take_over(resource.ask("Create", resource.properties))
        except ResourceFailure as failure:
            # CloudFormation deletes it in the rollback, by the ID that came with the failure.
            failure.left_behind = resource
            raise
        return resource

    @classmethod
    def update_from_cloudformation_json(cls, original_resource, new_resource_name, cloudformation_json, account_id, region_name):
        old_id, old = original_resource.physical_id, original_resource.properties
        # From now on: a rollback sends these as the old ones, also if this update fails.
        original_resource.properties = as_text(cloudformation_json["Properties"])
        answer = original_resource.ask("Update", original_resource.properties, PhysicalResourceId=old_id, OldResourceProperties=old)
        original_resource.take_over(answer)
        if original_resource.physical_id != old_id:
            original_resource.replaced.append((old_id, old))
        return original_resource

    @classmethod
    def delete_from_cloudformation_json(cls, resource_name, cloudformation_json, account_id, region_name):
        raise NotImplementedError("a custom resource is deleted as itself")

    def delete(self, account_id: str, region: str) -> None:
        self.ask("Delete", self.properties, PhysicalResourceId=self.physical_id)

    def clean_up(self) -> None:
        """An update that answers another ID has made another resource: CloudFormation deletes the one before once the update is through."""
        while self.replaced:
            physical_id, properties = self.replaced.pop()
            self.ask("Delete", properties, PhysicalResourceId=physical_id)

    def take_over(self, answer: dict[str, Any]) -> None:
        self.physical_id = answer["PhysicalResourceId"]
        self.data = answer.get("Data") or {}

    def ask(self, request_type: str, properties: dict[str, Any], **more: Any) -> dict[str, Any]:
        token = properties["ServiceToken"]
        function = get_backend(self.account_id, self.region).get_function(token)
        event = {
            "RequestType": request_type,
            "RequestId": str(uuid.uuid4()),
            "ServiceToken": token,
            "ResourceProperties": properties,
            **self.identity,
            **more,
        }
        with TemporaryDirectory() as folder:
            zipfile.ZipFile(io.BytesIO(function.code_bytes)).extractall(folder)
            invocation = {
                "handlerDir": folder,
                "handler": function.handler,
                "env": function.environment_vars,
                "region": self.region,
                "functionName": function.function_name,
                "memoryMiB": int(function.memory_size),
                "timeoutMs": 1000 * int(function.timeout),
                "event": event,
            }
            body = json.dumps(invocation).encode()
            with LOOPBACK.open(os.environ["FUNCTION_RUNNER_URL"], data=body, timeout=int(function.timeout) + 30) as response:
                answer = json.load(response)
        if answer["Status"] != "SUCCESS":
            self.physical_id = answer.get("PhysicalResourceId", self.physical_id)
            raise ResourceFailure(answer["Reason"])
        return answer


# moto takes this name for every type that begins with Custom::
parsing.CustomModel = CustomResource
