// SPDX-License-Identifier: Apache-2.0

import ManifestSyntax
import Resources
import Synchronization

/// A file with what is looked up in it again and again, made when it is first asked for.
final class IndexedSource: Sendable {
  let file: SourceFile
  private let made = Mutex<(lines: SourceLines?, silences: Silences?)>((nil, nil))

  init(_ file: SourceFile) {
    self.file = file
  }

  /// Where its lines begin.
  var lines: SourceLines {
    made.withLock { made in
      let lines = made.lines ?? SourceLines(file)
      made.lines = lines
      return lines
    }
  }

  /// The comments that silence rules.
  var silences: Silences {
    made.withLock { made in
      let silences = made.silences ?? Silences(file.bytes)
      made.silences = silences
      return silences
    }
  }
}
