"""GetInferenceProfile, which moto lacks: for application profiles, and for the system-defined ones as they are documented."""

import json
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from moto.bedrock.exceptions import ResourceNotFoundException
from moto.bedrock.responses import BedrockResponse

from .application_inference_profile import ApplicationInferenceProfile

# An independent copy of the documented tables.
TABLES = json.loads((Path(__file__).parents[3] / "test" / "fixtures" / "regions.json").read_text())


def destinations(prefix: str, region: str) -> list[str] | None:
    """The Regions that a system-defined profile routes to. The global one also has the model without a Region."""
    if prefix == "global":
        sources = [source for regions in TABLES["globalSources"].values() for source in regions]
        return ["", region] if region in sources else None
    return TABLES["geo"].get(prefix, {}).get(region)


def system_defined(identifier: str, account_id: str, region: str) -> dict[str, Any] | None:
    prefix, _, model = identifier.partition(".")
    regions = destinations(prefix, region)
    if regions is None or model != TABLES["modelId"]:
        return None
    return {
        "inferenceProfileName": f"{prefix.upper()} Anthropic Claude Haiku 4.5",
        "inferenceProfileArn": f"arn:aws:bedrock:{region}:{account_id}:inference-profile/{identifier}",
        "inferenceProfileId": identifier,
        "models": [{"modelArn": f"arn:aws:bedrock:{destination}::foundation-model/{model}"} for destination in regions],
        "status": "ACTIVE",
        "type": "SYSTEM_DEFINED",
    }


def get_inference_profile(response: BedrockResponse) -> str:
    identifier = unquote(response.path.split("/inference-profiles/", 1)[1])
    application = ApplicationInferenceProfile.by_arn.get(identifier)
    profile = application.describe() if application else system_defined(identifier, response.current_account, response.region)
    if profile is None:
        raise ResourceNotFoundException(f"Inference profile {identifier} not found")
    return json.dumps(profile)


BedrockResponse.get_inference_profile = get_inference_profile
