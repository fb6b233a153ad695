// SPDX-License-Identifier: Apache-2.0

import Resources

/// Bytes → content → model: whatever is written is read, every place lies in the text, and the model reads back.
func examine(_ bytes: [UInt8]) {
  let text = String(decoding: bytes, as: UTF8.self)
  let content = ContentText(text)
  let whole = 0...content.size
  for place in [ContentPlace.component(.linux), .component(.windows), .build, .test] {
    for violation in content.violations(at: place) {
      precondition(
        whole.contains(violation.byteRange.lowerBound) && whole.contains(violation.byteRange.upperBound),
        "a violation lies in the text")
    }
    precondition(content.model(at: place) == content.model(at: place), "a model is a value")
  }
  switch content.body {
  case .dockerfile(let dockerfile):
    var last = 0
    for line in dockerfile.lines {
      precondition(line.range.lowerBound >= last, "lines come in the order of the text")
      last = line.range.lowerBound
      let source = line.source(of: 0..<line.argument.utf8.count)
      precondition(source.upperBound <= content.size, "an argument lies in the text")
    }
  case .yaml(let yaml):
    guard let structured = yaml.structured else { return }
    let written = ContentText(structured.yaml)
    guard case .tasks(let read) = written.model(at: .component(.linux)) else {
      preconditionFailure("what is written is a content in the YAML form")
    }
    precondition(read == structured, "what is written reads back")
  }
}
