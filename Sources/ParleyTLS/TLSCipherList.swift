import COpenSSL

/// A list of ciphers as people write it: OpenSSL's list for TLS 1.2 and before, and the names of
/// TLS 1.3 suites, mixed at will. What it names is all that is offered.
public struct TLSCipherList: Sendable, Hashable {
    /// OpenSSL's list for TLS 1.2 and before; nil where the list names nothing of the kind.
    public let ciphers: String?
    /// The suites of TLS 1.3; nil where the list names none.
    public let suites: String?

    /// Tells the elements apart, which stand between colons, commas or spaces.
    public init(_ text: String) {
        var ciphers: [Substring] = []
        var suites: [Substring] = []
        for element in text.split(whereSeparator: { ":, ".contains($0) }) {
            if element.hasPrefix("TLS_"), !element.contains("_WITH_") {
                suites.append(element)
            } else {
                ciphers.append(element)
            }
        }
        self.ciphers = ciphers.isEmpty ? nil : ciphers.joined(separator: ":")
        self.suites = suites.isEmpty ? nil : suites.joined(separator: ":")
    }

    /// The versions in which something of the list can be used.
    var versions: ClosedRange<TLSVersion> {
        (ciphers == nil ? TLSVersion.tls13 : .tls10)...(suites == nil ? .tls12 : .tls13)
    }
}

extension TLSClientOptions {
    /// Offers what the list names and nothing else: without a suite of TLS 1.3 the versions end at
    /// TLS 1.2, and without a cipher of the older versions they begin at TLS 1.3.
    public mutating func offer(_ list: TLSCipherList) {
        ciphers = list.ciphers
        cipherSuites = list.suites
        minimumVersion = max(minimumVersion, list.versions.lowerBound)
        maximumVersion = min(maximumVersion, list.versions.upperBound)
    }
}
