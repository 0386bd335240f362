"""AWS::Bedrock::ApplicationInferenceProfile."""

import re
import secrets
from typing import Any

from moto.bedrock.exceptions import BedrockClientError
from moto.core.common_models import CloudFormationModel

SYSTEM_PROFILE = re.compile(r"arn:[a-z-]+:bedrock:(?P<region>[a-z0-9-]+):\d{12}:inference-profile/(?P<geography>[a-z-]+)\.(?P<model>.+)$")
NAME = re.compile(r"^([0-9a-zA-Z][ _-]?)+$")


class ApplicationInferenceProfile(CloudFormationModel):
    by_arn: dict[str, "ApplicationInferenceProfile"] = {}

    def __init__(self, properties: dict[str, Any], account_id: str, region: str):
        self.identifier = secrets.token_hex(6)
        self.arn = f"arn:aws:bedrock:{region}:{account_id}:application-inference-profile/{self.identifier}"
        self.region = region
        self.apply(properties)
        ApplicationInferenceProfile.by_arn[self.arn] = self

    def apply(self, properties: dict[str, Any]) -> None:
        name = properties["InferenceProfileName"]
        if len(name) > 64 or not NAME.match(name):
            raise BedrockClientError("ValidationException", f"inferenceProfileName {name!r} does not match {NAME.pattern}, at most 64 characters")
        source = properties["ModelSource"]["CopyFrom"]
        match = SYSTEM_PROFILE.match(source)
        if not match or match["region"] != self.region:
            raise BedrockClientError("ValidationException", f"copyFrom {source!r} is not the ARN of a system-defined profile of {self.region}")
        self.properties = properties

    def describe(self) -> dict[str, Any]:
        return {
            "inferenceProfileName": self.properties["InferenceProfileName"],
            "inferenceProfileArn": self.arn,
            "inferenceProfileId": self.identifier,
            "description": self.properties.get("Description"),
            "models": [{"modelArn": self.properties["ModelSource"]["CopyFrom"]}],
            "status": "ACTIVE",
            "type": "APPLICATION",
        }

    @property
    def physical_resource_id(self) -> str:
        return self.arn

    @staticmethod
    def cloudformation_name_type() -> str:
        return "InferenceProfileName"

    @staticmethod
    def cloudformation_type() -> str:
        return "AWS::Bedrock::ApplicationInferenceProfile"

    @classmethod
    def has_cfn_attr(cls, attr: str) -> bool:
        return attr in ("InferenceProfileArn", "InferenceProfileId", "InferenceProfileIdentifier", "Status", "Type")

    def get_cfn_attribute(self, attribute_name: str) -> str:
        return {
            "InferenceProfileArn": self.arn,
            "InferenceProfileId": self.identifier,
            "InferenceProfileIdentifier": self.arn,
            "Status": "ACTIVE",
            "Type": "APPLICATION",
        }[attribute_name]

    @classmethod
    def create_from_cloudformation_json(cls, resource_name, cloudformation_json, account_id, region_name, **kwargs):
        properties = {"InferenceProfileName": resource_name, **cloudformation_json["Properties"]}
        return cls(properties, account_id, region_name)

    @classmethod
    def update_from_cloudformation_json(cls, original_resource, new_resource_name, cloudformation_json, account_id, region_name):
        properties = {"InferenceProfileName": new_resource_name, **cloudformation_json["Properties"]}
        immutable = ("InferenceProfileName", "ModelSource", "Description")
        if any(properties.get(key) != original_resource.properties.get(key) for key in immutable):
            del cls.by_arn[original_resource.arn]
            return cls(properties, account_id, region_name)
        original_resource.apply(properties)
        return original_resource

    @classmethod
    def delete_from_cloudformation_json(cls, resource_name, cloudformation_json, account_id, region_name):
        cls.by_arn.pop(resource_name, None)

    def delete(self, account_id: str, region: str) -> None:
        ApplicationInferenceProfile.by_arn.pop(self.arn, None)
