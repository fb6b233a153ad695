// SPDX-License-Identifier: Apache-2.0

import JSONSyntax

extension PublicImage {
  /// Its item in a reply of DescribeImages.
  var item: JSONValue {
    let isWindows = systemType == "Windows"
    let size: Int64 = isWindows ? 40 : 20
    return [
      "ImageId": .string(id), "ImageName": .string(id), "ImageFamily": .string(family), "Description": "",
      "Status": "Available", "Progress": "100%", "CreationTime": "2024-09-26T00:00:00Z",
      "Size": .integer(size),
      "ImageOwnerAlias": "system", "Architecture": .string(architecture),
      "BootMode": architecture == "arm64" ? "UEFI" : "BIOS", "Platform": .string(platform),
      "OSType": isWindows ? "windows" : "linux", "OSName": .string(osName), "OSNameEn": .string(osName),
      "IsCopied": false, "IsSelfShared": "", "IsPublic": true, "IsSubscribed": false,
      "IsSupportCloudinit": true,
      "IsSupportIoOptimized": true, "Usage": "none", "ImageVersion": "v2024.9.26", "ProductCode": "",
      "Features": ["NvmeSupport": "supported", "ImdsSupport": "v1"], "ResourceGroupId": "",
      "DiskDeviceMappings": ["DiskDeviceMapping": []], "Tags": ["Tag": []],
    ]
  }
}
