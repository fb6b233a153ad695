// SPDX-License-Identifier: Apache-2.0

extension DockerfileImport {
  /// `COPY`: there is no build context, so only texts that stand in the Dockerfile itself can be carried over.
  mutating func carryCopy(_ instruction: DockerfileInstruction) {
    if let stage = instruction[flag: "from"] {
      remark(
        instruction.line, "COPY --from=\(stage) is left out: there is one stage",
        "fetch what it copies with COPY and a URL, or install it as a package")
    } else if instruction.documents.isEmpty {
      leaveOutLocal(instruction)
    } else {
      carryDocuments(instruction)
    }
  }

  /// `ADD`: a URL becomes a `COPY`.
  mutating func carryAdd(_ instruction: DockerfileInstruction) {
    guard instruction.documents.isEmpty else { return carryDocuments(instruction) }
    let operands = instruction.list ?? instruction.words
    guard operands.count >= 2, let target = operands.last else { return leaveOutLocal(instruction) }
    for source in operands.dropLast() {
      if source.hasPrefix("git@") || source.hasSuffix(".git") || source.contains(".git#") {
        remark(
          instruction.line, "ADD \(source) is left out: the service fetches no repositories",
          "install git and clone it in a RUN line")
      } else if source.hasPrefix("http://") || source.hasPrefix("https://") {
        fetch(source, into: target, instruction)
      } else {
        leaveOutLocal(instruction, source)
      }
    }
  }

  private mutating func fetch(_ url: String, into target: String, _ instruction: DockerfileInstruction) {
    guard !url.contains("?") else {
      return remark(
        instruction.line, "ADD \(url) is left out: the service takes no query string",
        "fetch it with curl in a RUN line")
    }
    let name = url.split(separator: "/").last.map(String.init) ?? ""
    var folder = target, path = target + name
    if !target.hasSuffix("/") {
      let cut = target.lastIndex(of: "/")
      folder = cut.map { String(target[...$0]) } ?? "./"
      path = target
    }
    add(.copy(source: url, destination: folder), for: instruction)
    if path != folder + name {
      add(.run("mv \((folder + name).inShellQuotes) \(path.inShellQuotes)"), for: instruction)
    }
    if let checksum = instruction[flag: "checksum"], checksum.hasPrefix("sha256:") {
      let line = "\(checksum.dropFirst("sha256:".count))  \(path)"
      add(.run("echo \(line.inShellQuotes) | sha256sum -c -"), for: instruction)
    }
    carryOwnership(instruction, of: path)
    remark(
      instruction.line, "ADD \(url) became COPY",
      "the pipeline needs internetMaxBandwidthOut above 0 to fetch it", isMapped: true)
  }

  /// Files whose text stands below the instruction.
  private mutating func carryDocuments(_ instruction: DockerfileInstruction) {
    let words = instruction.words
    guard let target = words.last, words.count == instruction.documents.count + 1,
      instruction.documents.allSatisfy(\.isPlain)
    else {
      return remark(
        instruction.line,
        "\(instruction.word) is left out: its here-document has variables, or files beside it",
        "write the file with printf in a RUN line")
    }
    for document in instruction.documents {
      let name = document.opening.filter { !"<\"'-".contains($0) }
      let path = target.hasSuffix("/") ? target + name : target
      add(.run("\(document.asPrintf) > \(path.inShellQuotes)"), for: instruction)
      carryOwnership(instruction, of: path)
    }
    remark(
      instruction.line, "the here-document of \(instruction.word) became a RUN line that prints it", nil,
      isMapped: true)
  }

  private mutating func carryOwnership(_ instruction: DockerfileInstruction, of path: String) {
    if let owner = instruction[flag: "chown"] {
      add(.run("chown \(owner.inShellQuotes) \(path.inShellQuotes)"), for: instruction)
    }
    if let mode = instruction[flag: "chmod"] {
      add(.run("chmod \(mode.inShellQuotes) \(path.inShellQuotes)"), for: instruction)
    }
  }

  private mutating func leaveOutLocal(_ instruction: DockerfileInstruction, _ source: String? = nil) {
    remark(
      instruction.line,
      "\(instruction.word) \(source ?? instruction.argument) is left out: the service is given no files of yours",
      "upload them, and fetch them with COPY and a URL, or with a task OSSDownload")
  }
}
