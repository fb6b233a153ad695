// SPDX-License-Identifier: Apache-2.0

/// An image that every account may build from.
struct PublicImage: Hashable, Sendable {
  let id: String
  let family: String
  let osName: String
  let platform: String
  let architecture: String
  let systemType: String

  /// The image of this id, or the newest of this family.
  static func named(_ name: String, isFamily: Bool) -> PublicImage? {
    all.first { (isFamily ? $0.family : $0.id) == name }
  }

  /// A few of the many, the newest of a family first.
  static let all: [PublicImage] = [
    PublicImage(
      id: "aliyun_3_x64_20G_alibase_20240819.vhd", family: "acs:alibaba_cloud_linux_3_2104_lts_x64",
      osName: "Alibaba Cloud Linux 3.2104 LTS 64-bit", platform: "Aliyun", architecture: "x86_64",
      systemType: "Linux"),
    PublicImage(
      id: "aliyun_3_x64_20G_alibase_20240528.vhd", family: "acs:alibaba_cloud_linux_3_2104_lts_x64",
      osName: "Alibaba Cloud Linux 3.2104 LTS 64-bit", platform: "Aliyun", architecture: "x86_64",
      systemType: "Linux"),
    PublicImage(
      id: "aliyun_3_arm64_20G_alibase_20240819.vhd", family: "acs:alibaba_cloud_linux_3_2104_lts_arm64",
      osName: "Alibaba Cloud Linux 3.2104 LTS 64-bit ARM", platform: "Aliyun", architecture: "arm64",
      systemType: "Linux"),
    PublicImage(
      id: "ubuntu_22_04_x64_20G_alibase_20240926.vhd", family: "acs:ubuntu_22_04_x64",
      osName: "Ubuntu 22.04 64-bit", platform: "Ubuntu", architecture: "x86_64", systemType: "Linux"),
    PublicImage(
      id: "debian_12_6_x64_20G_alibase_20240926.vhd", family: "acs:debian_12_6_x64",
      osName: "Debian 12.6 64-bit", platform: "Debian", architecture: "x86_64", systemType: "Linux"),
    PublicImage(
      id: "centos_stream_9_x64_20G_alibase_20240926.vhd", family: "acs:centos_stream_9_x64",
      osName: "CentOS Stream 9 64-bit", platform: "CentOS Stream", architecture: "x86_64", systemType: "Linux"
    ),
    PublicImage(
      id: "win2022_21H2_x64_dtc_en-us_40G_alibase_20240914.vhd", family: "acs:windows_server_2022_dtc_en",
      osName: "Windows Server 2022 Datacenter 64-bit English", platform: "Windows Server 2022",
      architecture: "x86_64", systemType: "Windows"),
  ]
}
