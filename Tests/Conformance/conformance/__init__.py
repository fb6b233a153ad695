# SPDX-License-Identifier: Apache-2.0
"""Conformance of the emulated cloud, judged by clients that the vendor wrote."""
