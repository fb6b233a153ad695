// SPDX-License-Identifier: Apache-2.0

/// Lists pipelines.
@Sendable func describeImagePipelines(_ call: ServedCall) throws(Refusal) -> Work {
  let query = try call.query(
    .pipeline, ids: "ImagePipelineId", tooManyIDs: "InvalidImagePipelineIdSize.ExceededMaxNumber")
  if let name = query.name, !(2...128).contains(name.unicodeScalars.count) {
    throw .invalid("Name", code: "InvalidName.Malformed")
  }
  let page = try call.page(of: query)
  return Work(writes: false) { transaction in
    try page.reply(query, "ImagePipeline", "ImagePipelineSet", in: transaction)
  }
}
