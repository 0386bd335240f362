"""How CloudFormation carries out a change set or a deletion: in the order of dependencies, with an event for each resource, and back again.

moto removes first, in an order of its own that knows no DependsOn, and leaves a stack half way where something fails.
"""

from typing import Any

from moto.cloudformation.exceptions import ValidationError
from moto.cloudformation.models import ChangeSet, Event, Stack
from moto.cloudformation.parsing import OutputMap, clean_json, parse_and_update_resource

from .dependency_order import dependency_order


class ResourceFailure(Exception):
    """A resource that could not be made or changed."""

    # What the rollback deletes all the same.
    left_behind: Any = None


def reason(error: Exception) -> str:
    """What a service says, without moto's status and JSON around it."""
    return getattr(error, "message", None) or str(error)


class StackExecution:
    def __init__(self, stack: Stack):
        self.stack = stack
        self.resources = stack.resource_map
        self.live: dict[str, Any] = self.resources._parsed_resources
        self.made: list[str] = []
        self.changed: list[str] = []

    def execute(self, change_set: ChangeSet) -> None:
        kind = change_set.change_set_type
        before = self.resources._template, self.resources.input_parameters
        self.enter(f"{kind}_IN_PROGRESS", "User Initiated")
        self.load(change_set.template_dict, change_set.parameters)
        try:
            self.bring_about()
        except ResourceFailure as failure:
            change_set.execution_status = "EXECUTE_FAILED"
            self.roll_back(kind, *before, str(failure))
            return
        change_set.execution_status = "EXECUTE_COMPLETE"
        if kind == "UPDATE":
            self.enter("UPDATE_COMPLETE_CLEANUP_IN_PROGRESS")
        self.clean_up(before[0].get("Resources", {}))
        self.stack.template = change_set.template
        self.stack.output_map = OutputMap(self.resources, change_set.template_dict, self.stack.stack_id)
        self.enter(f"{kind}_COMPLETE")

    def delete(self) -> None:
        self.enter("DELETE_IN_PROGRESS", "User Initiated")
        try:
            self.remove(dependency_order(self.resources._resource_json_map), self.resources._resource_json_map)
        except ResourceFailure as failure:
            self.enter("DELETE_FAILED", str(failure))
            raise ValidationError(message=f"Stack {self.stack.name} could not be deleted: {failure}") from failure
        self.enter("DELETE_COMPLETE")

    def load(self, template: dict[str, Any], parameters: dict[str, Any]) -> None:
        self.resources._template = template
        if parameters:
            self.resources.input_parameters = parameters
        self.resources.load_mapping()
        self.resources.load_parameters()
        self.resources.load_conditions()
        self.resources._resource_json_map = template.get("Resources", {})

    def bring_about(self) -> None:
        """Makes and changes what the template asks for."""
        for logical_id in self.wanted():
            resource = self.resources._resource_json_map[logical_id]
            if logical_id not in self.live:
                self.made.append(logical_id)
                self.make(logical_id, resource)
            # Not the template alone: a resource that one refers to may have become another.
            elif self.properties(resource) != self.live[logical_id].deployed_properties:
                self.changed.append(logical_id)
                self.change(logical_id, resource)

    def wanted(self) -> list[str]:
        templates = self.resources._resource_json_map
        return [
            logical_id
            for logical_id in dependency_order(templates)
            if "Condition" not in templates[logical_id] or self.resources.lazy_condition_map[templates[logical_id]["Condition"]]
        ]

    def properties(self, resource: dict[str, Any]) -> Any:
        return clean_json(resource.get("Properties", {}), self.resources)

    def make(self, logical_id: str, resource: dict[str, Any]) -> None:
        self.event(logical_id, resource, "CREATE_IN_PROGRESS")
        try:
            made = self.resources[logical_id]
        except Exception as error:
            self.event(logical_id, resource, "CREATE_FAILED", reason(error))
            left_behind = getattr(error, "left_behind", None)
            if left_behind is not None:
                left_behind.logical_resource_id, left_behind.cf_resource_type = logical_id, resource["Type"]
                self.live[logical_id] = left_behind
            raise ResourceFailure(f"The following resource(s) failed to create: [{logical_id}].") from error
        if made is not None:  # a type that moto does not know: the tests look for those
            made.deployed_properties = self.properties(resource)
            self.event(logical_id, resource, "CREATE_COMPLETE")

    def change(self, logical_id: str, resource: dict[str, Any]) -> None:
        self.event(logical_id, resource, "UPDATE_IN_PROGRESS")
        try:
            changed = parse_and_update_resource(
                logical_id, resource, self.resources, account_id=self.stack.account_id, region_name=self.stack.region_name
            )
            if changed is None:
                raise NotImplementedError(f"The stand-in cannot update {resource['Type']}")
        except Exception as error:
            self.event(logical_id, resource, "UPDATE_FAILED", reason(error))
            raise ResourceFailure(f"The following resource(s) failed to update: [{logical_id}].") from error
        self.live[logical_id] = changed
        changed.deployed_properties = self.properties(resource)
        self.event(logical_id, resource, "UPDATE_COMPLETE")

    def roll_back(self, kind: str, template: dict[str, Any], parameters: dict[str, Any], why: str) -> None:
        """Gives what was changed its old properties again, and deletes what was made; of a new stack nothing stays but its name."""
        state = "ROLLBACK" if kind == "CREATE" else "UPDATE_ROLLBACK"
        self.enter(f"{state}_IN_PROGRESS", f"{why} Rollback requested by user." if kind == "CREATE" else why)
        new = self.resources._resource_json_map
        self.load(template, parameters)
        try:
            for logical_id in dependency_order(self.resources._resource_json_map):
                if logical_id in self.changed:
                    if getattr(self.live[logical_id], "replaced", None):
                        raise ResourceFailure("What CloudFormation sends to a replaced custom resource in a rollback is not known here.")
                    self.change(logical_id, self.resources._resource_json_map[logical_id])
            if kind == "UPDATE":
                self.enter("UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS")
            self.remove(self.made, new)
        except ResourceFailure as failure:
            self.enter(f"{state}_FAILED", str(failure))
            return
        self.enter(f"{state}_COMPLETE")

    def clean_up(self, before: dict[str, Any]) -> None:
        """Comes after everything new is there. A failure in it leaves something behind, and does not fail the update."""
        wanted = self.wanted()
        try:
            for logical_id in self.changed:
                getattr(self.live[logical_id], "clean_up", lambda: None)()
            self.remove([logical_id for logical_id in dependency_order(before) if logical_id not in wanted], before)
        except ResourceFailure:
            pass

    def remove(self, order: list[str], templates: dict[str, Any]) -> None:
        """Deletes what is there, each before what it depends on."""
        for logical_id in reversed(order):
            resource = self.live.pop(logical_id, None)
            if resource is None:
                continue
            template = templates[logical_id]
            if template.get("DeletionPolicy") == "Retain":
                self.event(logical_id, template, "DELETE_SKIPPED", physical_id=resource.physical_resource_id)
                continue
            physical_id = getattr(resource, "physical_resource_id", None)
            self.event(logical_id, template, "DELETE_IN_PROGRESS", physical_id=physical_id)
            try:
                self.resources._delete_resource(resource, template)
            except Exception as error:
                self.event(logical_id, template, "DELETE_FAILED", reason(error), physical_id)
                raise ResourceFailure(f"The following resource(s) failed to delete: [{logical_id}].") from error
            self.event(logical_id, template, "DELETE_COMPLETE", physical_id=physical_id)

    def enter(self, status: str, reason: str | None = None) -> None:
        self.stack.status = status
        self.stack._add_stack_event(status, resource_status_reason=reason)

    def event(self, logical_id: str, template: dict[str, Any], status: str, reason: str | None = None, physical_id: str | None = None) -> None:
        resource = self.live.get(logical_id)
        self.stack.events.append(
            Event(
                stack_id=self.stack.stack_id,
                stack_name=self.stack.name,
                logical_resource_id=logical_id,
                physical_resource_id=physical_id or getattr(resource, "physical_resource_id", ""),
                resource_type=template["Type"],
                resource_status=status,
                resource_status_reason=reason,
                resource_properties=None,
            )
        )


Stack.delete = lambda stack: StackExecution(stack).delete()
