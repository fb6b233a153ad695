# SPDX-License-Identifier: Apache-2.0
"""The current SDK: every operation, every field there and back."""

from .clients import REGION, current, refusal
from .harness import case, cases, expect

COMPONENT = {
    "Name": "组件-web:1.0_a", "Description": "a+b & c/d = e? #f", "SystemType": "Linux", "ComponentType": "Test",
    "ComponentVersion": "1.2.3", "Content": "RUN echo \"héllo 你好\" && ls *.log ~/tmp\nENV A=\"1+1=2\" B=\"50%\"\nRESTART\n",
    "ResourceGroupId": "rg-emulated",
    "Tag": [{"Key": "empty value", "Value": ""}] + [{"Key": f"k{n:02}", "Value": f"v {n}*~"} for n in range(1, 11)],
}

PIPELINE = {
    "Name": "golden", "Description": "a golden image", "BaseImageType": "IMAGE_FAMILY",
    "BaseImage": "acs:ubuntu_22_04_x64", "BuildContent": "RUN apt-get update && \\\n  apt-get upgrade -y\nRESTART",
    "TestContent": "RUN test -e /etc/os-release", "InstanceType": "ecs.g6.large", "VSwitchId": "vsw-1",
    "SystemDiskSize": 60, "InternetMaxBandwidthOut": 10, "DeleteInstanceOnFailure": False,
    "RepairMode": "Customized", "RepairItem": ["grub", "nvme"], "AddAccount": [1234567890, 9876543210],
    "ToRegionId": ["cn-shanghai", "ap-southeast-1"], "ResourceGroupId": "rg-emulated",
    "ImageOptions": {
        "ImageName": "golden", "ImageFamily": "golden-family", "Description": "built by a pipeline",
        "ImageFeatures": {"NvmeSupport": "auto"}, "ImageTags": [{"Key": "team", "Value": "infra"}]},
    "AdvancedOptions": {"RetainCloudAssistant": True, "ImageNameSuffix": "disable"},
    "ImageSecurityOptions": {"SecurityScanMode": "basic"},
    "Tag": [{"Key": "env", "Value": "prod"}],
}

IMPORT = {
    "Name": "imported", "BaseImageType": "OSS",
    "ImportImageOptions": {
        "Architecture": "arm64", "OSType": "linux", "Platform": "Rocky Linux", "BootMode": "UEFI", "LicenseType": "BYOL",
        "Features": {"NvmeSupport": "supported", "ImdsSupport": "v2"}, "ImageName": "raw", "Description": "the raw disk",
        "RoleName": "importer", "RetentionStrategy": "RetainAlways", "RetainImportedImage": True,
        "ImportImageTags": [{"Key": "source", "Value": "oss"}],
        "DiskDeviceMappings": [
            {"OSSBucket": "images", "OSSObject": "a/system.qcow2", "Format": "QCOW2", "DiskImageSize": 40},
            {"OSSBucket": "images", "OSSObject": "a/data.vhd", "Format": "VHD", "DiskImageSize": 100}]},
}


def tags(item, key="TagKey", value="TagValue"):
    return [{"Key": tag[key], "Value": tag[value]} for tag in item]


@case
def a_component_comes_back_with_every_field(account):
    identifier = current(account, "CreateImageComponent", COMPONENT)["ImageComponentId"]
    reply = current(account, "DescribeImageComponents", {"ImageComponentId": [identifier]})
    expect(reply["TotalCount"], 1)
    item = reply["ImageComponent"]["ImageComponentSet"][0]
    for name in set(COMPONENT) - {"Tag"}:
        expect(item[name], COMPONENT[name])
    expect(tags(item["Tags"]["Tag"]), COMPONENT["Tag"])
    expect(item["Owner"], "SELF")
    current(account, "DeleteImageComponent", {"ImageComponentId": identifier})
    expect(current(account, "DescribeImageComponents")["TotalCount"], 0)


