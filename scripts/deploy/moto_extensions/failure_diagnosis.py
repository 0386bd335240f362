"""What the CDK CLI asks after a failed deployment and moto does not answer: nothing to be found. Without an answer it asks for half a minute."""

import json

from moto.cloudtrail.responses import CloudTrailResponse

CloudTrailResponse.lookup_events = lambda response: json.dumps({"Events": []})
