// swift-tools-version: 6.2
// SPDX-License-Identifier: Apache-2.0

import PackageDescription

let package = Package(
  name: "kiln-benchmarks",
  dependencies: [.package(name: "kiln", path: "..")],
  targets: [
    // The floor: libyaml alone, driven from C.
    .target(name: "CYAMLLoop", linkerSettings: [.linkedLibrary("yaml")]),
    .executableTarget(
      name: "reading-benchmark",
      dependencies: [
        "CYAMLLoop",
        .product(name: "ManifestSyntax", package: "kiln"),
        .product(name: "Resources", package: "kiln"),
        .product(name: "Manifests", package: "kiln"),
      ],
      path: "Sources/ReadingBenchmark"),
    .executableTarget(
      name: "content-benchmark",
      dependencies: [
        .product(name: "ManifestSyntax", package: "kiln"),
        .product(name: "Resources", package: "kiln"),
      ],
      path: "Sources/ContentBenchmark"),
  ]
)
