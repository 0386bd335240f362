"""PutModelInvocationLoggingConfiguration as Amazon Bedrock does it: it tries the destinations out first, and moto takes anything."""

import json

from moto.bedrock.exceptions import BedrockClientError
from moto.bedrock.responses import BedrockResponse
from moto.iam.models import iam_backends
from moto.logs.models import logs_backends
from moto.s3.models import s3_backends

put_model_invocation_logging_configuration = BedrockResponse.put_model_invocation_logging_configuration


def may_write(role_arn: str, account_id: str) -> bool:
    roles = iam_backends[account_id]["aws"].roles.values()
    return any("logs:PutLogEvents" in str(policy) for role in roles if role.arn == role_arn for policy in role.policies.values())


def put(response: BedrockResponse) -> str:
    config = json.loads(response.body)["loggingConfig"]
    account_id = response.current_account
    logs, bucket = config.get("cloudWatchConfig"), config.get("s3Config")
    if logs:
        groups = logs_backends[account_id][response.region].groups
        if logs["logGroupName"] not in groups or not may_write(logs["roleArn"], account_id):
            raise BedrockClientError(
                "ValidationException",
                f"Failed to validate permissions for log group: {logs['logGroupName']}, with role: {logs['roleArn']}. "
                "Verify the IAM role permissions are correct.",
            )
    if bucket and bucket["bucketName"] not in s3_backends[account_id]["aws"].buckets:
        raise BedrockClientError("ValidationException", f"Failed to validate permissions for S3 bucket: {bucket['bucketName']}.")
    put_model_invocation_logging_configuration(response)
    return json.dumps({})


BedrockResponse.put_model_invocation_logging_configuration = put
