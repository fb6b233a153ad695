// SPDX-License-Identifier: Apache-2.0

public import ManifestSyntax

/// The diagnostics of a run, as other programs want them.
///
/// Each format is a pure function of the same list: the same list gives the same bytes.
public struct DiagnosticReport: Sendable {
  /// The forms in which a run can be told.
  public enum Format: String, Sendable, CaseIterable {
    /// For people: what it is about, the source line, and a hint.
    case text
    /// One JSON object, Kiln's own.
    case json
    /// SARIF 2.1.0, for code scanning.
    case sarif
    /// JUnit's XML, for test reports.
    case junit
    /// Workflow commands of GitHub Actions, for annotations.
    case github
    /// GitLab's code quality report.
    case gitlab
  }

  /// What was found, sorted by place.
  public let diagnostics: [Diagnostic]
  /// The folder that was looked at; it stands for what has no place in a file.
  public let folder: String
  /// The version of Kiln.
  public let version: String
  /// Whether warnings count as failures.
  public let isStrict: Bool

  /// A report of `diagnostics`, which were found in `folder`.
  public init(_ diagnostics: [Diagnostic], folder: String, version: String, isStrict: Bool = false) {
    self.diagnostics = diagnostics
    self.folder = folder
    self.version = version
    self.isStrict = isStrict
  }

  /// How many of `severity` there are.
  public func count(_ severity: Diagnostic.Severity) -> Int {
    diagnostics.count { $0.severity == severity }
  }

  /// Whether the run counts as failed.
  public var isFailure: Bool { diagnostics.contains(where: isFailure) }

  func isFailure(_ diagnostic: Diagnostic) -> Bool {
    switch diagnostic.severity {
    case .error: true
    case .warning: isStrict
    case .note: false
    }
  }

  /// The report in `format`, with a line end behind it; as text it shows source lines as `source` has them.
  public func rendered(as format: Format, source: (String) -> SourceFile?) -> String {
    switch format {
    case .text:
      diagnostics.map { $0.rendered(source: source, colour: false) + "\n" }.joined()
    case .json: json + "\n"
    case .sarif: sarif + "\n"
    case .junit: junit
    case .github: github
    case .gitlab: gitlab + "\n"
    }
  }
}

extension Diagnostic {
  /// Message and hint in one paragraph.
  var advice: String { hint.map { "\(message)\nhint: \($0)" } ?? message }
}

extension Location {
  /// The path without a leading `./`.
  var path: String { file.hasPrefix("./") ? String(file.dropFirst(2)) : file }
}