@case
def a_pipeline_comes_back_with_every_field(account):
    identifier = current(account, "CreateImagePipeline", PIPELINE)["ImagePipelineId"]
    item = current(account, "DescribeImagePipelines")["ImagePipeline"]["ImagePipelineSet"][0]
    expect(item["ImagePipelineId"], identifier)
    same = set(PIPELINE) - {"Tag", "AddAccount", "ToRegionId", "RepairItem", "ImageOptions"}
    for name in same:
        expect(item[name], PIPELINE[name])
    expect(item["AddAccounts"]["AddAccount"], ["1234567890", "9876543210"])
    expect(item["ToRegionIds"]["ToRegionId"], PIPELINE["ToRegionId"])
    expect(item["RepairItems"]["RepairItem"], PIPELINE["RepairItem"])
    options = dict(item["ImageOptions"])
    expect(tags(options.pop("ImageTags")["ImageTag"]), PIPELINE["ImageOptions"]["ImageTags"])
    expect(options, {k: v for k, v in PIPELINE["ImageOptions"].items() if k != "ImageTags"})
    expect(tags(item["Tags"]["Tag"]), PIPELINE["Tag"])
    current(account, "DeleteImagePipeline", {"ImagePipelineId": identifier})
    expect(current(account, "DescribeImagePipelines")["TotalCount"], 0)


@case
def an_import_comes_back_with_every_field(account):
    current(account, "CreateImagePipeline", IMPORT)
    item = current(account, "DescribeImagePipelines")["ImagePipeline"]["ImagePipelineSet"][0]
    options, wanted = dict(item["ImportImageOptions"]), dict(IMPORT["ImportImageOptions"])
    expect(tags(options.pop("ImportImageTags")["ImportImageTag"], "Key", "Value"), wanted.pop("ImportImageTags"))
    expect(options.pop("DiskDeviceMappings")["DiskDeviceMapping"], wanted.pop("DiskDeviceMappings"))
    expect(options, wanted)


@case
def defaults_are_filled_in(account):
    component = current(account, "CreateImageComponent", {"Content": "RUN true"})["ImageComponentId"]
    pipeline = current(account, "CreateImagePipeline", {
        "BaseImageType": "IMAGE", "BaseImage": "m-somewhere", "BuildContent": f"RUN true"})["ImagePipelineId"]
    item = current(account, "DescribeImageComponents")["ImageComponent"]["ImageComponentSet"][0]
    expect(item["Name"], component)
    expect([item[n] for n in ["SystemType", "ComponentType", "ComponentVersion"]], ["Linux", "Build", "1.0.0"])
    item = current(account, "DescribeImagePipelines")["ImagePipeline"]["ImagePipelineSet"][0]
    expect(item["Name"], pipeline)
    expect([item[n] for n in ["SystemDiskSize", "InternetMaxBandwidthOut", "DeleteInstanceOnFailure"]], [40, 0, True])


@case
def parameters_of_yaml_content_are_shown(account):
    content = ("Parameters:\n  port: {Type: Number, DefaultValue: 8080}\n  channel: {Type: String}\n"
               "Tasks:\n  - Name: a\n    Action: RunShellCommand\n    Properties:\n      commandContent: echo {{ port }}\n")
    identifier = current(account, "CreateImageComponent", {"Content": content})["ImageComponentId"]
    item = current(account, "DescribeImageComponents")["ImageComponent"]["ImageComponentSet"][0]
    expect(item["Content"], content)
    expect([p["Name"] for p in item["Parameters"]["Parameter"]], ["port", "channel"])
    base = {"BaseImageType": "IMAGE_FAMILY", "BaseImage": "acs:ubuntu_22_04_x64"}
    expect(
        refusal(lambda: current(account, "CreateImagePipeline", {**base, "BuildContent": f"COMPONENT {identifier}"})),
        "400 InvalidParameter.BuildContent")
    current(account, "CreateImagePipeline", {**base, "BuildContent": f"COMPONENT {identifier} --channel stable"})


