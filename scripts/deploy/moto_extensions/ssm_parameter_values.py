"""Parameters of a type AWS::SSM::Parameter::Value in a second deployment.

For "use the previous value" moto passes on what the parameter resolved to, and then looks that up as if it were a name.
"""

from moto.cloudformation.parsing import ResourceMap
from moto.ssm import ssm_backends

parse_ssm_parameter = ResourceMap.parse_ssm_parameter


def name_or_previous_value(resources: ResourceMap, value: str, value_type: str) -> str:
    if value.startswith("/") or ssm_backends[resources._account_id][resources._region_name].get_parameter(value):
        return parse_ssm_parameter(resources, value, value_type)
    return value


ResourceMap.parse_ssm_parameter = name_or_previous_value
