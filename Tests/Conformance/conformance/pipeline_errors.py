# SPDX-License-Identifier: Apache-2.0
"""Each error code of CreateImagePipeline, by one call that provokes it."""

from .clients import current, refusal
from .harness import cases, expect

BASE = {"BaseImageType": "IMAGE_FAMILY", "BaseImage": "acs:ubuntu_22_04_x64"}
DISK = {"OSSBucket": "images", "OSSObject": "disk.qcow2"}

TABLE = [
    ("400 InvalidName.Malformed", {"Name": "-a"}),
    ("400 InvalidDescription.Malformed", {"Description": "d"}),
    ("400 InvalidImageName.Malformed", {"ImageName": "http://x"}),
    ("400 InvalidImageName.Malformed", {"ImageOptions": {"ImageName": "9"}}),
    ("400 InvalidImageFamily.Malformed", {"ImageOptions": {"ImageFamily": "aliyun-x"}}),
    ("400 InvalidImageOptions.Description", {"ImageOptions": {"Description": "x"}}),
    ("400 InvalidBaseImageType.NotSupportedValue", {"BaseImageType": "DISK"}),
    ("400 InvalidSystemDiskSize.NotSupportedValue", {"SystemDiskSize": 10}),
    ("400 InvalidSystemDiskSize.NotSupportedValue", {"SystemDiskSize": 501}),
    ("400 InvalidInternetMaxBandwidthOut.NotSupportedValue", {"InternetMaxBandwidthOut": 101}),
    ("400 InvalidAddAccountSize.ExceededMaxNumber", {"AddAccount": list(range(1, 22))}),
    ("400 InvalidToRegionIdSize.ExceededMaxNumber", {"ToRegionId": ["cn-beijing"] * 21}),
    ("400 InvalidBuildContent.LengthExceeded", {"BuildContent": "RUN " + "a" * 16381}),
    ("400 InvalidImageTemplateCommandSize.ExceededMaxNumber", {"BuildContent": "RUN true\n" * 128}),
    ("400 DuplicatedCommand.FROM", {"BuildContent": "FROM IMAGE:m-1\nFROM IMAGE:m-2"}),
    ("400 InvalidCommandOrder.FROM", {"BuildContent": "RUN true\nFROM IMAGE:m-1"}),
    ("400 InvalidCommandContent.FROM", {"BuildContent": "FROM nothing"}),
    ("400 NotEmptyCommandContent.RESTART", {"BuildContent": "RESTART now"}),
    ("400 InvalidImageTemplateCommand.NotSupported", {"BuildContent": "ADD a b"}),
    ("400 InvalidParameter.BuildContent", {"BuildContent": "COMPONENT nonsense"}),
    ("400 InvalidParameter.TestContent", {"TestContent": "COMPONENT nonsense"}),
    ("404 ImageComponent.NotFound", {"BuildContent": "COMPONENT ic-unknown"}),
    ("400 InvalidImageComponent.NotSupported", {"BuildContent": "COMPONENT ic-sys00000000000000003"}),
    ("400 InvalidParameterCombination", {"ImageName": "one", "ImageOptions": {"ImageName": "two"}}),
    ("400 InvalidParameter.RepairMode", {"RepairMode": "Some"}),
    ("404 MissingParameter.RepairMode", {"RepairItem": ["grub"]}),
    ("400 InvalidImage.NotSupportRepair", {"BaseImage": "x-unrepairable", "RepairMode": "All"}),
    ("400 InvalidImage.OsTypeUnsupported", {"BaseImage": "x-unsupported"}),
    ("400 InvalidImage.ImageOwnerAliasUnsupported", {"BaseImage": "x-marketplace", "AddAccount": [1]}),
    ("404 InvalidImage.NotFound", {"BaseImage": "x-missing"}),
    ("400 InvalidAdvancedOptions.ImageNameSuffix", {"AdvancedOptions": {"ImageNameSuffix": "enable"}}),
    ("400 InvalidParameter.NvmeSupport", {"ImageOptions": {"ImageFeatures": {"NvmeSupport": "yes"}}}),
    ("400 Duplicate.TagKey", {"Tag": [{"Key": "a", "Value": "1"}, {"Key": "a", "Value": "2"}]}),
    ("400 InvalidTagKey.Malformed", {"Tag": [{"Key": "acs:x", "Value": "1"}]}),
    ("400 InvalidTagValue.Malformed", {"Tag": [{"Key": "a", "Value": "x" * 129}]}),
    ("404 InvalidResourceGroup.NotFound", {"ResourceGroupId": "rg-unknown"}),
    ("404 InvalidInstanceType.NotFound", {"InstanceType": "ecs.g9.large-missing"}),
    ("404 InvalidVSwitchId.NotFound", {"VSwitchId": "vsw-missing"}),
    ("404 InvalidRegionId.NotFound", {"ToRegionId": ["cn-nowhere"]}),
] + [
    (f"400 EmptyCommandContent.{word}", {"BuildContent": word})
    for word in ["LABEL", "ENV", "ENTRYPOINT", "CMD", "COPY", "WORKDIR", "USER", "RUN"]
] + [
    (f"400 InvalidCommandContent.{word}", {"BuildContent": f"{word} {argument}"})
    for word, argument in [
        ("RUN", "make && \\"), ("ENV", "=x"), ("WORKDIR", "/a b"), ("COPY", "https://example.com/a?b /dir"), ("USER", "two words"),
        ("CMD", '["a",'), ("ENTRYPOINT", '["a" "b"]')]
]

