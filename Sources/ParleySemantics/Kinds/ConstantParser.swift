import ParleySyntax

/// Why a text is no constant of a kind.
public struct ConstantProblem: Error, Hashable, Sendable {
    /// What is wrong, as a clause: `‘30’ has no unit`.
    public let message: String
    /// How it is written.
    public let help: String

    init(_ message: String, _ help: String) {
        self.message = message
        self.help = help
    }
}

/// Turns words into constants of a declared kind: in `param`, `profile`, `with` and `--set`.
public enum ConstantParser {
    /// The constant that `text` stands for.
    ///
    /// An optional or secret kind is read as the kind it wraps.
    public static func parse(_ text: String, as kind: Kind) -> Result<Constant, ConstantProblem> {
        switch kind {
        case .string, .unknown: .success(.string(text))
        case .bytes: .success(.bytes(Array(text.utf8)))
        case .optional(let kind), .secret(let kind): parse(text, as: kind)
        case .bool: bool(text)
        case .int: wrap(Int(text).map(Constant.int), text, kind, "write digits: 42")
        case .float: wrap(float(text).map(Constant.float), text, kind, "write digits: 1.5")
        case .duration:
            wrap(
                nanoseconds(text).map(Constant.duration),
                text,
                kind,
                "write a number and its unit: 250ms, 30s, 5m, 2h, 21d"
            )
        case .size:
            wrap(
                octets(text).map(Constant.size),
                text,
                kind,
                "write a number and its unit: 512B, 10KB, 20MB, 1GB"
            )
        case .code: wrap(code(text).map(Constant.code), text, kind, "write three digits: 250")
        case .enhanced: wrap(enhanced(text), text, kind, "write class.subject.detail: 5.1.1")
        case .tlsVersion:
            wrap(tlsVersion(text).map(Constant.tlsVersion), text, kind, "write TLSv1.2 or TLSv1.3")
        case .address:
            if let problem = PathText.problem(text, allowsNull: false) {
                .failure(ConstantProblem(problem, "write local-part@domain"))
            } else {
                .success(.address(PathText.withoutBrackets(text)))
            }
        case .domain:
            wrap(
                HostText.isDomain(text) ? .domain(text) : nil,
                text,
                kind,
                "write labels joined by dots: mail.example.net"
            )
        case .ip:
            wrap(
                HostText.canonicalIP(text).map(Constant.ip),
                text,
                kind,
                "write 192.0.2.1 or 2001:db8::1"
            )
        case .endpoint:
            if let problem = HostText.endpointProblem(text) {
                .failure(problem)
            } else {
                .success(.endpoint(text))
            }
        default:
            .failure(
                ConstantProblem(
                    "a \(kind.name) cannot be written as a word",
                    "bind it with `let` instead"
                )
            )
        }
    }

    /// The nanoseconds of `250ms`, `30s`, `1.5s`, `5m`, `2h`, `21d`; `nil` if it is no duration or
    /// does not fit.
    public static func nanoseconds(_ text: String) -> Int64? {
        quantity(text, units: Keywords.durationUnits.map { ($0.unit, $0.nanoseconds) })
    }

    /// The octets of `512B`, `10KB`, `20MB`, `1GB` (powers of 1024); `nil` if it is no size.
    public static func octets(_ text: String) -> Int64? {
        quantity(text, units: Keywords.sizeUnits.map { ($0.unit, $0.octets) })
    }

    private static func quantity(_ text: String, units: [(name: String, factor: Int64)]) -> Int64? {
        let digits = text.prefix { $0.isASCII && ($0.isNumber || $0 == ".") }
        let unit = text.dropFirst(digits.count)
        guard let factor = units.first(where: { $0.name == unit })?.factor else { return nil }
        if let whole = Int64(digits) {
            let (product, overflow) = whole.multipliedReportingOverflow(by: factor)
            return overflow ? nil : product
        }
        guard let value = float(String(digits)) else { return nil }
        let product = value * Double(factor)
        return product < 9e18 ? Int64(product.rounded()) : nil
    }

    private static func wrap(
        _ constant: Constant?,
        _ text: String,
        _ kind: Kind,
        _ help: String
    ) -> Result<Constant, ConstantProblem> {
        guard let constant else {
            if kind == .duration || kind == .size, Int(text) != nil {
                return .failure(ConstantProblem("‘\(text)’ has no unit", help))
            }
            let article = "aeiou".contains(kind.name.prefix(1)) ? "an" : "a"
            return .failure(ConstantProblem("‘\(text)’ is not \(article) \(kind.name)", help))
        }
        return .success(constant)
    }

    private static func bool(_ text: String) -> Result<Constant, ConstantProblem> {
        switch text {
        case "true": .success(.bool(true))
        case "false": .success(.bool(false))
        default:
            .failure(ConstantProblem("‘\(text)’ is neither true nor false", "write true or false"))
        }
    }

    /// A number in digits; `nan`, `inf` and hexadecimal, which `Double` takes, are none.
    private static func float(_ text: String) -> Double? {
        guard text.utf8.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 || $0 == 0x2E || $0 == 0x2D }) else {
            return nil
        }
        return Double(text)
    }

    private static func code(_ text: String) -> Int? {
        guard text.utf8.count == 3, let code = Int(text), code >= 100, code <= 599 else {
            return nil
        }
        return code
    }

    private static func enhanced(_ text: String) -> Constant? {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false).map { Int($0) }
        guard parts.count == 3, let first = parts[0], let second = parts[1], let third = parts[2],
            [2, 4, 5].contains(first), 0...999 ~= second, 0...999 ~= third
        else { return nil }
        return .enhanced(statusClass: first, subject: second, detail: third)
    }

    /// Counted from TLSv1.0 = 1; SSLv3 = 0.
    static func tlsVersion(_ text: String) -> Int? {
        switch text {
        case "SSLv3": 0
        case "TLSv1", "TLSv1.0": 1
        case "TLSv1.1": 2
        case "TLSv1.2": 3
        case "TLSv1.3": 4
        default: nil
        }
    }
}
