import ParleyTLS
import Testing

@Suite("Channel bindings")
struct BindingTests {
    @Test("Both ends of a connection know the same, and no two connections share the exporter's")
    func bothEnds() throws {
        let (one, other) = (try Pair(), try Pair())
        for pair in [one, other] {
            #expect(pair.client.exporterBinding == nil && pair.client.serverEndPointBinding == nil)
            pair.run()
        }
        let data = try #require(one.client.exporterBinding)
        #expect(data.count == 32)
        #expect(one.server.exporterBinding == data)
        #expect(other.client.exporterBinding != data)
        // RFC 5929 §4.1: the hash of the certificate that was shown.
        let certificate = try #require(one.client.peerCertificates().first)
        let hash = Digest.sha256(certificate.der)
        #expect(one.client.serverEndPointBinding == hash)
        #expect(one.server.serverEndPointBinding == hash)
    }

    @Test("TLS 1.2 with an extended master secret has both too")
    func tls12() throws {
        var options = TLSServerOptions()
        options.maximumVersion = .tls12
        let pair = try Pair(server: options)
        pair.run()
        let data = try #require(pair.client.exporterBinding)
        #expect(pair.server.exporterBinding == data)
        #expect(pair.client.serverEndPointBinding != nil)
    }

    @Test("The certificate's own hash is taken, and SHA-256 for SHA-1; Ed25519 has none")
    func hashes() throws {
        for (identity, bits) in [(Self.sha1, 256), (Self.sha384, 384), (Self.ed25519, 0)] {
            let pair = try Pair(
                ServerIdentity(
                    certificatePEM: Array(identity.certificate.utf8),
                    privateKeyPEM: Array(identity.key.utf8)
                ),
                verification: .none
            )
            pair.run()
            let data = pair.client.serverEndPointBinding
            #expect((data?.count ?? 0) * 8 == bits)
            #expect(pair.server.serverEndPointBinding == data)
            guard bits == 256 else { continue }
            let certificate = try #require(pair.client.peerCertificates().first)
            #expect(data == Digest.sha256(certificate.der))
        }
    }

    private static let sha1 = (
        certificate: """
        -----BEGIN CERTIFICATE-----
        MIIBgDCCASagAwIBAgIUdKeUjHz8QBXE+LA9SDJrlaTSUcEwCQYHKoZIzj0EATAV
        MRMwEQYDVQQDDApteC5leGFtcGxlMCAXDTI2MTEyMjA0MzcyOFoYDzIxMDkwMTEx
        MDQzNzI4WjAVMRMwEQYDVQQDDApteC5leGFtcGxlMFkwEwYHKoZIzj0CAQYIKoZI
        zj0DAQcDQgAEmQtx5Vp4Kcs3qHKdJagAX9y6D/5kW97zrdqhfSJePL1B8wLq4TA3
        ok127py9saKXC2GaCFzOXPOlsnU6KkSC+qNTMFEwHQYDVR0OBBYEFMSDiUOA4zVK
        2IyctiB8GPlyhai/MB8GA1UdIwQYMBaAFMSDiUOA4zVK2IyctiB8GPlyhai/MA8G
        A1UdEwEB/wQFMAMBAf8wCQYHKoZIzj0EAQNJADBGAiEAwlWnf2Dlk0TaoXwsCSK3
        qjmmEICao/enJvtIipKQKz8CIQDjg7lUNQgNjSBQkptfQXbl5HlDpxxbGNkyACnr
        pMhkyg==
        -----END CERTIFICATE-----
        """,
        key: """
        -----BEGIN PRIVATE KEY-----
        MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgKpQbwS/29TeuuAhm
        rkg33b7w4rB6FwJDjMWSX2cqsHShRANCAASZC3HlWngpyzeocp0lqABf3LoP/mRb
        3vOt2qF9Il48vUHzAurhMDeiTXbunL2xopcLYZoIXM5c86WydToqRIL6
        -----END PRIVATE KEY-----
        """
    )
    private static let sha384 = (
        certificate: """
        -----BEGIN CERTIFICATE-----
        MIIBgTCCASegAwIBAgIULSSFNzC0jw/7KQZvNXl1DN6Ne4MwCgYIKoZIzj0EAwMw
        FTETMBEGA1UEAwwKbXguZXhhbXBsZTAgFw0yNjExMjIwNDM3MjhaGA8yMTA5MDEx
        MTA0MzcyOFowFTETMBEGA1UEAwwKbXguZXhhbXBsZTBZMBMGByqGSM49AgEGCCqG
        SM49AwEHA0IABMTxIj+00pinSL2D6phLibF5BAyBOJ7IbHtHFdgkukHZ1RgFaJIY
        beiXZYEuFHCJtUwvROentQHTwT7lxr/I+GGjUzBRMB0GA1UdDgQWBBT6+/CYNxh8
        ZGNutN/49ITK5aa2nDAfBgNVHSMEGDAWgBT6+/CYNxh8ZGNutN/49ITK5aa2nDAP
        BgNVHRMBAf8EBTADAQH/MAoGCCqGSM49BAMDA0gAMEUCIDZoS6ITS+E5SvF7k2WK
        pAjlRSMbJTGTR+5qRoYBjWO2AiEA1q0uYlEwMk+KLzRd+fOD2DPNbMRok3ip+XqQ
        1YPLga8=
        -----END CERTIFICATE-----
        """,
        key: """
        -----BEGIN PRIVATE KEY-----
        MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgAUb0koqfwpiYyqLJ
        eLv5D6xOVTF8EAil+lqNQkXIdOyhRANCAATE8SI/tNKYp0i9g+qYS4mxeQQMgTie
        yGx7RxXYJLpB2dUYBWiSGG3ol2WBLhRwibVML0Tnp7UB08E+5ca/yPhh
        -----END PRIVATE KEY-----
        """
    )
    private static let ed25519 = (
        certificate: """
        -----BEGIN CERTIFICATE-----
        MIIBQDCB86ADAgECAhQu9/nwj05HHnHKUJCX0pL2Z1M+uDAFBgMrZXAwFTETMBEG
        A1UEAwwKbXguZXhhbXBsZTAgFw0yNjExMjIwNDM3MjhaGA8yMTA5MDExMTA0Mzcy
        OFowFTETMBEGA1UEAwwKbXguZXhhbXBsZTAqMAUGAytlcAMhAHDkZaQnZWCIt1Yk
        ipIiYHNiw4MjDFc04p8ul842jnd8o1MwUTAdBgNVHQ4EFgQUa84iayCqVZcCFAMI
        +Kn+cHxrJWcwHwYDVR0jBBgwFoAUa84iayCqVZcCFAMI+Kn+cHxrJWcwDwYDVR0T
        AQH/BAUwAwEB/zAFBgMrZXADQQDCEVeQqGOpmoVP7A3IDNKHnqtds/hs4iR0erHY
        CdZZJRjh0g+M/fVNSVHTmj/Ws+05KVgTkG5lZqA+sLlAU10B
        -----END CERTIFICATE-----
        """,
        key: """
        -----BEGIN PRIVATE KEY-----
        MC4CAQAwBQYDK2VwBCIEILfpKkn1KX0lmdELbYBNx1QZXWiuIMZGgNLf+8FuEq9x
        -----END PRIVATE KEY-----
        """
    )
}
