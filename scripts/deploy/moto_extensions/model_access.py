"""What an account may call in a Region, which moto does not know: availability, the use-case form, agreements and quotas.

An account has everything until a test takes something away, by PUT /stand-in/model-access/<Region> with what differs as JSON.
"""

import json
from collections import defaultdict
from typing import Any
from urllib.parse import unquote

from moto.bedrock.exceptions import BedrockClientError, ResourceNotFoundException
from moto.bedrock.responses import BedrockResponse
from moto.servicequotas.models import ServiceQuotasBackend

SETTINGS_PATH = "/stand-in/model-access/"
OFFER_TOKEN = "offer-token-of-the-stand-in"

# What Amazon Bedrock answers for an account that may call the model, its form (base64), and the value of every quota.
access: dict[str, dict[str, Any]] = defaultdict(
    lambda: {
        "agreementAvailability": {"status": "AVAILABLE"},
        "authorizationStatus": "AUTHORIZED",
        "entitlementAvailability": "AVAILABLE",
        "regionAvailability": "AVAILABLE",
        "useCaseForm": "e30=",
        "quota": 10_000,
    }
)


def change_access(path: str, body: bytes) -> None:
    access[path.removeprefix(SETTINGS_PATH)].update(json.loads(body))


def get_foundation_model_availability(response: BedrockResponse) -> str:
    model_id = unquote(response.path.rsplit("/", 1)[1])
    answers = {key: value for key, value in access[response.region].items() if key not in ("useCaseForm", "quota")}
    return json.dumps({"modelId": model_id, **answers})


def get_use_case_for_model_access(response: BedrockResponse) -> str:
    form = access[response.region]["useCaseForm"]
    if form is None:
        raise ResourceNotFoundException("The use case form was not found")
    return json.dumps({"formData": form})


def put_use_case_for_model_access(response: BedrockResponse) -> str:
    access[response.region].update(useCaseForm=json.loads(response.body)["formData"], authorizationStatus="AUTHORIZED")
    return json.dumps({})


def list_foundation_model_agreement_offers(response: BedrockResponse) -> str:
    return json.dumps({"modelId": unquote(response.path.rsplit("/", 1)[1]), "offers": [{"offerToken": OFFER_TOKEN, "termDetails": {}}]})


def create_foundation_model_agreement(response: BedrockResponse) -> str:
    request = json.loads(response.body)
    if request["offerToken"] != OFFER_TOKEN:
        raise BedrockClientError("ValidationException", "The offer token is not valid")
    access[response.region]["agreementAvailability"] = {"status": "AVAILABLE"}
    return json.dumps({"modelId": request["modelId"]})


for operation in (
    get_foundation_model_availability,
    get_use_case_for_model_access,
    put_use_case_for_model_access,
    list_foundation_model_agreement_offers,
    create_foundation_model_agreement,
):
    setattr(BedrockResponse, operation.__name__, operation)

get_service_quota = ServiceQuotasBackend.get_service_quota


def get_bedrock_quota(backend: ServiceQuotasBackend, service_code: str, quota_code: str) -> dict[str, Any]:
    if service_code != "bedrock":
        return get_service_quota(backend, service_code, quota_code)
    return {"ServiceCode": service_code, "QuotaCode": quota_code, "Value": access[backend.region_name]["quota"]}


ServiceQuotasBackend.get_service_quota = get_bedrock_quota
