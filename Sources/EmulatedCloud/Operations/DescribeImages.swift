// SPDX-License-Identifier: Apache-2.0

import JSONSyntax

/// Lists images: those that builds made, the newest first, and then the public ones.
@Sendable func describeImages(_ call: ServedCall) throws(Refusal) -> Work {
  let filter = try ImageFilter(call)
  let number = try call.parameters.integer("PageNumber") ?? 1
  let size = try call.parameters.integer("PageSize") ?? 10
  guard number >= 1 else { throw .invalid("PageNumber") }
  guard (1...100).contains(size) else { throw .invalid("PageSize") }
  guard try call.parameters.boolean("DryRun") != true else {
    throw Refusal(400, "DryRunOperation", "Request validation has been passed with DryRun flag set.")
  }
  return Work(writes: false) { transaction in
    let own = try transaction.images(in: call.scope, at: call.now - call.conditions.lag)
      .map { try JSONValue(parsing: Array($0.json.utf8)) }
    let found = (own + PublicImage.all.map(\.item)).filter {
      filter.admits($0) && !call.settings.finds($0["ImageId"]?.string ?? "", .missing)
    }
    // Divided rather than multiplied, for the number may be any.
    let first = number - 1 > found.count / size ? found.count : (number - 1) * size
    let shown = found[first..<min(found.count, first + size)]
    return ServedReply([
      "TotalCount": .integer(Int64(found.count)), "PageNumber": .integer(Int64(number)),
      "PageSize": .integer(Int64(size)), "RegionId": .string(call.scope.region),
      "Images": ["Image": .array(Array(shown))],
    ])
  }
}

/// Shows the newest image of a family; an empty one where there is none.
@Sendable func describeImageFromFamily(_ call: ServedCall) throws(Refusal) -> Work {
  let family = try call.required("ImageFamily")
  return Work(writes: false) { transaction in
    if let image = try transaction.newestImage(of: family, in: call.scope, at: call.now) {
      var reply = ServedReply()
      reply.add("Image", json: image.json)
      return reply
    }
    return ServedReply(["Image": PublicImage.named(family, isFamily: true)?.item ?? [:]])
  }
}
