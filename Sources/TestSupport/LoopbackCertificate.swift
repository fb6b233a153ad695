// SPDX-License-Identifier: Apache-2.0

/// A server's certificate for `localhost` and the root that vouches for it, valid for a century and for tests only.
package enum LoopbackCertificate {
  /// The root, which no system trusts.
  package static let root = """
    -----BEGIN CERTIFICATE-----
    MIIBmTCCAT+gAwIBAgIUMfmhotCvAOGcTfRCHfk1KUnLo/AwCgYIKoZIzj0EAwIw
    GTEXMBUGA1UEAwwOS2lsbiB0ZXN0IHJvb3QwIBcNMjYxMTIyMDExNjA3WhgPMjEy
    NjEwMjkwMTE2MDdaMBkxFzAVBgNVBAMMDktpbG4gdGVzdCByb290MFkwEwYHKoZI
    zj0CAQYIKoZIzj0DAQcDQgAEd3ZCEaVE+ywi4fiITErnVphZF2O/CxUKlcoTxUh2
    X4lprX8lA0pG1lEXoSGLgYivyzSWRQ5/bEA8Dt0RSkHGNaNjMGEwHQYDVR0OBBYE
    FJ3aQRWv7oNPlUUu3W28OR98UM/wMB8GA1UdIwQYMBaAFJ3aQRWv7oNPlUUu3W28
    OR98UM/wMA8GA1UdEwEB/wQFMAMBAf8wDgYDVR0PAQH/BAQDAgIEMAoGCCqGSM49
    BAMCA0gAMEUCIQCsDkXpslkuVoe+SxraRONZyrIalaznVhtcRIQQE2DSxgIgZ4sR
    BftEsJQd5Y+VQscQRebEHX7nPkgFivGf+HxZrCQ=
    -----END CERTIFICATE-----
    """

  static let server = """
    -----BEGIN CERTIFICATE-----
    MIIBqTCCAU+gAwIBAgIUFlxR7QXCto1oOB9c4NNjqFtrDcMwCgYIKoZIzj0EAwIw
    GTEXMBUGA1UEAwwOS2lsbiB0ZXN0IHJvb3QwIBcNMjYxMTIyMDExNjA3WhgPMjEy
    NjEwMjkwMTE2MDdaMBQxEjAQBgNVBAMMCWxvY2FsaG9zdDBZMBMGByqGSM49AgEG
    CCqGSM49AwEHA0IABKilv03/IFgHOu3nc69RRhb7xO4ye4DXtXpAKln5KS/SONMP
    GZs7QwXhawVJn7FT6F+/ZD9fugixJJmUTzXwQ3ejeDB2MBQGA1UdEQQNMAuCCWxv
    Y2FsaG9zdDAJBgNVHRMEAjAAMBMGA1UdJQQMMAoGCCsGAQUFBwMBMB0GA1UdDgQW
    BBQLKLBsKEwK13a5ZJfpzOO9NgqUFDAfBgNVHSMEGDAWgBSd2kEVr+6DT5VFLt1t
    vDkffFDP8DAKBggqhkjOPQQDAgNIADBFAiEAr5kHzGwkcO77IikUAMkXNfOI/E1y
    hPLcfL+gML9/sPACIEfroGhKydiqYpGJ3EWnpGtxQuDL4dFX/arf1PvcXzwG
    -----END CERTIFICATE-----
    """

  static let serverKey = """
    -----BEGIN PRIVATE KEY-----
    MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgNK5gOqO7fvxooXce
    wtCIrMXmyb7M8IiljwYYknQ0RoOhRANCAASopb9N/yBYBzrt53OvUUYW+8TuMnuA
    17V6QCpZ+Skv0jjTDxmbO0MF4WsFSZ+xU+hfv2Q/X7oIsSSZlE818EN3
    -----END PRIVATE KEY-----
    """
}
