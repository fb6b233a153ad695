# SPDX-License-Identifier: Apache-2.0
# Nothing protected goes, not even for a successor.
package kiln.protected

import rego.v1

deny contains message if {
	some change in input.resource_changes
	"delete" in change.change.actions
	change.change.before.tags["kiln:protected"]
	message := sprintf("%s is protected", [change.address])
}
