// SPDX-License-Identifier: Apache-2.0

import ArgumentParser

@main
struct Kiln: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "kiln",
    abstract: "Golden images as code for Alibaba Cloud.")
}
