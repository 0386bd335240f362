"""Change sets by stack, and the error for one that is gone.

moto finds change sets by name alone, and the CDK CLI gives those of all stacks one name. The CLI waits for an old one to be gone.
"""

from moto.cloudformation.exceptions import CloudFormationError
from moto.cloudformation.responses import CloudFormationResponse
from moto.core.responses import ActionResult, EmptyResult

from .stack_execution import StackExecution


class ChangeSetNotFound(CloudFormationError):
    code = "ChangeSetNotFound"


# moto looks an error's service up by the module of its class.
ChangeSetNotFound.__module__ = CloudFormationError.__module__


def change_set_id(response: CloudFormationResponse) -> str | None:
    name, stack = response._get_param("ChangeSetName"), response._get_param("StackName")
    change_sets = response.cloudformation_backend.change_sets
    if name in change_sets:
        return name
    for identifier, change_set in reversed(change_sets.items()):
        # CloudFormation deletes a stack's change sets with it.
        gone = change_set.stack.status == "DELETE_COMPLETE"
        if not gone and change_set.change_set_name == name and stack in (change_set.stack.name, change_set.stack.stack_id):
            return identifier
    return None


def describe(response: CloudFormationResponse) -> ActionResult:
    identifier = change_set_id(response)
    if identifier is None:
        raise ChangeSetNotFound(f"ChangeSet [{response._get_param('ChangeSetName')}] does not exist")
    return ActionResult(response.cloudformation_backend.describe_change_set(change_set_name=identifier))


def delete(response: CloudFormationResponse) -> ActionResult:
    """CloudFormation takes the deletion of a change set that is not there."""
    response.cloudformation_backend.change_sets.pop(change_set_id(response), None)
    return EmptyResult()


def execute(response: CloudFormationResponse) -> ActionResult:
    """CloudFormation answers at once, and goes on by itself; here the stack is ready with the answer, so that nobody has to wait for it."""
    change_set = response.cloudformation_backend.change_sets[change_set_id(response)]
    StackExecution(change_set.stack).execute(change_set)
    return EmptyResult()


CloudFormationResponse.describe_change_set = describe
CloudFormationResponse.delete_change_set = delete
CloudFormationResponse.execute_change_set = execute
