# SPDX-License-Identifier: Apache-2.0
"""The previous SDK: signature V1, JSON and XML, its own request classes."""

import time
import xml.etree.ElementTree as ElementTree

from aliyunsdkecs.request.v20140526.CancelImagePipelineExecutionRequest import CancelImagePipelineExecutionRequest
from aliyunsdkecs.request.v20140526.CreateImageComponentRequest import CreateImageComponentRequest
from aliyunsdkecs.request.v20140526.CreateImagePipelineRequest import CreateImagePipelineRequest
from aliyunsdkecs.request.v20140526.DeleteImageComponentRequest import DeleteImageComponentRequest
from aliyunsdkecs.request.v20140526.DeleteImagePipelineRequest import DeleteImagePipelineRequest
from aliyunsdkecs.request.v20140526.DescribeImageComponentsRequest import DescribeImageComponentsRequest
from aliyunsdkecs.request.v20140526.DescribeImageFromFamilyRequest import DescribeImageFromFamilyRequest
from aliyunsdkecs.request.v20140526.DescribeImagePipelineExecutionsRequest import (
    DescribeImagePipelineExecutionsRequest)
from aliyunsdkecs.request.v20140526.DescribeImagePipelinesRequest import DescribeImagePipelinesRequest
from aliyunsdkecs.request.v20140526.DescribeImagesRequest import DescribeImagesRequest
from aliyunsdkecs.request.v20140526.DescribeInstanceTypesRequest import DescribeInstanceTypesRequest
from aliyunsdkecs.request.v20140526.DescribeRegionsRequest import DescribeRegionsRequest
from aliyunsdkecs.request.v20140526.JoinResourceGroupRequest import JoinResourceGroupRequest
from aliyunsdkecs.request.v20140526.ListTagResourcesRequest import ListTagResourcesRequest
from aliyunsdkecs.request.v20140526.StartImagePipelineExecutionRequest import StartImagePipelineExecutionRequest
from aliyunsdkecs.request.v20140526.TagResourcesRequest import TagResourcesRequest
from aliyunsdkecs.request.v20140526.UntagResourcesRequest import UntagResourcesRequest

from .clients import previous, previous_model, previous_xml, refusal
from .harness import case, expect


@case
def a_component_by_its_request_classes(account):
    content = "RUN echo \"你好 *~\" && true\nRESTART"
    created = previous_model(account, CreateImageComponentRequest(), {
        "Name": "web", "Content": content, "Description": "a component", "SystemType": "Linux",
        "Tags": [{"Key": "a", "Value": "1 + 1"}], "ClientToken": "t"})
    listed = previous_model(account, DescribeImageComponentsRequest(), {
        "ImageComponentIds": [created["ImageComponentId"]], "MaxResults": 10})
    item = listed["ImageComponent"]["ImageComponentSet"][0]
    expect([item["Name"], item["Content"], item["Description"]], ["web", content, "a component"])
    expect(item["Tags"]["Tag"], [{"TagKey": "a", "TagValue": "1 + 1"}])
    previous_model(account, DeleteImageComponentRequest(), {"ImageComponentId": created["ImageComponentId"]})


@case
def a_pipeline_by_its_request_classes(account):
    created = previous_model(account, CreateImagePipelineRequest(), {
        "Name": "golden", "BaseImageType": "IMAGE_FAMILY", "BaseImage": "acs:ubuntu_22_04_x64",
        "BuildContent": "RUN true", "SystemDiskSize": 60, "DeleteInstanceOnFailure": False,
        "ToRegionIds": ["cn-shanghai"], "AddAccounts": [42], "Tags": [{"Key": "a", "Value": "1"}]})
    item = previous_model(account, DescribeImagePipelinesRequest(), {})["ImagePipeline"]["ImagePipelineSet"][0]
    expect(item["ImagePipelineId"], created["ImagePipelineId"])
    expect([item["SystemDiskSize"], item["DeleteInstanceOnFailure"]], [60, False])
    expect([item["ToRegionIds"]["ToRegionId"], item["AddAccounts"]["AddAccount"]], [["cn-shanghai"], ["42"]])
    previous_model(account, DeleteImagePipelineRequest(), {"ImagePipelineId": created["ImagePipelineId"]})
    expect(previous_model(account, DescribeImagePipelinesRequest(), {})["TotalCount"], 0)


