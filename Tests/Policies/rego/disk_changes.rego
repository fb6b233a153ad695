# SPDX-License-Identifier: Apache-2.0
# Disks of pipelines that exist do not grow beyond 100 GiB without a word.
package kiln.disk_changes

import rego.v1

deny contains message if {
	some change in input.resource_changes
	some path in change.change.replace_paths
	path == ["systemDiskSize"]
	change.change.after.systemDiskSize > 100
	message := sprintf(
		"%s: %d GiB instead of %d",
		[change.address, change.change.after.systemDiskSize, change.change.before.systemDiskSize],
	)
}
