// SPDX-License-Identifier: Apache-2.0

/// What goes back over a connection.
struct Delivery: Sendable {
  /// The answer; nil closes the connection without one.
  var answer: ServiceAnswer?
  /// After how many bytes of the body the connection ends, where that is before its end.
  var endsAfter: Int?
}

/// Stands between the connection and the service: knows the time, and lets go wrong what is to go wrong.
struct Front: Sendable {
  private let service: Service

  init(_ service: Service) {
    self.service = service
  }

  func respond(to request: ServiceRequest) async throws -> Delivery {
    let moment = Moment(wall: service.configuration.now())
    return Delivery(answer: await service.answerInBackground(request, at: moment))
  }
}
