// SPDX-License-Identifier: Apache-2.0

/// A service and the version of its interface.
package struct Product: Hashable, Sendable {
  /// The short name, for logs.
  package let name: String
  /// The value of `x-acs-version`.
  package let version: String

  /// Elastic Compute Service, which Image Builder is a part of.
  package static let ecs = Product(name: "ecs", version: "2014-05-26")
  /// Security Token Service.
  package static let sts = Product(name: "sts", version: "2015-04-01")
}

/// One operation with its parameters: what is asked, not how it is sent.
package struct Call: Sendable {
  /// What an operation does, which decides what may be done after a lost answer.
  package enum Kind: Hashable, Sendable, CaseIterable {
    /// Changes nothing.
    case read
    /// Makes something once per `ClientToken`, which must be among the parameters.
    case create
    /// Removes something; a repetition that finds nothing is for the caller to take as success.
    case delete
    /// Changes something in a way that a repetition does not change again, such as setting tags.
    case repeatableWrite
  }

  /// The service.
  package let product: Product
  /// The operation's name, in its exact case.
  package let operation: String
  /// The flattened parameters, as `Tag.1.Key`; without `RegionId`, which the client adds.
  package let parameters: [Parameter]
  /// What the operation does.
  package let kind: Kind
  /// What its reply holds.
  package let shape: ReplyShape

  /// Makes a call.
  ///
  /// - Parameters:
  ///   - product: the service.
  ///   - operation: the operation's name.
  ///   - parameters: the flattened parameters; truth values are `true` and `false`.
  ///   - kind: what the operation does. A `.create` has the parameter `ClientToken`.
  ///   - shape: what its reply holds.
  package init(
    _ operation: String, of product: Product = .ecs, _ parameters: [Parameter] = [], kind: Kind,
    shape: ReplyShape = .any
  ) {
    self.product = product
    self.operation = operation
    self.parameters = parameters
    self.kind = kind
    self.shape = shape
    precondition(
      kind != .create || clientToken?.isEmpty == false,
      "a create is only safe to repeat with a ClientToken, so there is none without")
  }

  /// The token that makes repetitions of a create harmless.
  package var clientToken: String? { parameters.first { $0.name == "ClientToken" }?.value }

  /// The same call with `name` set to `value`.
  func setting(_ name: String, to value: String) -> Call {
    Call(
      operation, of: product, parameters.filter { $0.name != name } + [(name, value)], kind: kind,
      shape: shape)
  }
}
