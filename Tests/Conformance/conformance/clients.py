# SPDX-License-Identifier: Apache-2.0
"""The two generations of the vendor's client, each as one function: call(account, operation, parameters)."""

import json
import re

from alibabacloud_ecs20140526 import models as ecs_models
from alibabacloud_ecs20140526.client import Client as EcsClient
from alibabacloud_tea_openapi import models as open_api
from alibabacloud_tea_openapi.exceptions import AlibabaCloudException
from aliyunsdkcore.acs_exception.exceptions import ServerException as PreviousServerException
from aliyunsdkcore.auth.credentials import AccessKeyCredential, StsTokenCredential
from aliyunsdkcore.client import AcsClient
from aliyunsdkcore.request import CommonRequest

REGION = "cn-hangzhou"


class Refused(Exception):
    """The service said no."""

    def __init__(self, status, code, message):
        super().__init__(f"{status} {code}: {message}")
        self.verdict = f"{status} {code}"


def current_client(account):
    return EcsClient(open_api.Config(
        access_key_id=account.key, access_key_secret=account.secret, security_token=account.token,
        endpoint=account.host, protocol="http", region_id=REGION))


def current(account, operation, parameters=None, region=REGION):
    """Calls with the current SDK (signature V3, models for everything) and gives the reply as a dictionary."""
    client = current_client(account)
    given = {"RegionId": region} if region else {}
    request = getattr(ecs_models, operation + "Request")().from_map({**given, **(parameters or {})})
    method = re.sub(r"(?<!^)(?=[A-Z])", "_", operation).lower()
    try:
        return getattr(client, method)(request).body.to_map()
    except AlibabaCloudException as error:
        raise Refused(error.status_code, error.code, error.message) from error


def previous(account, operation, parameters=None, region=REGION, version="2014-05-26"):
    """Calls with the previous SDK (signature V1, everything in the query)."""
    if account.token:
        credential = StsTokenCredential(account.key, account.secret, account.token)
    else:
        credential = AccessKeyCredential(account.key, account.secret)
    client = AcsClient(region_id=region or REGION, credential=credential, auto_retry=False)
    request = CommonRequest(domain=account.host, version=version, action_name=operation)
    request.set_method("POST")
    request.set_protocol_type("http")
    if region:
        request.add_query_param("RegionId", region)
    for name, value in flattened(parameters or {}):
        request.add_query_param(name, value)
    return answer(client, request)


def previous_model(account, request, setters):
    """Calls with a request class of the previous SDK, whose setters do the flattening."""
    return answer(*prepared(account, request, setters))


def previous_xml(account, request, setters):
    """The same, but asks for XML, and gives status and body as they come."""
    client, request = prepared(account, request, setters)
    request.set_accept_format("XML")
    status, _, body = client.implementation_of_do_action(request)
    return status, body.decode()


def prepared(account, request, setters):
    client = AcsClient(
        region_id=REGION, credential=AccessKeyCredential(account.key, account.secret), auto_retry=False)
    request.set_endpoint(account.host)
    request.set_protocol_type("http")
    for name, value in setters.items():
        getattr(request, "set_" + name)(value)
    return client, request


def answer(client, request):
    try:
        return json.loads(client.do_action_with_exception(request))
    except PreviousServerException as error:
        raise Refused(error.get_http_status(), error.get_error_code(), error.get_error_msg()) from error


def flattened(value, name=""):
    """The pairs of a request: lists numbered from 1, members after a dot."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from flattened(inner, f"{name}.{key}" if name else key)
    elif isinstance(value, list):
        for number, inner in enumerate(value, 1):
            yield from flattened(inner, f"{name}.{number}")
    elif value is not None:
        yield name, value


BOTH = [("current", current), ("previous", previous)]


def refusal(call):
    """The verdict of a call that must be refused."""
    try:
        reply = call()
    except Refused as refused:
        return refused.verdict
    raise AssertionError(f"not refused: {reply}")
