// SPDX-License-Identifier: Apache-2.0

/// An image pipeline as the API knows it (an image template in its console): the recipe for a build.
public struct ImagePipeline: FieldTabled {
  /// What the service calls it; not unique.
  public var name: String?
  /// What it is for.
  public var description: String?
  /// `IMAGE`, `IMAGE_FAMILY` or `OSS`: what ``baseImage`` names.
  public var baseImageType: String?
  /// The image id or family that builds start from; unused with `OSS`.
  public var baseImage: String?
  /// Commands that build the image, in the Dockerfile form.
  public var buildContent: String?
  /// Commands that test the built image, in the Dockerfile form.
  public var testContent: String?
  /// How the built image is called and marked.
  public var imageOptions = ImageOptions()
  /// Deprecated twin of `imageOptions.imageName`.
  public var imageName: String?
  /// Deprecated twin of `imageOptions.imageFamily`.
  public var imageFamily: String?
  /// Deprecated twin of `imageOptions.imageFeatures.nvmeSupport`.
  public var nvmeSupport: String?
  /// Accounts that the image is shared with.
  public var addAccounts: [Int64] = []
  /// Regions that the image is copied to.
  public var toRegionIDs: [String] = []
  /// Instance type of the intermediate instance.
  public var instanceType: String?
  /// The vSwitch of the intermediate instance.
  public var vSwitchID: String?
  /// System disk of the intermediate instance, in GiB.
  public var systemDiskSize: Int64?
  /// Outbound bandwidth of the intermediate instance, in Mbit/s; 0 means no Internet.
  public var internetMaxBandwidthOut: Int64?
  /// Whether the intermediate instance goes when a build fails.
  public var deleteInstanceOnFailure: Bool?
  /// `Standard`, `All` or `Customized`: what is repaired in the base image.
  public var repairMode: String?
  /// What is repaired with `Customized`.
  public var repairItems: [String] = []
  /// Rarely needed choices.
  public var advancedOptions = AdvancedOptions()
  /// `ImageSecurityOptions.SecurityScanMode`; its values are not documented.
  public var securityScanMode: String?
  /// How a base image is imported from OSS.
  public var importImageOptions = ImportImageOptions()
  /// The resource group that holds the pipeline.
  public var resourceGroupID: String?
  /// Its tags; for what Kiln itself adds see ``OwnershipTags``.
  public var tags: [String: String] = [:]

  /// A pipeline in which every field is unset.
  public init() {}
}

/// How the built image is called and marked.
public struct ImageOptions: Hashable, Sendable {
  /// Prefix of the image's name.
  public var imageName: String?
  /// The family that the image joins.
  public var imageFamily: String?
  /// Description of the image.
  public var description: String?
  /// `supported`, `unsupported` or `auto`.
  public var nvmeSupport: String?
  /// Tags on the image.
  public var imageTags: [String: String] = [:]
}

/// Rarely needed choices of a pipeline.
public struct AdvancedOptions: Hashable, Sendable {
  /// Whether the Cloud Assistant agent that the build installs stays in the image.
  public var retainCloudAssistant: Bool?
  /// `disable` uses the image name as it is, without the execution's id.
  public var imageNameSuffix: String?
}

/// How a base image is imported from OSS.
public struct ImportImageOptions: Hashable, Sendable {
  /// `x86_64` or `arm64`.
  public var architecture: String?
  /// `linux` or `windows`.
  public var osType: String?
  /// The distribution.
  public var platform: String?
  /// `BIOS` or `UEFI`.
  public var bootMode: String?
  /// `Auto`, `Aliyun` or `BYOL`.
  public var licenseType: String?
  /// The disks; the first is the system disk.
  public var diskDeviceMappings: [DiskDeviceMapping] = []
  /// `supported` or `unsupported`.
  public var nvmeSupport: String?
  /// `v1` or `v2`.
  public var imdsSupport: String?
  /// Name of the imported image.
  public var imageName: String?
  /// Description of the imported image.
  public var description: String?
  /// Tags on the imported image.
  public var importImageTags: [String: String] = [:]
  /// The RAM role that reads the bucket.
  public var roleName: String?
  /// When the imported image is kept.
  public var retentionStrategy: String?
  /// Deprecated in favour of ``retentionStrategy``.
  public var retainImportedImage: Bool?
}

/// One disk of an image to be imported.
public struct DiskDeviceMapping: FieldTabled {
  /// The OSS bucket.
  public var ossBucket: String?
  /// The object's key in the bucket.
  public var ossObject: String?
  /// `RAW`, `VHD` or `QCOW2`; detected where unset.
  public var format: String?
  /// Size of the disk, in GiB.
  public var diskImageSize: Int64?

  /// A mapping in which every field is unset.
  public init() {}
}
