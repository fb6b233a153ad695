// SPDX-License-Identifier: Apache-2.0

import EmulatedCloud

extension Provocation {
  /// The rows of DescribeImages, DescribeImageFromFamily and DescribeRegions.
  static let images: [Provocation] =
    rules("DescribeImages", ImageTests.rules) { cloud, rule in
      try await cloud.call("DescribeImages", rule.changes)
    } + [
      call(
        "DescribeImages", "403 CurrentAccount.NotSupportPublicImage", ["IsPublic": "true"],
        configure: { $0.deny("public-images") }),
      call(
        "DescribeImageFromFamily", "403 InvalidUser.Unauthorized", ["ImageFamily": "golden"],
        configure: { $0.deny("image-families") }),
      call(
        "DescribeImageFromFamily", "404 InvalidRegionId.NotFound",
        ["ImageFamily": "golden", "RegionId": "cn-nowhere"]),
      call(
        "DescribeRegions", "403 Unauthorized.EmptyRegion", [:], configure: { $0.deny("regions") }),
      call("DescribeRegions", "404 InvalidAcceptLanguage.NotFound", ["AcceptLanguage": "la"]),
      call("DescribeRegions", "404 InvalidResourceType.NotFound", ["ResourceType": "imagecomponent"]),
    ]
    + faults(
      "DescribeImages", because: "an image that is not there leaves the list empty",
      ["404 InvalidImageId.NotFound"])
    + faults("DescribeImages", because: "the service is in trouble of its own", ["500 InternalError"])
}
