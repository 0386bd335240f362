"""AWS::IAM::Role with the policies in its own properties: moto keeps them in a form that its API cannot give back, and never updates them."""

import json

from moto.iam.models import Role

put_policy = Role.put_policy
update_role = Role.update_from_cloudformation_json.__func__


def put_as_json(role: Role, policy_name: str, policy) -> None:
    put_policy(role, policy_name, policy if isinstance(policy, str) else json.dumps(policy))


def update(cls, original_resource, new_resource_name, cloudformation_json, account_id, region_name):
    before = original_resource.deployed_properties.get("Policies", [])
    policies = cloudformation_json["Properties"].get("Policies", [])
    role = update_role(cls, original_resource, new_resource_name, cloudformation_json, account_id, region_name)
    for policy in before:
        role.delete_policy(policy["PolicyName"])
    for policy in policies:
        role.put_policy(policy["PolicyName"], policy["PolicyDocument"])
    return role


Role.put_policy = put_as_json
Role.update_from_cloudformation_json = classmethod(update)
