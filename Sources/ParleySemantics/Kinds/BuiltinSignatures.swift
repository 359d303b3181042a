/// What the built-in functions take and give.
public enum BuiltinSignatures {
    /// A function's signature.
    public struct Signature: Sendable {
        /// The function.
        public let builtin: Builtin
        /// What each argument may be: any of these kinds.
        public let parameters: [[Kind]]
        /// What it gives; secret if an argument is.
        public let result: Kind
        /// How it is written: `range(from, to)`.
        public let usage: String
        /// One line for people.
        public let help: String

        init(
            _ builtin: Builtin,
            _ parameters: [[Kind]],
            _ result: Kind,
            _ usage: String,
            _ help: String
        ) {
            self.builtin = builtin
            self.parameters = parameters
            self.result = result
            self.usage = usage
            self.help = help
        }
    }

    /// All signatures, in the order of the reference; the fields of `run` and `probe` are not among
    /// them.
    public static let all: [Signature] = [
        Signature(.now, [], .instant, "now()", "the present instant"),
        Signature(.uuid, [], .string, "uuid()", "a fresh UUID, from the run's seed"),
        Signature(.random, [[.int]], .int, "random(n)", "a number from 0 up to but not with n"),
        Signature(
            .range,
            [[.int], [.int]],
            .list(.int),
            "range(a, b)",
            "the numbers from a up to but not with b"
        ),
        Signature(.lines, [[.string]], .list(.string), "lines(file)", "the lines of a file"),
        Signature(
            .csv,
            [[.string]],
            .list(.map(.string)),
            "csv(file)",
            "the rows of a CSV file, by the names of its first line"
        ),
        Signature(.json, [[.string]], .list(.record), "json(file)", "the objects of a JSON file"),
        Signature(.read, [[.string]], .string, "read(file)", "the text of a file"),
        Signature(.base64, [data], .string, "base64(x)", "x in Base64"),
        Signature(.sha256, [data], .string, "sha256(x)", "the SHA-256 of x in hexadecimal"),
        Signature(
            .hmac,
            [data, data],
            .string,
            "hmac(key, x)",
            "the HMAC-SHA-256 of x in hexadecimal"
        ),
        Signature(.lower, [text], .string, "lower(x)", "x in lower case"),
        Signature(.upper, [text], .string, "upper(x)", "x in upper case"),
        Signature(.trim, [text], .string, "trim(x)", "x without white space around it"),
        Signature(
            .split,
            [text, [.string, .regex]],
            .list(.string),
            "split(x, separator)",
            "the parts of x between separators"
        ),
        Signature(
            .join,
            [[.list(.unknown)], [.string]],
            .string,
            "join(list, separator)",
            "the elements joined by the separator"
        ),
        Signature(
            .replace,
            [text, [.string, .regex], [.string]],
            .string,
            "replace(x, what, with)",
            "x with every occurrence replaced"
        ),
        Signature(
            .len,
            [data + [.list(.unknown), .map(.unknown), .record]],
            .int,
            "len(x)",
            "how many octets or elements x has"
        ),
        Signature(.string, [scalar], .string, "string(x)", "x as text"),
        Signature(
            .int,
            [[.string, .int, .float, .code, .size]],
            .int,
            "int(x)",
            "x as a whole number; a size in octets"
        ),
        Signature(.size, [[.string, .int, .size]], .size, "size(x)", "x, in octets, as a size"),
        Signature(
            .duration,
            [[.string, .int, .float, .duration]],
            .duration,
            "duration(x)",
            "x, in seconds, as a duration"
        ),
        Signature(
            .seconds,
            [[.duration]],
            .int,
            "seconds(d)",
            "the duration d in whole seconds, rounded up"
        ),
        Signature(
            .xtext,
            [scalar],
            .string,
            "xtext(x)",
            "x as xtext of RFC 3461: octets other than plain ASCII as +HH"
        ),
        Signature(
            .unitext,
            [scalar],
            .string,
            "unitext(x)",
            "x as an address of RFC 6533: characters other than plain ASCII as \\x{HEX}"
        ),
        Signature(.ip, [[.string, .ip]], .ip, "ip(x)", "the text x as an IP address"),
        Signature(.domain, [[.string, .domain]], .domain, "domain(x)", "the text x as a domain"),
        Signature(
            .address,
            [[.string, .address]],
            .address,
            "address(x)",
            "the text x as a mail address"
        ),
    ]

    /// The signature of the function of that name.
    public static func named(_ name: String) -> Signature? {
        all.first { $0.builtin.rawValue == name }
    }

    private static let text: [Kind] = [.string, .address, .domain, .ip, .endpoint]
    private static let data: [Kind] = [.string, .bytes, .address, .domain, .ip, .endpoint]
    private static let scalar: [Kind] =
        data + [
            .bool, .int, .float, .duration, .size, .instant, .code, .enhanced, .tlsVersion,
        ]
}
