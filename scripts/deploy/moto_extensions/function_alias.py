"""AWS::Lambda::Alias, over moto's own alias API.

Without provisioned concurrency, which moto does not have: CloudFormation waits until the instances are ready.
"""

from moto.awslambda.utils import get_backend
from moto.core.common_models import CloudFormationModel

from .function_url import function_name


class FunctionAlias(CloudFormationModel):
    def __init__(self, alias, properties):
        self.alias = alias
        self.properties = properties

    @property
    def physical_resource_id(self) -> str:
        return self.alias.arn

    @staticmethod
    def cloudformation_name_type() -> str:
        return ""

    @staticmethod
    def cloudformation_type() -> str:
        return "AWS::Lambda::Alias"

    @classmethod
    def has_cfn_attr(cls, attr: str) -> bool:
        return attr == "AliasArn"

    def get_cfn_attribute(self, attribute_name: str) -> str:
        return {"AliasArn": self.alias.arn}[attribute_name]

    @classmethod
    def create_from_cloudformation_json(cls, resource_name, cloudformation_json, account_id, region_name, **kwargs):
        properties = cloudformation_json["Properties"]
        alias = get_backend(account_id, region_name).create_alias(
            name=properties["Name"],
            function_name=function_name(properties["FunctionName"]),
            function_version=properties["FunctionVersion"],
            description=properties.get("Description", ""),
            routing_config=properties.get("RoutingConfig"),
        )
        return cls(alias, properties)

    @classmethod
    def update_from_cloudformation_json(cls, original_resource, new_resource_name, cloudformation_json, account_id, region_name):
        properties = cloudformation_json["Properties"]
        original_resource.alias.update(
            properties.get("Description"), properties["FunctionVersion"], properties.get("RoutingConfig")
        )
        original_resource.properties = properties
        return original_resource

    @classmethod
    def delete_from_cloudformation_json(cls, resource_name, cloudformation_json, account_id, region_name):
        pass

    def delete(self, account_id: str, region: str) -> None:
        properties = self.properties
        get_backend(account_id, region).delete_alias(properties["Name"], function_name(properties["FunctionName"]))
