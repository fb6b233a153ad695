// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import ManifestSyntax
import Manifests

extension ProjectFolder {
  /// The folder at `path` on disk.
  static func onDisk(_ path: String) -> ProjectFolder {
    let root = path.isEmpty ? "." : path
    return ProjectFolder(
      path: root,
      list: {
        var found: [String] = []
        var folders = [""]
        while let folder = folders.popLast() {
          let absolute = folder.isEmpty ? root : "\(root)/\(folder)"
          for name in try FileManager.default.contentsOfDirectory(atPath: absolute)
          where !name.hasPrefix(".") {
            let relative = folder.isEmpty ? name : "\(folder)/\(name)"
            var isFolder = false
            guard FileManager.default.fileExists(atPath: "\(root)/\(relative)", isDirectory: &isFolder)
            else { continue }
            if isFolder {
              // A link to a folder may lead in circles or out of the project.
              if !isLink("\(root)/\(relative)") { folders.append(relative) }
            } else if [".yaml", ".yml", ".json"].contains(where: name.hasSuffix) {
              found.append(relative)
            }
          }
        }
        return found
      },
      read: { relative in
        let file = "\(root)/\(relative)"
        guard FileManager.default.fileExists(atPath: file) else { throw FileMissing(path: relative) }
        return [UInt8](try Data(contentsOf: URL(filePath: file)))
      },
      contains: { relative in
        let folder = URL(filePath: root).resolvingSymlinksInPath().path
        let file = URL(filePath: "\(root)/\(relative)").resolvingSymlinksInPath().path
        return file.hasPrefix(folder.hasSuffix("/") ? folder : folder + "/")
      })
  }

  private static func isLink(_ path: String) -> Bool {
    (try? FileManager.default.destinationOfSymbolicLink(atPath: path)) != nil
  }

  /// The file at a path as messages show it, for excerpts.
  static func source(_ path: String) -> SourceFile? {
    (try? Data(contentsOf: URL(filePath: path))).map { SourceFile(path: path, bytes: [UInt8]($0)) }
  }
}
