// SPDX-License-Identifier: Apache-2.0

package import CloudAPI
import JSONSyntax
package import Resources

extension ImageBuilder {
  /// The execution of the pipeline `id` that is under way; nil without one, and where the service does not tell.
  ///
  /// A pipeline has at most one (reference §4.7). Asked for by the states that are not final; should the service
  /// know others, its refusal to delete the pipeline tells.
  package func executionUnderWay(ofPipeline id: String) async throws(CallFailure) -> String? {
    let states = [
      "PREPARING", "REPAIRING", "BUILDING", "TESTING", "DISTRIBUTING", "RELEASING", "CANCELLING",
    ]
    let call = Call(
      "DescribeImagePipelineExecutions",
      [("ImagePipelineId", id), ("Status", states.joined(separator: ",")), ("MaxResults", "1")], kind: .read,
      shape: .list(
        in: "ImagePipelineExecution", named: "ImagePipelineExecutionSet", ofItemsWith: "ExecutionId"))
    do {
      return try await client.send(call).items.first?["ExecutionId"]?.string
    } catch {
      guard case .refused = error else { throw error }
      return nil
    }
  }

  /// Whether the service may change tags of objects of `kind` that exist, such as `id`; false only where it says
  /// that it can't.
  ///
  /// The question is a list of the object's tags: nothing is written, and the three tag operations share one table of
  /// resource types (reference §4.10), so a type that is unknown to one is unknown to all.
  package func mayChangeTags(of kind: ResourceKind, _ id: String) async throws(CallFailure) -> Bool {
    do {
      _ = try await client.send(.tags(kind, id: id))
      return true
    } catch {
      guard case .refused(let refusal) = error else { throw error }
      return refusal.code != "InvalidResourceType.NotFound"
    }
  }
}