IMPORTS = [
    ("404 MissingParameter.ImportImageOptions", None),
    ("404 MissingParameter.ImageOptionsDiskDeviceMappings", {"OSType": "linux"}),
    ("404 MissingParameter.ImportImageOptionsDiskDeviceMappingsOSSObject",
     {"DiskDeviceMappings": [{"OSSBucket": "images"}]}),
    ("404 MissingParameter.ImportImageOptionsDiskDeviceMappingsOSSBucket",
     {"DiskDeviceMappings": [{"OSSObject": "disk"}]}),
    ("400 InvalidParameter.ImportImageOptionsArchitecture", {"Architecture": "i386", "DiskDeviceMappings": [DISK]}),
    ("400 InvalidParameter.ImportImageOptionsOSType", {"OSType": "bsd", "DiskDeviceMappings": [DISK]}),
    ("400 InvalidParameter.ImportImageOptionsBootMode", {"BootMode": "EFI", "DiskDeviceMappings": [DISK]}),
    ("400 InvalidParameter.ImportImageOptionsPlatform", {"Platform": "Plan 9", "DiskDeviceMappings": [DISK]}),
    ("400 InvalidParameter.ImportImageOptionsLicenseType", {"LicenseType": "Free", "DiskDeviceMappings": [DISK]}),
    ("400 InvalidParameter.ImportImageOptionsFeaturesNvmeSupport",
     {"Features": {"NvmeSupport": "auto"}, "DiskDeviceMappings": [DISK]}),
    ("400 InvalidParameter.ImportImageOptionsDiskDeviceMappingsFormat",
     {"DiskDeviceMappings": [{**DISK, "Format": "VMDK"}]}),
    ("400 InvalidParameter.ImportImageOptionsDiskDeviceMappingsOSSObject",
     {"DiskDeviceMappings": [{**DISK, "OSSObject": "http://x"}]}),
    ("400 InvalidParameter.ImportImageOptionsDiskDeviceMappingsOSSBucket",
     {"DiskDeviceMappings": [{**DISK, "OSSBucket": "-x"}]}),
    ("400 InvalidOperation.DiskImageSizeExceeded", {"DiskDeviceMappings": [{**DISK, "DiskImageSize": 2049}]}),
    ("400 InvalidImportImageOptionsDiskDeviceMappings.LengthLimitExceeded", {"DiskDeviceMappings": [DISK] * 18}),
    ("404 InvalidImportImageOptionsDiskDeviceMappingsOSSObject.NotFound",
     {"DiskDeviceMappings": [{**DISK, "OSSObject": "x-missing"}]}),
    ("403 InvalidOSSObject.NotAuthorized", {"DiskDeviceMappings": [{**DISK, "OSSObject": "x-forbidden"}]}),
    ("403 InvalidOSSObject.NeedRestore", {"DiskDeviceMappings": [{**DISK, "OSSObject": "x-archived"}]}),
    ("403 InvalidOperation.OSSObjectIsImporting", {"DiskDeviceMappings": [{**DISK, "OSSObject": "x-importing"}]}),
    ("403 InvalidOperation.NoRightAccessOSS", {"DiskDeviceMappings": [{**DISK, "OSSBucket": "x-forbidden"}]}),
]


@cases(lambda verdict, changes: f"{verdict} for {str(changes)[:60]}", TABLE)
def with_a_base_image(account, verdict, changes):
    expect(refusal(lambda: current(account, "CreateImagePipeline", {**BASE, **changes})), verdict)


@cases(lambda verdict, options: f"import: {verdict}", IMPORTS)
def with_an_import(account, verdict, options):
    given = {"BaseImageType": "OSS"}
    if options is not None:
        given["ImportImageOptions"] = options
    expect(refusal(lambda: current(account, "CreateImagePipeline", given)), verdict)
