// SPDX-License-Identifier: Apache-2.0

import CloudAPI
import Synchronization

/// A transport that answers by a script, one entry a request, and keeps what it was sent.
final class ScriptedTransport: Transport {
  enum Entry: Sendable {
    case answer(Int, String, headers: [Parameter] = [])
    case failure(TransportFailure)

    static let ok = Entry.answer(200, #"{"RequestId":"R-OK"}"#)

    static func error(_ status: Int, _ code: String, message: String = "m", headers: [Parameter] = [])
      -> Entry
    {
      .answer(
        status, #"{"RequestId":"R-ERR","HostId":"h","Code":"\#(code)","Message":"\#(message)"}"#,
        headers: headers)
    }
  }

  private let state: Mutex<(entries: [Entry], requests: [HTTPRequest])>
  private let rest: Entry
  private let taking: Duration
  private let time: VirtualTime?

  /// After the script, `rest` answers everything.
  init(_ entries: [Entry], rest: Entry = .ok, taking: Duration = .zero, time: VirtualTime? = nil) {
    state = Mutex((entries, []))
    self.rest = rest
    self.taking = taking
    self.time = time
  }

  var requests: [HTTPRequest] { state.withLock { $0.requests } }

  func send(_ request: HTTPRequest) async throws(TransportFailure) -> HTTPAnswer {
    if let time, taking > .zero { try? await time.sleep(taking) }
    let entry = state.withLock { state in
      state.requests.append(request)
      return state.entries.isEmpty ? rest : state.entries.removeFirst()
    }
    switch entry {
    case .answer(let status, let body, let headers):
      return HTTPAnswer(status: status, headers: headers, body: Array(body.utf8))
    case .failure(let failure): throw failure
    }
  }
}

extension HTTPRequest {
  func header(_ name: String) -> String? { headers.first { $0.name == name }?.value }

  /// The parameters of query and form together.
  var parameters: [String: String] {
    let all = PercentEncoding.decodeForm(query.utf8) + PercentEncoding.decodeForm(body)
    return Dictionary(all.map { ($0.name, $0.value) }) { first, _ in first }
  }
}
