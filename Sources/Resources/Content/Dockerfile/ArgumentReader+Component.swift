// SPDX-License-Identifier: Apache-2.0

extension ArgumentReader {
  /// The reference and the parameters of `COMPONENT`.
  func component() throws(Fault) -> ContentCommand {
    let words = bytes.words(range)
    guard let first = words.first else { throw Fault(kind: .missing, message: "COMPONENT has no argument") }
    guard let reference = ComponentHandle(bytes.text(first)) else {
      throw Fault(
        message: "'\(bytes.excerpt(first))' is neither a component's id nor its ARN",
        hint: "write ic-… or acs:ecs:<region>:<account>:imagecomponent/<name>/<version>", range: first)
    }
    return .component(reference, try parameters(words.dropFirst()))
  }

  private func parameters(_ words: ArraySlice<Range<Int>>) throws(Fault) -> [ComponentArgument] {
    var parameters: [ComponentArgument] = []
    var names = Set<String>()
    var rest = words
    while let option = rest.popFirst() {
      let name = try parameterName(option)
      guard let value = rest.popFirst(), !bytes.startsWithDashes(value) else {
        throw Fault(
          message: "parameter '\(bytes.excerpt(option.dropFirst(2)))' has no value",
          hint: "write --name value, without blanks in the value",
          range: option)
      }
      guard names.insert(name).inserted else {
        throw Fault(
          message: "parameter '\(bytes.excerpt(option.dropFirst(2)))' is given twice", range: option)
      }
      parameters.append(ComponentArgument(name: name, value: bytes.text(value)))
    }
    return parameters
  }

  private func parameterName(_ option: Range<Int>) throws(Fault) -> String {
    let written = bytes.excerpt(option)
    guard bytes.startsWithDashes(option), option.count > 2 else {
      throw Fault(
        message: "'\(written)' is not a parameter, which begins with '--'",
        hint: "a value can't have blanks in it", range: option)
    }
    if let equals = option.first(where: { bytes[$0] == Byte.equals }) {
      let name = bytes.excerpt(option.lowerBound + 2..<equals)
      throw Fault(message: "'\(written)' joins name and value", hint: "write --\(name) value", range: option)
    }
    return bytes.text(option.lowerBound + 2..<option.upperBound)
  }
}
