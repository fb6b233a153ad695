// SPDX-License-Identifier: Apache-2.0
#include <stddef.h>

/// Parses `length` bytes of YAML with the system's libyaml and throws the events away.
/// Returns how many events there were, or -1 when the text is not YAML.
long count_yaml_events(const unsigned char *bytes, size_t length);