@case
def a_used_component_stays(account):
    identifier = current(account, "CreateImageComponent", {"Name": "web", "Content": "RUN true"})["ImageComponentId"]
    arn = f"acs:ecs:{REGION}:{account.number}:imagecomponent/web/1.0.*"
    pipeline = current(account, "CreateImagePipeline", {
        "BaseImageType": "IMAGE_FAMILY", "BaseImage": "acs:ubuntu_22_04_x64", "BuildContent": f"COMPONENT {arn}"})
    delete = {"ImageComponentId": identifier}
    expect(refusal(lambda: current(account, "DeleteImageComponent", delete)), "403 InvalidImageComponent.InUse")
    current(account, "DeleteImagePipeline", {"ImagePipelineId": pipeline["ImagePipelineId"]})
    current(account, "DeleteImageComponent", delete)
    expect(refusal(lambda: current(account, "DeleteImageComponent", delete)), "404 InvalidImageComponent.NotFound")


@cases(lambda kind, create, given, name: f"tags and groups of {kind}", [
    ("imagecomponent", "CreateImageComponent", {"Content": "RUN true"}, "ImageComponentId"),
    ("imagepipeline", "CreateImagePipeline",
     {"BaseImageType": "IMAGE_FAMILY", "BaseImage": "acs:ubuntu_22_04_x64"}, "ImagePipelineId"),
])
def tags_and_groups(account, kind, create, given, name):
    identifier = current(account, create, {**given, "Tag": [{"Key": "a", "Value": "1"}]})[name]
    subject = {"ResourceType": kind, "ResourceId": [identifier]}
    current(account, "TagResources", {**subject, "Tag": [{"Key": "a", "Value": "2"}, {"Key": "b", "Value": ""}]})
    rows = current(account, "ListTagResources", subject)["TagResources"]["TagResource"]
    expect([(row["TagKey"], row["TagValue"]) for row in rows], [("a", "2"), ("b", "")])
    expect({row["ResourceId"] for row in rows}, {identifier})
    current(account, "UntagResources", {**subject, "TagKey": ["a"]})
    found = current(account, "ListTagResources", {"ResourceType": kind, "Tag": [{"Key": "b"}]})
    expect([row["ResourceId"] for row in found["TagResources"]["TagResource"]], [identifier])
    current(account, "UntagResources", {**subject, "All": True})
    expect(current(account, "ListTagResources", subject)["TagResources"]["TagResource"], [])
    join = {"ResourceType": kind, "ResourceId": identifier, "ResourceGroupId": "rg-emulated"}
    current(account, "JoinResourceGroup", join)
    expect(refusal(lambda: current(account, "JoinResourceGroup", join)), "403 InvalidResourceGroup.Duplicate")


@cases(lambda verdict, operation, given: f"{operation}: {verdict}", [
    ("404 InvalidResourceId.NotFound", "TagResources",
     {"ResourceType": "imagecomponent", "ResourceId": ["ic-no"], "Tag": [{"Key": "a", "Value": "1"}]}),
    ("404 InvalidResourceType.NotFound", "TagResources",
     {"ResourceType": "cloud", "ResourceId": ["ic-no"], "Tag": [{"Key": "a", "Value": "1"}]}),
    ("404 MissingParameter.ResourceIds", "TagResources",
     {"ResourceType": "imagecomponent", "Tag": [{"Key": "a", "Value": "1"}]}),
    ("404 MissingParameter.Tags", "TagResources", {"ResourceType": "imagecomponent", "ResourceId": ["ic-no"]}),
    ("400 NumberExceed.Tags", "TagResources",
     {"ResourceType": "imagecomponent", "ResourceId": ["ic-no"], "Tag": [{"Key": str(n)} for n in range(21)]}),
    ("400 NumberExceed.ResourceIds", "TagResources",
     {"ResourceType": "imagecomponent", "ResourceId": ["ic-no"] * 51, "Tag": [{"Key": "a"}]}),
    ("403 Param.Conflict", "UntagResources",
     {"ResourceType": "imagecomponent", "ResourceId": ["ic-no"], "TagKey": ["a"], "All": True}),
    ("403 BothEmpty.TagsAndResources", "ListTagResources", {"ResourceType": "imagecomponent"}),
    ("403 MissingParameter", "JoinResourceGroup", {"ResourceType": "imagecomponent"}),
    ("404 InvalidResourceGroup.NotFound", "JoinResourceGroup",
     {"ResourceType": "imagecomponent", "ResourceId": "ic-no", "ResourceGroupId": "rg-no"}),
    ("400 InvalidParameter.Owner", "DescribeImageComponents", {"Owner": "NOBODY"}),
    ("400 InvalidImageComponentIdSize.ExceededMaxNumber", "DescribeImageComponents",
     {"ImageComponentId": [f"ic-{n}" for n in range(21)]}),
    ("400 InvalidImagePipelineIdSize.ExceededMaxNumber", "DescribeImagePipelines",
     {"ImagePipelineId": [f"ip-{n}" for n in range(21)]}),
    ("403 Invalid.NextToken", "DescribeImageComponents", {"NextToken": "nonsense"}),
    ("403 Invalid.NextToken", "DescribeImagePipelines", {"NextToken": "nonsense"}),
    ("400 InvalidParameter.ComponentVersion", "DescribeImageComponents",
     {"Name": "web", "ComponentVersion": "1.*.*"}),
    ("404 InvalidImagePipeline.NotFound", "DeleteImagePipeline", {"ImagePipelineId": "ip-no"}),
    ("404 InvalidAcceptLanguage.NotFound", "DescribeRegions", {"AcceptLanguage": "la"}),
    ("404 InvalidResourceType.NotFound", "DescribeRegions", {"ResourceType": "moon"}),
])
def refusals(account, verdict, operation, given):
    expect(refusal(lambda: current(account, operation, given)), verdict)


