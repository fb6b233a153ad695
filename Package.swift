// swift-tools-version: 6.2
// SPDX-License-Identifier: Apache-2.0

import PackageDescription

let strict: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
  .strictMemorySafety(),
  .treatAllWarnings(as: .error),
]

let crypto = Target.Dependency.product(name: "Crypto", package: "swift-crypto")
let logging = Target.Dependency.product(name: "Logging", package: "swift-log")
let metrics = Target.Dependency.product(name: "Metrics", package: "swift-metrics")
let asyncHTTPClient = Target.Dependency.product(name: "AsyncHTTPClient", package: "async-http-client")
let nioCore = Target.Dependency.product(name: "NIOCore", package: "swift-nio")
let nioHTTP1 = Target.Dependency.product(name: "NIOHTTP1", package: "swift-nio")
let nioPosix = Target.Dependency.product(name: "NIOPosix", package: "swift-nio")
let nioSSL = Target.Dependency.product(name: "NIOSSL", package: "swift-nio-ssl")
let httpTypes = Target.Dependency.product(name: "HTTPTypes", package: "swift-http-types")
let hummingbirdCore = Target.Dependency.product(name: "HummingbirdCore", package: "hummingbird")
let grdb = Target.Dependency.product(name: "GRDB", package: "GRDB.swift")
let systemPackage = Target.Dependency.product(name: "SystemPackage", package: "swift-system")
let serviceLifecycle = Target.Dependency.product(
  name: "ServiceLifecycle", package: "swift-service-lifecycle")
let unixSignals = Target.Dependency.product(name: "UnixSignals", package: "swift-service-lifecycle")
let subprocess = Target.Dependency.product(name: "Subprocess", package: "swift-subprocess")
let argumentParser = Target.Dependency.product(
  name: "ArgumentParser", package: "swift-argument-parser")

func module(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
  .target(name: name, dependencies: dependencies, swiftSettings: strict)
}

func tests(
  of name: String, _ dependencies: [Target.Dependency] = [], excluding fixtures: [String] = []
) -> Target {
  .testTarget(
    name: name + "Tests", dependencies: [.byName(name: name), "TestSupport"] + dependencies,
    exclude: fixtures, swiftSettings: strict)
}

let package = Package(
  name: "kiln",
  products: [
    .executable(name: "kiln", targets: ["kiln"]),
    .library(name: "ManifestSyntax", targets: ["ManifestSyntax"]),
    .library(name: "Resources", targets: ["Resources"]),
    .library(name: "Manifests", targets: ["Manifests"]),
    .library(name: "Planning", targets: ["Planning"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
    .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
    .package(url: "https://github.com/apple/swift-metrics", from: "2.13.0"),
    .package(url: "https://github.com/apple/swift-system", from: "1.8.1"),
    .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
    .package(url: "https://github.com/swift-server/async-http-client", from: "1.37.0"),
    .package(url: "https://github.com/apple/swift-nio.git", from: "2.100.0"),
    .package(url: "https://github.com/apple/swift-nio-ssl.git", from: "2.30.0"),
    .package(url: "https://github.com/apple/swift-http-types.git", from: "1.8.0", traits: []),
    .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1", traits: []),
    .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
    .package(url: "https://github.com/swiftlang/swift-subprocess", from: "1.0.2", traits: []),
  ],
  targets: [
    .systemLibrary(name: "CLibYAML", pkgConfig: "yaml-0.1", providers: [.apt(["libyaml-dev"])]),
    module("JSONSyntax", []),
    module("ManifestSyntax", ["CLibYAML"]),
    module("Resources", ["ManifestSyntax", "JSONSyntax", crypto]),
    module("Manifests", ["ManifestSyntax", "JSONSyntax", "Resources"]),
    module("Planning", ["ManifestSyntax", "JSONSyntax", "Resources"]),
    module(
      "CloudAPI",
      ["JSONSyntax", crypto, asyncHTTPClient, nioCore, nioHTTP1, nioPosix, nioSSL, logging, metrics]),
    module("Reconciliation", ["ManifestSyntax", "JSONSyntax", "Resources", "Planning", "CloudAPI"]),
    module(
      "EmulatedCloud",
      [
        "JSONSyntax", "Resources", "CloudAPI", hummingbirdCore, httpTypes, serviceLifecycle, nioCore,
        nioPosix, logging, grdb,
      ]),
    .executableTarget(
      name: "kiln",
      dependencies: [
        "ManifestSyntax", "JSONSyntax", "Resources", "Manifests", "Planning", "CloudAPI", "Reconciliation",
        "EmulatedCloud", argumentParser, logging, systemPackage, unixSignals, subprocess,
      ],
      swiftSettings: strict),
    module("TestSupport", ["ManifestSyntax", "Resources", nioCore, nioPosix, nioSSL]),
    tests(of: "JSONSyntax"),
    tests(of: "ManifestSyntax"),
    tests(of: "Resources", ["JSONSyntax", "ManifestSyntax"], excluding: ["Fixtures"]),
    tests(of: "Manifests", ["ManifestSyntax", "JSONSyntax", "Resources"]),
    tests(of: "Planning", ["ManifestSyntax", "JSONSyntax", "Resources"]),
    tests(of: "CloudAPI", ["JSONSyntax", logging]),
    tests(
      of: "Reconciliation",
      [
        "ManifestSyntax", "JSONSyntax", "Resources", "Manifests", "Planning", "CloudAPI", "EmulatedCloud",
        logging,
      ]),
    tests(of: "EmulatedCloud", ["JSONSyntax", "Resources", "CloudAPI", asyncHTTPClient, nioCore, nioHTTP1]),
    .testTarget(
      name: "EndToEndTests",
      dependencies: [
        "kiln", "JSONSyntax", "Resources", "CloudAPI", "Reconciliation", "EmulatedCloud", "TestSupport",
        logging,
      ],
      swiftSettings: strict),
    .testTarget(name: "ArchitectureTests", swiftSettings: strict),
  ]
)
