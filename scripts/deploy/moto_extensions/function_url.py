"""AWS::Lambda::Url, over moto's own function URL API."""

from moto.awslambda.utils import get_backend
from moto.core.common_models import CloudFormationModel


def function_name(target: str) -> str:
    """moto's function URLs take no qualifier, so a URL of an alias becomes one of its function."""
    if target.startswith("arn:"):
        return target.split(":")[6]
    return target.split(":")[0]


class FunctionUrl(CloudFormationModel):
    def __init__(self, config, target: str, arn: str):
        self.config = config
        self.target = target
        self.arn = arn

    @property
    def physical_resource_id(self) -> str:
        return self.arn

    @staticmethod
    def cloudformation_name_type() -> str:
        return ""

    @staticmethod
    def cloudformation_type() -> str:
        return "AWS::Lambda::Url"

    @classmethod
    def has_cfn_attr(cls, attr: str) -> bool:
        return attr in ("FunctionArn", "FunctionUrl")

    def get_cfn_attribute(self, attribute_name: str) -> str:
        return {"FunctionArn": self.arn, "FunctionUrl": f"{self.config.url}/"}[attribute_name]

    @classmethod
    def create_from_cloudformation_json(cls, resource_name, cloudformation_json, account_id, region_name, **kwargs):
        properties = cloudformation_json["Properties"]
        target = properties["TargetFunctionArn"]
        config = get_backend(account_id, region_name).create_function_url_config(function_name(target), properties)
        return cls(config, target, target)

    @classmethod
    def update_from_cloudformation_json(cls, original_resource, new_resource_name, cloudformation_json, account_id, region_name):
        original_resource.config.update(cloudformation_json["Properties"])
        return original_resource

    @classmethod
    def delete_from_cloudformation_json(cls, resource_name, cloudformation_json, account_id, region_name):
        pass

    def delete(self, account_id: str, region: str) -> None:
        self.config.function.delete_url_config()
