// SPDX-License-Identifier: Apache-2.0

/// The states of an execution, in the service's words.
enum ExecutionState: String, Hashable, Sendable, CaseIterable {
  case preparing = "PREPARING"
  case repairing = "REPAIRING"
  case building = "BUILDING"
  case testing = "TESTING"
  case distributing = "DISTRIBUTING"
  case releasing = "RELEASING"
  case success = "SUCCESS"
  case partitionSuccess = "PARTITION_SUCCESS"
  case failed = "FAILED"
  case testFailed = "TEST_FAILED"
  case cancelling = "CANCELLING"
  case cancelled = "CANCELLED"

  /// Whether nothing comes after it.
  var isTerminal: Bool {
    switch self {
    case .success, .partitionSuccess, .failed, .testFailed, .cancelled: true
    case .preparing, .repairing, .building, .testing, .distributing, .releasing, .cancelling: false
    }
  }

  /// Whether an execution in this state can be cancelled.
  var isCancellable: Bool {
    switch self {
    case .preparing, .repairing, .building: true
    case .testing, .distributing, .releasing, .success, .partitionSuccess, .failed, .testFailed, .cancelling,
      .cancelled:
      false
    }
  }

  /// What the execution's Message says in this state.
  var message: String {
    switch self {
    case .preparing: "Creating the temporary resources."
    case .repairing: "Repairing the source image."
    case .building: "Running the build commands."
    case .testing: "Running the test commands."
    case .distributing: "Copying and sharing the image."
    case .releasing: "Releasing the temporary resources."
    case .success: "The image was built."
    case .partitionSuccess: "The image was built, but not distributed everywhere."
    case .failed: "A build command failed."
    case .testFailed: "The image was built, but a test command failed."
    case .cancelling: "Cancelling."
    case .cancelled: "Cancelled."
    }
  }
}

/// How an execution is to end.
enum ExecutionOutcome: String, Hashable, Sendable {
  case success
  /// A command fails: of the build, or of the tests where the marker stands there.
  case fail
  /// A copy to another region fails.
  case partial
  /// The build goes on until it is cancelled.
  case hang
  /// The start itself fails.
  case refuse
}
