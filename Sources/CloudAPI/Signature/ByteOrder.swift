// SPDX-License-Identifier: Apache-2.0

/// Whether `left` comes before `right` by UTF-8 bytes, which is the order that both signatures prescribe.
///
/// Swift's own `<` on strings compares in Unicode normal form and would differ from every other implementation.
func precedes(_ left: String, _ right: String) -> Bool {
  left.utf8.lexicographicallyPrecedes(right.utf8)
}

extension [Parameter] {
  /// The elements by the bytes of the name, then of the value.
  func sortedByBytes() -> [Parameter] {
    sorted { left, right in
      left.name.utf8.elementsEqual(right.name.utf8)
        ? precedes(left.value, right.value) : precedes(left.name, right.name)
    }
  }
}
