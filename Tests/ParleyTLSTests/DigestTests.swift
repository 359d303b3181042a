import ParleyTLS
import Testing

@Suite("Digests")
struct DigestTests {
    private func hex(_ bytes: [UInt8]) -> String {
        bytes.map { (($0 < 16) ? "0" : "") + String($0, radix: 16) }.joined()
    }

    @Test("Hashes are those of the published vectors")
    func vectors() {
        let abc = Array("abc".utf8)
        #expect(hex(Digest.md5(abc)) == "900150983cd24fb0d6963f7d28e17f72")
        #expect(hex(Digest.sha1(abc)) == "a9993e364706816aba3e25717850c26c9cd0d89d")
        #expect(
            hex(Digest.sha256([]))
                == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
        )
        #expect(Digest.hash(.sha512, abc).count == 64)
    }

    @Test("HMAC is that of RFC 2202 and RFC 2195")
    func keyed() {
        let jefe = Digest.hmac(
            .md5,
            key: Array("Jefe".utf8),
            Array("what do ya want for nothing?".utf8)
        )
        #expect(hex(jefe) == "750c783e6ab0b503eaa86e310a5db738")
        let cram = Digest.hmac(
            .md5,
            key: Array("tanstaaftanstaaf".utf8),
            Array("<1896.697170952@postoffice.reston.mci.net>".utf8)
        )
        #expect(hex(cram) == "b913a602c7eda7a495b4e6e7334d3890")
        #expect(Digest.hmac(.sha256, key: [], []).count == 32)
    }

    @Test("PBKDF2 is that of RFC 6070, and refuses parameters out of range")
    func derived() {
        let password = Array("password".utf8)
        let salt = Array("salt".utf8)
        let key = Digest.pbkdf2(
            .sha1,
            password: password,
            salt: salt,
            iterations: 2,
            length: 20
        )
        #expect(hex(key) == "ea6c014dc72d6f8ccd1ed92ace1d41f0d8de8957")
        #expect(
            Digest.pbkdf2(.sha1, password: password, salt: salt, iterations: 0, length: 20).isEmpty
        )
        #expect(
            Digest.pbkdf2(.sha1, password: [], salt: [], iterations: .max, length: 1).isEmpty
        )
    }

    @Test("Random bytes have the length asked for and differ")
    func random() {
        #expect(SecureRandom.bytes(0).isEmpty)
        #expect(SecureRandom.bytes(-1).isEmpty)
        #expect(SecureRandom.bytes(32) != SecureRandom.bytes(32))
    }
}
