"""Updates of AWS::Logs::LogGroup: moto creates it, but forgets it when its tags or retention change."""

from moto.logs.models import LogGroup, logs_backends


def update(cls, original_resource, new_resource_name, cloudformation_json, account_id, region_name):
    properties = cloudformation_json["Properties"]
    backend = logs_backends[account_id][region_name]
    original_resource.retention_in_days = properties.get("RetentionInDays")
    tags = {tag["Key"]: tag["Value"] for tag in properties.get("Tags", [])}
    backend.tag_log_group(original_resource.name, tags)
    return original_resource


LogGroup.update_from_cloudformation_json = classmethod(update)
