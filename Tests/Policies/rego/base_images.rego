# SPDX-License-Identifier: Apache-2.0
# Images are built from families that somebody has looked at.
package kiln.base_images

import rego.v1

allowed := {"acs:alibaba_cloud_linux_3_2104_lts_x64"}

deny contains message if {
	some resource in input.planned_values.root_module.resources
	resource.type == "ImagePipeline"
	not resource.values.baseImage in allowed
	message := sprintf("%s is built from %s", [resource.address, resource.values.baseImage])
}
