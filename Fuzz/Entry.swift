// SPDX-License-Identifier: Apache-2.0

/// What libFuzzer calls with each input; a target's `examine` traps when it finds something wrong.
@_cdecl("LLVMFuzzerTestOneInput")
public func examineOneInput(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  examine(Array(UnsafeBufferPointer(start: start, count: count)))
  return 0
}
