"""The order in which CloudFormation makes the resources of a template: what one refers to, or names in DependsOn, comes before it."""

import re
from collections.abc import Iterator
from typing import Any


def dependency_order(resources: dict[str, Any]) -> list[str]:
    order: list[str] = []
    seen: set[str] = set()

    def visit(logical_id: str) -> None:
        if logical_id in seen or logical_id not in resources:
            return
        seen.add(logical_id)
        for dependency in dependencies(resources[logical_id]):
            visit(dependency)
        order.append(logical_id)

    # What is independent comes in any order: in this one a dependency that a template lacks is most likely to be missed.
    for logical_id in reversed(resources):
        visit(logical_id)
    return order


def dependencies(resource: dict[str, Any]) -> Iterator[str]:
    named = resource.get("DependsOn", [])
    yield from [named] if isinstance(named, str) else named
    yield from references(resource.get("Properties", {}))


def references(value: Any) -> Iterator[str]:
    if isinstance(value, list):
        for item in value:
            yield from references(item)
    elif isinstance(value, dict):
        for key, item in value.items():
            if key == "Ref":
                yield item
            elif key == "Fn::GetAtt":
                yield item[0]
            elif key == "Fn::Sub":
                text = item if isinstance(item, str) else item[0]
                yield from re.findall(r"\$\{([^!.}]+)", text)
                yield from references(item)
            else:
                yield from references(item)