@case
def regions_are_listed(account):
    regions = current(account, "DescribeRegions", region=None)["Regions"]["Region"]
    assert {"cn-hangzhou", "ap-southeast-1", "eu-central-1"} <= {region["RegionId"] for region in regions}
    assert all(region["RegionEndpoint"] and region["Status"] == "available" for region in regions)


@case
def instance_types_are_described_by_name(account):
    found = current(account, "DescribeInstanceTypes", {
        "InstanceTypes": ["ecs.g6.large", "ecs.g6.large-missing", "large"]})["InstanceTypes"]["InstanceType"]
    expect([(kind["InstanceTypeId"], kind["InstanceTypeFamily"]) for kind in found], [("ecs.g6.large", "ecs.g6")])
    expect([found[0]["CpuCoreCount"], found[0]["MemorySize"]], [2, 8])


@case
def instance_types_come_in_pages(account):
    seen, token = [], None
    while token != "":
        page = current(account, "DescribeInstanceTypes", {"MaxResults": 2, "NextToken": token})
        seen += [kind["InstanceTypeId"] for kind in page["InstanceTypes"]["InstanceType"]]
        token = page["NextToken"]
    assert len(seen) > 2 and len(set(seen)) == len(seen)


@case
def system_components_are_for_everybody(account):
    found = current(account, "DescribeImageComponents", {"Owner": "ALIYUN"})["ImageComponent"]["ImageComponentSet"]
    assert found and all(component["Owner"] == "ALIYUN" for component in found)


@cases(lambda create, given, name, delete: f"{create}: a token gives the same answer", [
    ("CreateImageComponent", {"Content": "RUN true"}, "ImageComponentId", "DeleteImageComponent"),
    ("CreateImagePipeline", {"BaseImageType": "IMAGE_FAMILY", "BaseImage": "acs:ubuntu_22_04_x64"}, "ImagePipelineId",
     "DeleteImagePipeline"),
])
def tokens(account, create, given, name, delete):
    call = {**given, "Name": "web", "ClientToken": "token-1"}
    first = current(account, create, call)
    second = current(account, create, call)
    expect(second[name], first[name])
    assert second["RequestId"] != first["RequestId"]
    expect(
        refusal(lambda: current(account, create, {**call, "Name": "other"})), "400 IdempotentParameterMismatch")
    current(account, delete, {name: first[name]})
    expect(current(account, create, call)[name], first[name])
    assert current(account, create, {**call, "ClientToken": "token-2"})[name] != first[name]
