// SPDX-License-Identifier: Apache-2.0

import ManifestSyntax
import Manifests
import SystemPackage

extension ProjectFolder {
  /// The folder at `path` on disk.
  static func onDisk(_ path: String) -> ProjectFolder {
    let root = path.isEmpty ? "." : path
    return ProjectFolder(
      path: root, list: { try manifests(in: root) },
      read: { relative in
        let path = "\(root)/\(relative)"
        guard let size = Disk.size(of: path) else { throw FileMissing(path: relative) }
        // Told before the file is read: it may be larger than the memory.
        guard size <= SourceFile.sizeLimit else { throw FileTooLarge() }
        return try Disk.contents(of: path)
      },
      contains: { relative in
        if isStraight(relative, below: root) { return true }
        let folder = Disk.withoutLinks(root)
        let file = Disk.withoutLinks("\(root)/\(relative)")
        return file.hasPrefix(folder.hasSuffix("/") ? folder : folder + "/")
      })
  }

  /// Whether neither a link nor a step up is on the way to a relative path: then it leads nowhere else, which is quicker
  /// seen than where it leads.
  private static func isStraight(_ relative: String, below root: String) -> Bool {
    var path = root
    return relative.split(separator: "/").allSatisfy { name in
      path += "/\(name)"
      return name != ".." && !Disk.isLink(path)
    }
  }

  private static func manifests(in root: String) throws -> [String] {
    var found: [String] = []
    var folders = [""]
    while let folder = folders.popLast() {
      for name in try Disk.names(in: folder.isEmpty ? root : "\(root)/\(folder)") where !name.hasPrefix(".") {
        let relative = folder.isEmpty ? name : "\(folder)/\(name)"
        let path = "\(root)/\(relative)"
        guard let type = Disk.type(at: path) else { continue }
        if type == .directory {
          // A link to a folder may lead in circles or out of the project.
          if !Disk.isLink(path) { folders.append(relative) }
        } else if [".yaml", ".yml", ".json"].contains(where: name.hasSuffix) {
          found.append(relative)
        }
      }
    }
    return found
  }

  /// The file at a path as messages show it, for excerpts.
  static func source(_ path: String) -> SourceFile? {
    (try? Disk.bytes(of: path)).flatMap(\.self).map { SourceFile(path: path, bytes: $0) }
  }
}

/// A file of the project has more bytes than Kiln reads.
private struct FileTooLarge: Error, CustomStringConvertible {
  let description = "it has more than \(SourceFile.sizeLimit >> 20) MiB"
}
