# SPDX-License-Identifier: Apache-2.0
"""The error codes of the two creates that hang on more than the request: on quotas, on what an account may do, and on
what only a fault answers."""

import json
import urllib.request

from .clients import current, previous, refusal
from .component_errors import BASE as COMPONENT
from .harness import case, cases, expect
from .pipeline_errors import BASE as PIPELINE, DISK

SDKS = [(current,), (previous,)]


def control(account, method, name, body=None):
    """Asks the control endpoint for something."""
    request = urllib.request.Request(
        f"http://{account.host}/_kiln/{name}", method=method, data=json.dumps(body or {}).encode())
    with urllib.request.urlopen(request) as answer:
        return json.load(answer)


def under(account, name, body, undo, call):
    """The verdict of a call while something is so."""
    control(account, "PUT", name, body)
    try:
        return refusal(call)
    finally:
        control(account, *undo)


def denied(account, denial, call):
    nothing = {"denials": [], "account": account.number}
    return under(
        account, "denials", {"denials": [denial], "account": account.number}, ("PUT", "denials", nothing), call)


def faulty(account, operation, status, code, call):
    rule = {"fault": "error", "operation": operation, "status": status, "code": code}
    return under(account, "faults", {"rules": [rule]}, ("DELETE", "faults"), call)


@cases(lambda sdk: f"quotas ({sdk.__name__})", SDKS)
def quotas(account, sdk):
    for operation, given, quota, code in [
            ("CreateImageComponent", COMPONENT, "components", "400 QuotaExceed.ImageComponent"),
            ("CreateImagePipeline", PIPELINE, "pipelines", "400 QuotaExceed.ImagePipeline")]:
        expect(under(account, "quotas", {quota: 0}, ("PUT", "quotas"), lambda: sdk(account, operation, given)), code)


@cases(lambda sdk: f"the role of the service ({sdk.__name__})", SDKS)
def the_role_of_the_service(account, sdk):
    for operation, given in [("CreateImageComponent", COMPONENT), ("CreateImagePipeline", PIPELINE)]:
        expect(
            denied(account, "ram:CreateServiceLinkedRole", lambda: sdk(account, operation, given)),
            "403 InvalidOperation.NoPermissionCreateServiceLinkedRole")


@cases(lambda sdk: f"an account that may not ({sdk.__name__})", SDKS)
def an_account_that_may_not(account, sdk):
    def create():
        return sdk(account, "CreateImagePipeline", PIPELINE)
    expect(denied(account, "pipelines", create), "400 NoPermission")
    expect(denied(account, "ecs:CreateImagePipeline", create), "403 Forbidden.RAM")


@cases(lambda operation, status, code: f"as a fault: {operation} {status} {code}", [
    ("CreateImageComponent", 400, "InvalidImage.OsTypeUnsupported"),
    ("CreateImagePipeline", 400, "InvalidSourceInstance.NotFound"),
    ("CreateImagePipeline", 403, "ImagePipeline.NotSupportWindowsInstance"),
])
def as_a_fault(account, operation, status, code):
    given = COMPONENT if operation == "CreateImageComponent" else PIPELINE
    expect(faulty(account, operation, status, code, lambda: current(account, operation, given)), f"{status} {code}")


@case
def an_image_name_is_given_once(account):
    given = {**PIPELINE, "ImageOptions": {"ImageName": "golden"}, "AdvancedOptions": {"ImageNameSuffix": "disable"}}
    made = current(account, "CreateImagePipeline", given)["ImagePipelineId"]
    current(account, "StartImagePipelineExecution", {"ImagePipelineId": made})
    expect(refusal(lambda: current(account, "CreateImagePipeline", given)), "400 InvalidImageName.Duplicated")


@cases(lambda condition, verdict: f"a disk that is {condition} when a build starts", [
    ("missing", "404 InvalidImagePipeline.OSSObjectNotFound"),
    ("forbidden", "403 InvalidImagePipeline.OSSObjectNotAuthorized"),
    ("archived", "403 InvalidImagePipeline.OSSObjectNeedRestore"),
])
def a_disk_that_has_changed(account, condition, verdict):
    options = {"DiskDeviceMappings": [DISK]}
    made = current(account, "CreateImagePipeline", {"BaseImageType": "OSS", "ImportImageOptions": options})
    expect(
        under(
            account, "conditions", {condition: [DISK["OSSObject"]]}, ("PUT", "conditions"),
            lambda: current(account, "StartImagePipelineExecution", {"ImagePipelineId": made["ImagePipelineId"]})),
        verdict)
