"""The Rules section of a template, which moto skips: a failed assertion stops the deployment with its message."""

from typing import Any

from moto.cloudformation.exceptions import ValidationError
from moto.cloudformation.parsing import ResourceMap, clean_json

load_conditions = ResourceMap.load_conditions


def holds(condition: dict[str, Any], resources: ResourceMap) -> bool:
    (function, arguments), = condition.items()
    if function == "Fn::Contains":
        allowed, value = clean_json(arguments, resources)
        return value in allowed
    if function == "Fn::Equals":
        first, second = clean_json(arguments, resources)
        return first == second
    if function == "Fn::Not":
        return not holds(arguments[0], resources)
    if function == "Fn::And":
        return all(holds(argument, resources) for argument in arguments)
    if function == "Fn::Or":
        return any(holds(argument, resources) for argument in arguments)
    raise ValidationError(message=f"Template error: rule function {function} is not known here")


def load_conditions_and_assert(resources: ResourceMap) -> None:
    """Comes after the parameters are known and before a resource is made, for stacks and for change sets."""
    load_conditions(resources)
    for rule in resources._template.get("Rules", {}).values():
        if "RuleCondition" in rule and not holds(rule["RuleCondition"], resources):
            continue
        for assertion in rule["Assertions"]:
            if not holds(assertion["Assert"], resources):
                raise ValidationError(message=f"Template validation error: {assertion['AssertDescription']}")


ResourceMap.load_conditions = load_conditions_and_assert
