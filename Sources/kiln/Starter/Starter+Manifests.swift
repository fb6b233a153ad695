// SPDX-License-Identifier: Apache-2.0

import Resources

extension Starter {
  /// The family that pipelines start from where nothing else is known.
  static let family = "acs:alibaba_cloud_linux_3_2104_lts_x64"

  var stack: File {
    File(
      path: "stack.yaml",
      text: Starter.modeline(depth: 0) + """
        # The stack owns everything in this folder.
        apiVersion: kiln.imagebuilder/v1alpha1
        kind: Stack
        metadata:
          name: golden-images
        spec:
          # What ownership tags hold. It was made once for this stack: keep it, whatever the stack is called.
          id: \(stackID)
          targets:
            # An Image Builder inside Kiln itself, kept under .kiln: try everything, pay nothing.
            - name: local
              region: cn-hangzhou
              endpoint: embedded
              default: true
            # The real thing: kiln plan --target prod, with credentials from the environment.
            # - name: prod
            #   region: cn-hangzhou
          variables:
            baseFamily: \(component?.family ?? Starter.family)

        """)
  }

  var nginx: File {
    File(
      path: "components/nginx.yaml",
      text: Starter.modeline(depth: 1) + """
        apiVersion: kiln.imagebuilder/v1alpha1
        kind: ImageComponent
        metadata:
          name: nginx
        spec:
          # Components never change: to change one, raise its version.
          version: 1.0.0
          description: nginx from the distribution, started at boot
          content: |
            RUN yum install -y nginx && systemctl enable nginx

        """)
  }

  var smokeTest: File {
    File(
      path: "components/nginx-answers.yaml",
      text: Starter.modeline(depth: 1) + """
        apiVersion: kiln.imagebuilder/v1alpha1
        kind: ImageComponent
        metadata:
          name: nginx-answers
        spec:
          version: 1.0.0
          # Test components run after the build, on an instance of the new image.
          componentType: Test
          content: |
            RUN curl --fail --silent --retry 5 --retry-connrefused http://127.0.0.1/ > /dev/null

        """)
  }

  var pipeline: File { pipeline(called: "web", building: "nginx", testing: "nginx-answers") }

  func pipeline(of component: ImportedComponent) -> File {
    pipeline(called: component.name, building: component.name, testing: nil)
  }

  private func pipeline(called name: String, building component: String, testing test: String?) -> File {
    let word = YAMLText.inline(name)
    return File(
      path: "pipelines/\(name).yaml",
      text: Starter.modeline(depth: 1) + """
        apiVersion: kiln.imagebuilder/v1alpha1
        kind: ImagePipeline
        metadata:
          name: \(word)
        spec:
          baseImageType: IMAGE_FAMILY
          baseImage: !var baseFamily
          build:
            # A component of this stack, by name: it is created first.
            - component: \(YAMLText.inline(component))
        \(test.map { "  test:\n    - component: \($0)\n" } ?? "")\
          # Downloads need bandwidth: with 0, the default, the build has no Internet.
          internetMaxBandwidthOut: 10
          imageOptions:
            imageName: \(word)
            imageFamily: \(YAMLText.inline(name.replacing(".", with: "-")))

        """)
  }
}
