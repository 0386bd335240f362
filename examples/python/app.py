"""The examples first-invocation and eu-residency in Python: one function that calls the model, and roles that stay in the EU."""

from aws_cdk import App, CfnOutput, Environment, Stack
from aws_cdk import aws_iam as iam
from cdk_bedrock_haiku import CrossRegionInferenceProfile, Geography, HaikuInvoker, InferenceRouting, LockedField
from constructs import Construct

APPROVED = ["eu-central-1", "eu-north-1", "eu-south-1", "eu-south-2", "eu-west-1", "eu-west-3"]


class SummariserStack(Stack):
    def __init__(self, scope: Construct, construct_id: str, **kwargs) -> None:
        super().__init__(scope, construct_id, **kwargs)
        haiku = CrossRegionInferenceProfile(
            self, "Haiku", routing=InferenceRouting.geo(Geography.EU), allowed_regions=APPROVED
        )
        role = iam.Role(self, "Summariser", assumed_by=iam.ServicePrincipal("ecs-tasks.amazonaws.com"))
        haiku.grants.invoke(role)


app = App()

first = Stack(app, "FirstInvocation", env=Environment(region="eu-west-2"))
invoker = HaikuInvoker(first, "Haiku", max_tokens=1024, locked_fields=[LockedField.MAX_TOKENS])
CfnOutput(first, "FunctionName", value=invoker.lambda_function.function_name)

for region in ["eu-central-1", "eu-west-1"]:
    SummariserStack(app, f"Summariser-{region}", env=Environment(account="111122223333", region=region))

app.synth()
