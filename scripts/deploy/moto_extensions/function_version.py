"""AWS::Lambda::Version: moto makes it, but knows neither its attributes nor how to delete it."""

from moto.awslambda.models import LambdaFunction, LambdaVersion
from moto.awslambda.utils import get_backend


def create(cls, resource_name, cloudformation_json, account_id, region_name, **kwargs):
    backend = get_backend(account_id, region_name)
    function: LambdaFunction = backend.publish_version(cloudformation_json["Properties"]["FunctionName"])
    version = cls({"Version": str(function.version)})
    version.function = function
    return version


def delete(version: LambdaVersion, account_id: str, region: str) -> None:
    get_backend(account_id, region).delete_function(f"{version.function.function_name}:{version.version}")


def attribute(version: LambdaVersion, name: str) -> str:
    return {"Version": version.version, "FunctionArn": version.function.function_arn}[name]


LambdaVersion.create_from_cloudformation_json = classmethod(create)
LambdaVersion.delete = delete
LambdaVersion.get_cfn_attribute = attribute
LambdaVersion.has_cfn_attr = classmethod(lambda cls, attr: attr in ("Version", "FunctionArn"))
LambdaVersion.physical_resource_id = property(lambda version: version.function.function_arn)
