// SPDX-License-Identifier: Apache-2.0

import ManifestSyntax

extension Rule {
  /// Rules about manifests and what they name.
  static let manifestRules: [Rule] = documentRules + valueRules + referenceRules + stackRules + variableRules

  /// Rules about documents and their frame.
  private static let documentRules: [Rule] = [
    Rule(
      "unknown-api-version", .error, .manifests, "The apiVersion is one that this Kiln knows.",
      "A document of a version that is not known could mean anything.",
      wrong: ["apiVersion: kiln.imagebuilder/v2"], right: ["apiVersion: kiln.imagebuilder/v1alpha1"]),
    Rule(
      "unknown-kind", .error, .manifests, "The kind is ImageComponent, ImagePipeline, Stack or List.",
      "The hint names the nearest kind.", wrong: ["kind: ImageComponet"], right: ["kind: ImageComponent"]),
    Rule(
      "foreign-document", .note, .manifests, "Documents of others are passed over.",
      "A folder may hold manifests of other programs; the note tells that Kiln does nothing with them."),
    Rule(
      "unknown-field", .error, .manifests, "A field is one that its place has.",
      "A misspelt field would be passed over in silence, and its default taken.",
      wrong: ["descripton: nginx"],
      right: ["description: nginx"]),
    Rule(
      "missing-field", .error, .manifests, "A field that is needed is there.",
      "The message names it; Documentation/manifests.md says what it is for."),
    Rule(
      "wrong-type", .error, .manifests, "A value has the type of its field.",
      "The message says what is expected.", wrong: ["systemDiskSize: forty"], right: ["systemDiskSize: 40"]),
    Rule(
      "duplicate-resource", .error, .manifests, "A resource is described once.",
      "Two manifests for one address would replace each other's work at every apply."),
    Rule(
      "duplicate-name", .error, .manifests, "No two components have one name and version on the service.",
      "The service refuses the second.", codes: ["InvalidComponentVersion.Exist"]),
    Rule(
      "unreadable-file", .error, .manifests, "A file that is named can be read.",
      "Paths are relative to the manifest that names them.", wrong: ["content: !file nginx.dockerfil"]),
    Rule(
      "unreadable-folder", .error, .manifests, "The folder of manifests can be read.",
      "Name it behind the command: kiln validate FOLDER."),
    Rule(
      "file-outside-project", .error, .manifests, "A file lies in the project's folder.",
      "What a manifest of a pull request names must not lead to the runner's own files.",
      wrong: ["content: !file ../../etc/passwd"]),
  ]

  /// Rules about values of fields, and about steps.
  private static let valueRules: [Rule] = [
    Rule(
      "invalid-value", .error, .manifests, "A value keeps the service's rules for its field.",
      "The service refuses the call; the hint has its code.", wrong: ["systemDiskSize: 4000"],
      right: ["systemDiskSize: 40"]),
    Rule(
      "two-contents", .error, .manifests, "A content is given in one form.",
      "Keep the text, or the steps or tasks, but not both."),
    Rule(
      "step-verb", .error, .manifests, "A step has one verb.", "Make two steps of it.",
      wrong: ["- run: make\n  restart: true"], right: ["- run: make\n- restart: true"]),
    Rule(
      "invalid-step", .error, .manifests, "A step can be written as one command of the service's language.",
      "What one line can't carry is lost or read as something else.", wrong: ["- workdir: /opt/my app"],
      right: ["- workdir: /opt/my-app"]),
    Rule(
      "parameter-name", .error, .manifests, "A parameter's name has neither spaces nor =.",
      "A COMPONENT line can't carry it."),
    Rule(
      "parameter-value", .error, .manifests, "A parameter's value is one word that does not begin with --.",
      "A COMPONENT line can't carry others: have the component read them from elsewhere.",
      wrong: ["parameters: {title: hello world}"], right: ["parameters: {title: hello-world}"]),
    Rule(
      "reserved-tag", .error, .manifests, "Tags that begin with kiln: are Kiln's own.", "Choose another key.",
      wrong: ["tags: {\"kiln:stack\": mine}"], right: ["tags: {stack: mine}"]),
    Rule(
      "too-many-tags", .error, .manifests, "There are at most 14 tags.",
      "The service allows 20, of which Kiln keeps six for itself.", codes: ["NumberExceed.Tags"]),
    Rule(
      "duplicate-tag", .error, .manifests, "A tag's key stands once.", "The service refuses the call.",
      codes: ["Duplicate.TagKey"]),
  ]

