"""Resource types that moto does not know, registered with its CloudFormation by being imported."""

from . import application_inference_profile, change_sets, function_alias, function_url, log_group, metric_alarm, ssm_parameter_values, template_rules  # noqa: F401
