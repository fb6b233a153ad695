// SPDX-License-Identifier: Apache-2.0

import Resources

extension ServedCall {
  /// Whether the base image is for Linux or Windows; refuses one that does not exist.
  func systemType(
    of pipeline: ImagePipeline, on occasion: PipelineOccasion, in transaction: Transaction
  ) throws -> String {
    guard let baseImage = pipeline.baseImage, pipeline.baseImageType != "OSS" else {
      return pipeline.importImageOptions.osType == "windows" ? "Windows" : "Linux"
    }
    let isFamily = pipeline.baseImageType == "IMAGE_FAMILY"
    guard try exists(baseImage, isFamily: isFamily, in: transaction) else {
      // The table of the start has a code of its own for an image; a family without image has the usual one.
      let code =
        occasion == .start && !isFamily
        ? "InvalidImagePipeline.BaseImageNotFound" : "InvalidImage.NotFound"
      throw Refusal.notFound(code, "BaseImage \(baseImage)")
    }
    if let known = PublicImage.named(baseImage, isFamily: isFamily) { return known.systemType }
    return baseImage.lowercased().hasPrefix("win") || baseImage.contains("windows") ? "Windows" : "Linux"
  }

  private func exists(_ image: String, isFamily: Bool, in transaction: Transaction) throws -> Bool {
    guard !settings.finds(image, .missing) else { return false }
    if PublicImage.named(image, isFamily: isFamily) != nil { return true }
    if isFamily {
      if try transaction.newestImage(of: image, in: scope, at: now) != nil { return true }
    } else if let found = try transaction.object(.image, image, in: scope) {
      return found.created <= now
    }
    return !settings.strictImages
  }
}