  /// Rules about what manifests name.
  private static let referenceRules: [Rule] = [
    Rule(
      "dangling-reference", .error, .manifests, "A step names a component that the stack describes.",
      "One that the stack does not own is named by its id or ARN.", wrong: ["- component: ngnix"],
      right: ["- component: nginx", "- component: {id: ic-bp1example}"]),
    Rule(
      "ambiguous-reference", .error, .manifests, "A step says which of several described versions it means.",
      "Without that a new version would change the pipeline by surprise.", wrong: ["- component: nginx"],
      right: ["- component: nginx\n  version: \"1.*.*\""]),
    Rule(
      "component-type", .error, .manifests, "Build components stand under build, Test components under test.",
      "The service refuses the pipeline.", codes: ["InvalidImageComponent.NotSupported"]),
    Rule(
      "component-system", .error, .manifests, "Components are for the operating system of the image.",
      "The service refuses the pipeline.", codes: ["InvalidImageComponent.NotSupported"]),
    Rule(
      "not-inline", .error, .manifests, "Only what loses nothing as a command is put in place of its step.",
      "Name the component without compose: inline, or write it in the Dockerfile form."),
    Rule(
      "unknown-parameter", .error, .manifests, "A step gives parameters that its component has.",
      "The hint names the nearest one."),
    Rule(
      "missing-parameter", .error, .manifests, "A step gives every parameter that has no default.",
      "Add it under parameters: of the step, or give it a default in the component."),
    Rule(
      "misplaced-version", .error, .manifests, "version goes with components of the stack only.",
      "An ARN has the version at its end; an id has one version anyway."),
    Rule(
      "nothing-to-follow", .error, .manifests, "A step with follow leaves a part of the version open.",
      "An exact version never changes, so there would be nothing to follow.",
      wrong: ["- component: nginx\n  version: 1.4.0\n  follow: true"],
      right: ["- component: nginx\n  version: \"1.4.*\"\n  follow: true"]),
    Rule(
      "reference-cycle", .error, .manifests, "Pipelines do not start from each other's image families.",
      "None of them could be built first."),
    Rule(
      "unknown-address", .error, .manifests,
      "What a patch, an exclusion or a rule of the Stack is for is described.",
      "It would do nothing, and nobody would notice."),
  ]

  /// Rules about the stack, its targets and its rules.
  private static let stackRules: [Rule] = [
    Rule(
      "no-stack", .error, .manifests, "A folder of manifests holds a Stack.",
      "It says who owns what is made; see Documentation/ownership.md."),
    Rule(
      "several-stacks", .error, .manifests, "A folder of manifests holds one Stack.",
      "Two stacks go into two folders."),
    Rule(
      "stack-without-id", .note, .manifests, "A Stack has an id.",
      "Without one its name owns the resources, and can't be changed any more.",
      right: ["spec:\n  id: golden-images"]),
    Rule(
      "no-target", .error, .manifests, "It is clear which target is meant.",
      "Choose one with --target, or give one default: true."),
    Rule(
      "duplicate-target", .error, .manifests, "Targets have different names.",
      "The name is part of what owns a target's resources."),
    Rule("duplicate-default", .error, .manifests, "One target at most is the default.", "Choose which."),
    Rule(
      "contradictory-move", .error, .manifests,
      "A move of the Stack leads from a name that nothing has any more to one that something has.",
      "Where the old name is described too, or another move leads back to it, each apply would rename again.",
      wrong: [
        "moved:\n  - {from: component/nginx, to: component/web}\n  - {from: component/web, to: component/nginx}"
      ],
      right: ["moved:\n  - {from: component/nginx, to: component/web}"]),
    Rule(
      "unknown-rule", .error, .manifests, "A setting, or a comment, names a rule that exists.",
      "It would do nothing; kiln explain lists the rules."),
    Rule(
      "fixed-rule", .error, .manifests, "Only rules for contents can be set.",
      "What makes a manifest unusable always ends the command."),
    Rule(
      "unreasoned-silence", .error, .manifests, "A rule is silenced or softened with a reason.",
      "Who reads it in a year must be able to tell whether it still holds.",
      wrong: ["rules:\n  - {rule: install-without-yes, severity: off}", "# kiln:ignore install-without-yes"],
      right: [
        "rules:\n  - {rule: install-without-yes, severity: off, reason: yum.conf has assumeyes}",
        "# kiln:ignore install-without-yes yum.conf has assumeyes",
      ]),
    Rule(
      "unused-silence", .note, .manifests, "What silences a rule silences something.",
      "Take it away, or the next mistake of that kind is not told."),
  ]

  /// Rules about variables and values from elsewhere.
  private static let variableRules: [Rule] = [
    Rule(
      "unknown-variable", .error, .manifests, "A variable that is used is declared in the Stack.",
      "Declare it under spec.variables; the hint names the nearest one.",
      wrong: ["baseImage: !var baseFamliy"],
      right: ["baseImage: !var baseFamily"]),
    Rule(
      "undeclared-variable", .error, .manifests, "A variable that is given is declared in the Stack.",
      "It would set nothing."),
    Rule(
      "variable-without-value", .error, .manifests, "A variable that is used has a value.",
      "Give it with --var, KILN_VAR_name or --var-file, or give it a default."),
    Rule(
      "misplaced-tag", .error, .manifests, "The Stack's own fields are written out.",
      "They are needed before any variable or file is known."),
  ]
}
