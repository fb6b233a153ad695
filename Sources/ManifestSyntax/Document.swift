// SPDX-License-Identifier: Apache-2.0

/// One document of a YAML stream.
public struct Document: Hashable, Sendable {
  /// The node that holds everything else.
  public let root: Node
  /// Whether the tree holds all that the text says.
  ///
  /// Parts that could not be understood are left out, after a diagnostic: what seems to be missing may then be there.
  public let isIntact: Bool

  /// The document that holds `root`.
  public init(root: Node, isIntact: Bool = true) {
    self.root = root
    self.isIntact = isIntact
  }
}

/// Reads the documents of `source` one after the other and hands each to `each`, so that a tree can be dropped
/// before the next is read.
///
/// What is wrong goes into `problems`. A mistake in the grammar ends the file: the documents before it are handed out, and
/// nothing after it is read. Any other mistake leaves a document that `isIntact` tells about. Empty documents are
/// passed over.
public func composeDocuments(
  _ source: SourceFile, into problems: inout Problems, each: (Document, inout Problems) -> Void
) {
  composeDocuments(SourcePiece(source), into: &problems, each: each)
}

/// Reads the documents of `piece`, as those of a file.
///
/// Where there is anything to tell of a piece that is not the whole file, the file is to be read again as a whole: how a
/// mistake is worded may hang on what follows, and some limits hold for a file.
public func composeDocuments(
  _ piece: SourcePiece, into problems: inout Problems, each: (Document, inout Problems) -> Void
) {
  let source = piece.source
  let obstacles = piece.isWhole ? source.obstacles() : []
  guard obstacles.isEmpty else { return problems.report(contentsOf: obstacles) }
  do throws(SyntaxError) {
    try withEventReader(piece) { reader throws(SyntaxError) in
      var composer = Composer(file: source.path)
      defer { problems.report(contentsOf: composer.takeDiagnostics()) }
      while true {
        guard let document = try composer.composeDocument(from: &reader) else { return }
        problems.report(contentsOf: composer.takeDiagnostics())
        if !document.root.isNothing { each(document, &problems) }
      }
    }
  } catch {
    if let mark = error.mark {
      let lines = SourceLines(source)
      // What is missing at the end is noticed on the empty line behind it, or even on a line that is not there.
      let place = min(mark, lines.endOfContent)
      problems.report(Diagnostic(error.explained(by: lines.character(at: mark)), at: place, in: source.path))
    } else {
      problems.report(contentsOf: source.unreadablePlaces())
    }
  }
}

/// The documents of `source`, all at once: for texts that are known to be small.
public func composeDocuments(_ source: SourceFile, into problems: inout Problems) -> [Document] {
  var documents: [Document] = []
  composeDocuments(source, into: &problems) { document, _ in documents.append(document) }
  return documents
}

extension Node {
  /// Whether the text has nothing here, not even a word for it.
  fileprivate var isNothing: Bool {
    tag == nil && scalar == Scalar("", style: .plain) && range.start == range.end
  }
}
