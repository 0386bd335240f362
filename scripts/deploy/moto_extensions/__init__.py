"""What moto lacks of the services that our stacks use, added by being imported."""

from . import (  # noqa: F401
    application_inference_profile,
    change_sets,
    custom_resource,
    failure_diagnosis,
    function_alias,
    function_url,
    function_version,
    inference_profiles,
    log_group,
    metric_alarm,
    model_access,
    model_invocation_logging,
    role,
    ssm_parameter_values,
    template_rules,
)
