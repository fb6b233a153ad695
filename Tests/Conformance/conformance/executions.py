# SPDX-License-Identifier: Apache-2.0
"""Builds and the images that they make."""

import json
import time
import urllib.request

from .clients import BOTH, current, refusal
from .harness import case, cases, expect

BASE = {"BaseImageType": "IMAGE_FAMILY", "BaseImage": "acs:ubuntu_22_04_x64"}
TERMINAL = {"SUCCESS", "PARTITION_SUCCESS", "FAILED", "TEST_FAILED", "CANCELLED"}


def pipeline(account, **given):
    return current(account, "CreateImagePipeline", {**BASE, "BuildContent": "RUN true", **given})["ImagePipelineId"]


def start(account, identifier, **given):
    return current(
        account, "StartImagePipelineExecution", {"ImagePipelineId": identifier, **given})["ExecutionId"]


def shown(account, execution):
    listed = current(account, "DescribeImagePipelineExecutions", {"ExecutionId": execution})
    return listed["ImagePipelineExecution"]["ImagePipelineExecutionSet"][0]


def finished(account, execution):
    for _ in range(400):
        item = shown(account, execution)
        if item["Status"] in TERMINAL:
            return item
        time.sleep(0.02)
    raise AssertionError(f"still {item['Status']}")


@cases(lambda build, test, status: f"{build} / {test}: {status}", [
    ("RUN true", None, "SUCCESS"),
    ("RUN true", "RUN true", "SUCCESS"),
    ("RUN : emulate=fail", None, "FAILED"),
    ("RUN true", "RUN : emulate=fail", "TEST_FAILED"),
    ("RUN : emulate=partial", None, "PARTITION_SUCCESS"),
])
def outcomes(account, build, test, status):
    identifier = pipeline(account, BuildContent=build, TestContent=test)
    item = finished(account, start(account, identifier))
    expect(item["Status"], status)
    expect(item["ImageId"] == "", status == "FAILED")
    expect(item["ErrorCode"] == "", status not in ("FAILED", "TEST_FAILED"))
    current(account, "DeleteImagePipeline", {"ImagePipelineId": identifier})


@case
def an_image_is_made_in_every_target_region(account):
    identifier = pipeline(
        account, ToRegionId=["cn-shanghai"], ImageOptions={
            "ImageName": "golden", "ImageFamily": "golden", "ImageTags": [{"Key": "team", "Value": "infra"}]})
    execution = start(account, identifier)
    item = finished(account, execution)
    image = current(account, "DescribeImageFromFamily", {"ImageFamily": "golden"})["Image"]
    expect([image["ImageId"], image["ImageName"]], [item["ImageId"], f"golden_{execution}"])
    expect(image["Tags"]["Tag"], [{"TagKey": "team", "TagValue": "infra"}])
    there = current(account, "DescribeImages", {"ImageFamily": "golden"}, region="cn-shanghai")["Images"]["Image"]
    expect([copy["IsCopied"] for copy in there], [True])
    assert there[0]["ImageId"] != item["ImageId"]


@case
def one_execution_at_a_time(account):
    identifier = pipeline(account, BuildContent="RUN : emulate=hang")
    execution = start(account, identifier)
    again = {"ImagePipelineId": identifier}
    running = "403 InvalidImagePipeline.HasRunningExecution"
    expect(refusal(lambda: current(account, "StartImagePipelineExecution", again)), running)
    expect(refusal(lambda: current(account, "DeleteImagePipeline", again)), running)
    current(account, "CancelImagePipelineExecution", {"ExecutionId": execution})
    expect(finished(account, execution)["Status"], "CANCELLED")
    current(account, "DeleteImagePipeline", again)
    expect(
        refusal(lambda: current(account, "DescribeImagePipelineExecutions", again)),
        "404 InvalidImagePipeline.NotFound")


@case
def a_token_starts_one_execution(account):
    identifier = pipeline(account)
    first = start(account, identifier, ClientToken="t")
    expect(start(account, identifier, ClientToken="t"), first)


@case
def executions_are_listed_by_state(account):
    identifier = pipeline(account)
    for _ in range(3):
        finished(account, start(account, identifier, Tag=[{"Key": "run", "Value": "ci"}]))
    call = {"ImagePipelineId": identifier, "Status": "SUCCESS,FAILED", "MaxResults": 2}
    page = current(account, "DescribeImagePipelineExecutions", call)
    expect([page["TotalCount"], len(page["ImagePipelineExecution"]["ImagePipelineExecutionSet"])], [3, 2])
    rest = current(account, "DescribeImagePipelineExecutions", {**call, "NextToken": page["NextToken"]})
    last = rest["ImagePipelineExecution"]["ImagePipelineExecutionSet"]
    expect([item["Tags"]["Tag"] for item in last], [[{"TagKey": "run", "TagValue": "ci"}]])


@cases(lambda verdict, operation, given: f"{operation}: {verdict}", [
    ("404 InvalidImagePipeline.NotFound", "StartImagePipelineExecution", {"ImagePipelineId": "ip-no"}),
    ("404 InvalidImagePipelineExecution.NotFound", "CancelImagePipelineExecution", {"ExecutionId": "exec-no"}),
    ("400 MissingParameter.ImagePipelineId", "DescribeImagePipelineExecutions", {}),
    ("400 InvalidParameter.Status", "DescribeImagePipelineExecutions", {"ExecutionId": "e", "Status": "DONE"}),
    ("400 InvalidExecutionId.SizeExceeded", "DescribeImagePipelineExecutions",
     {"ExecutionId": ",".join(f"exec-{n}" for n in range(21))}),
    ("404 InvalidOSType", "DescribeImages", {"OSType": "beos"}),
    ("404 InvalidArchitecture", "DescribeImages", {"Architecture": "vax"}),
    ("404 InvalidUsage", "DescribeImages", {"Usage": "all"}),
    ("400 InvalidImageOwnerAlias.ValueNotSupported", "DescribeImages", {"ImageOwnerAlias": "me"}),
    ("404 InvalidFilterKey.NotFound", "DescribeImages", {"Filter": [{"Key": "Colour", "Value": "red"}]}),
    ("400 InvalidFilterValue.NetworkType", "DescribeImages", {"Filter": [{"Key": "NetworkType", "Value": "x"}]}),
    ("400 DryRunOperation", "DescribeImages", {"DryRun": True}),
])
def refusals(account, verdict, operation, given):
    expect(refusal(lambda: current(account, operation, given)), verdict)


@cases(lambda name, call: f"public images with the {name} SDK", BOTH)
def public_images(account, name, call):
    images = call(account, "DescribeImages", {"ImageOwnerAlias": "system", "PageSize": 3})
    expect([images["PageSize"], len(images["Images"]["Image"])], [3, 3])
    family = call(account, "DescribeImageFromFamily", {"ImageFamily": "acs:ubuntu_22_04_x64"})
    expect(family["Image"]["OSType"], "linux")
    expect(call(account, "DescribeImageFromFamily", {"ImageFamily": "none"})["Image"], {})


@case
def a_test_brings_an_execution_to_its_end(account):
    execution = start(account, pipeline(account, BuildContent="RUN : emulate=hang"))
    body = json.dumps({"account": account.number, "executionId": execution, "status": "FAILED"}).encode()
    request = urllib.request.Request(f"http://{account.host}/_kiln/executions", data=body, method="POST")
    expect(urllib.request.urlopen(request).status, 200)
    expect(shown(account, execution)["Status"], "FAILED")
