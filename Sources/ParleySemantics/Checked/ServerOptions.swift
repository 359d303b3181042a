/// What the settings of a scripted server say.
public struct ServerOptions: Hashable, Sendable {
    /// `certificate KIND`: what is wrong with the throw-away certificate; `good` by default.
    public var certificate = "good"
    /// How many certificates a `long-chain` has, or how many octets a `large` one.
    public var certificateAmount = 0
    /// `cert FILE key FILE`: an own certificate in place of one made for the run; indices of texts.
    public var files: Files?
    /// `name N`: names in the certificate besides the address; also what the server calls itself.
    public var names: [String] = []
    /// `tls VERSION` and `tls VERSION..VERSION`: the TLS versions it speaks, counted from
    /// TLSv1.0 = 1.
    public var tlsVersions: ClosedRange<Int>?
    /// `ciphers LIST`: those of TLS 1.2 and before, in OpenSSL's words.
    public var ciphers: String?
    /// `suites LIST`: those of TLS 1.3.
    public var suites: String?
    /// `groups LIST`: key exchange groups.
    public var groups: String?
    /// `alpn NAME`: application protocols, best first.
    public var applicationProtocols: [String] = []
    /// `staple KIND`: the OCSP response it staples: `good`, `revoked` or `expired`.
    public var staple: String?
    /// `client-certificate`: `wanted` or `required`.
    public var clientCertificate: String?
    /// `tickets N`: how many session tickets a handshake ends with.
    public var tickets: Int?
    /// `user NAME PASSWORD`: who may log in.
    public var users: [User] = []
    /// `iterations N`: the iterations of SCRAM that it demands.
    public var iterations: Int?
    /// `latency D`: how much later all that it sends arrives, in nanoseconds.
    public var latency: Int64 = 0
    /// `bandwidth SIZE/s`: octets a second in each direction; 0 for no bound.
    public var bandwidth = 0
    /// `replays TARGET [in "TITLE"] [attempt N]`: the servers that it plays in a recording.
    public var replays: [Replayed] = []
    /// `anywhere`: may bind to an address that is not loopback.
    public var mayLeaveLoopback = false

    /// A server that is played in a recording.
    public struct Replayed: Hashable, Sendable {
        /// What the script connects to: `mx.example.net:25`.
        public var target: String
        /// The title of the test that this is for; `nil` for every test.
        public var title: String?
        /// The attempt of the test that this is for; `nil` for every attempt.
        public var attempt: Int?

        /// A server that is played.
        public init(target: String, title: String? = nil, attempt: Int? = nil) {
            self.target = target
            self.title = title
            self.attempt = attempt
        }
    }

    /// Somebody who may log in; indices of texts.
    public struct User: Hashable, Sendable {
        /// The name.
        public var name: Int
        /// The password.
        public var password: Int

        /// Somebody who may log in.
        public init(name: Int, password: Int) {
            self.name = name
            self.password = password
        }
    }

    /// The paths of a certificate chain and its key, both PEM; indices of texts.
    public struct Files: Hashable, Sendable {
        /// The chain, the server's own certificate first.
        public var certificate: Int
        /// The private key.
        public var key: Int

        /// Paths of PEM files.
        public init(certificate: Int, key: Int) {
            self.certificate = certificate
            self.key = key
        }
    }

    /// The defaults.
    public init() {}
}