@case
def an_execution_by_its_request_classes(account):
    pipeline = previous(account, "CreateImagePipeline", {
        "BaseImageType": "IMAGE_FAMILY", "BaseImage": "acs:ubuntu_22_04_x64", "ImageFamily": "golden",
        "BuildContent": "RUN true"})["ImagePipelineId"]
    execution = previous_model(
        account, StartImagePipelineExecutionRequest(), {"ImagePipelineId": pipeline})["ExecutionId"]
    for _ in range(200):
        listed = previous_model(account, DescribeImagePipelineExecutionsRequest(), {"ExecutionId": execution})
        item = listed["ImagePipelineExecution"]["ImagePipelineExecutionSet"][0]
        if item["Status"] == "SUCCESS":
            break
        time.sleep(0.02)
    expect(item["Status"], "SUCCESS")
    images = previous_model(account, DescribeImagesRequest(), {"ImageId": item["ImageId"]})
    expect([image["ImageFamily"] for image in images["Images"]["Image"]], ["golden"])
    newest = previous_model(account, DescribeImageFromFamilyRequest(), {"ImageFamily": "golden"})
    expect(newest["Image"]["ImageId"], item["ImageId"])
    expect(
        refusal(lambda: previous_model(
            account, CancelImagePipelineExecutionRequest(), {"ExecutionId": execution})),
        "400 InvalidStatus.CancelFailed")


@case
def tags_and_groups_by_their_request_classes(account):
    identifier = previous(account, "CreateImageComponent", {"Content": "RUN true"})["ImageComponentId"]
    previous_model(account, TagResourcesRequest(), {
        "ResourceType": "imagecomponent", "ResourceIds": [identifier], "Tags": [{"Key": "a", "Value": "1"}]})
    rows = previous_model(account, ListTagResourcesRequest(), {
        "ResourceType": "imagecomponent", "ResourceIds": [identifier]})["TagResources"]["TagResource"]
    expect([(row["TagKey"], row["TagValue"]) for row in rows], [("a", "1")])
    previous_model(account, UntagResourcesRequest(), {
        "ResourceType": "imagecomponent", "ResourceIds": [identifier], "TagKeys": ["a"]})
    previous_model(account, JoinResourceGroupRequest(), {
        "ResourceType": "imagecomponent", "ResourceId": identifier, "ResourceGroupId": "rg-emulated"})
    item = previous(account, "DescribeImageComponents")["ImageComponent"]["ImageComponentSet"][0]
    expect([item["ResourceGroupId"], item["Tags"]["Tag"]], ["rg-emulated", []])


@case
def regions_by_their_request_class(account):
    regions = previous_model(account, DescribeRegionsRequest(), {})["Regions"]["Region"]
    assert len(regions) > 20


@case
def instance_types_by_their_request_class(account):
    found = previous_model(account, DescribeInstanceTypesRequest(), {
        "InstanceTypess": ["ecs.g6.large", "ecs.c6.large-missing"]})["InstanceTypes"]["InstanceType"]
    expect([kind["InstanceTypeId"] for kind in found], ["ecs.g6.large"])


@case
def replies_are_xml_where_asked_for(account):
    previous(account, "CreateImageComponent", {"Name": "web", "Content": "RUN a < b && echo \"c\""})
    status, body = previous_xml(account, DescribeImageComponentsRequest(), {})
    root = ElementTree.fromstring(body)
    expect([status, root.tag], [200, "DescribeImageComponentsResponse"])
    expect(root.findtext("TotalCount"), "1")
    component = root.find("ImageComponent/ImageComponentSet")
    expect([component.findtext("Name"), component.findtext("Content")], ["web", "RUN a < b && echo \"c\""])


@case
def refusals_are_xml_where_asked_for(account):
    status, body = previous_xml(account, DeleteImageComponentRequest(), {"ImageComponentId": "ic-no"})
    root = ElementTree.fromstring(body)
    expect([status, root.tag, root.findtext("Code")], [404, "Error", "InvalidImageComponent.NotFound"])
