// SPDX-License-Identifier: Apache-2.0

/// What the field tables say of the service's codes.
public enum FieldRefusal {
  /// For each code of the field tables, what keeps a call from being refused with it, in the order of the tables.
  public static let all: [String: [String]] = {
    var all: [String: [String]] = [:]
    func add<Root: FieldTabled>(_ kind: String, _ root: Root.Type) {
      for field in Root.fields {
        for check in field.checks {
          all[check.code.name, default: []].append("\(kind): \(field.name) \(check.expectation).")
        }
      }
    }
    add("ImageComponent", ImageComponent.self)
    add("ImagePipeline", ImagePipeline.self)
    add("DiskDeviceMapping", DiskDeviceMapping.self)
    return all
  }()
}
