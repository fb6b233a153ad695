// SPDX-License-Identifier: Apache-2.0

/// What Package.swift says that each target depends on.
enum PackageManifest {
  /// The modules that each target depends on, by its name: of ours by theirs, of others by that of their product.
  static let dependencies = Result {
    let parts = try Repository.text("Package.swift").split(separator: "\n  targets: [", maxSplits: 1)
    let products = parts[0].matches(of: #/let (\w+) = Target\.Dependency\.product\(\s*name: "(\w+)"/#)
    let modules = Dictionary(uniqueKeysWithValues: products.map { ($0.output.1, String($0.output.2)) })
    var dependencies: [String: Set<String>] = [:]
    // Each target begins on a line of its own, with `module(`, `tests(` or one of SwiftPM's words.
    let beginning = #/\n    (module|\.executableTarget|\.testTarget|(?=tests))/#
    for target in parts[1].split(separator: beginning).dropFirst() {
      let end = target.firstRange(of: "excluding:")?.lowerBound ?? target.endIndex
      var names = target[..<end].matches(of: #/"(\w+)"/#).map { String($0.output.1) }
      let name = target.hasPrefix("tests") ? names[0] + "Tests" : names.removeFirst()
      let others = target.matches(of: #/\w+/#).compactMap { modules[$0.output] }
      dependencies[name] = Set(names + others)
    }
    return dependencies
  }
}
