"""Geo EU from a stack in us-east-1: synthesis stops, and says what to do."""

from aws_cdk import App, Environment, Stack
from cdk_bedrock_haiku import CrossRegionInferenceProfile, Geography, InferenceRouting

stack = Stack(App(), "Virginia", env=Environment(region="us-east-1"))
CrossRegionInferenceProfile(stack, "Haiku", routing=InferenceRouting.geo(Geography.EU))
