import Glibc
import Parley
import ParleyDiagnostics
import ParleyMail
import ParleyNetwork

/// Options that one-liners share: each is checked here, so that a mistake is told in terms of the
/// command line and not of the script.
enum OneLinerOption {
    /// `HOST[:PORT]` with its port written out.
    static func endpoint(_ text: String, defaultPort: UInt16) throws -> String {
        do throws(EndpointSyntaxError) {
            let endpoint = try Endpoint(parsing: text, defaultPort: defaultPort)
            guard endpoint.port != 0 else { throw EndpointSyntaxError(.invalidPort, text) }
            return endpoint.description
        } catch {
            throw ToolFailure(DisplayText.safe("\(error)", limit: 400))
        }
    }

    /// A domain or an address literal.
    static func domain(_ text: String, _ option: String) throws -> String {
        do throws(AddressError) {
            return try Domain(text).text
        } catch {
            throw ToolFailure("\(option) \(DisplayText.safe(text, limit: 200)): \(error.message)")
        }
    }

    /// A text of one line.
    static func text(_ text: String, _ option: String) throws -> String {
        guard text.utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x7F }) else {
            throw ToolFailure("\(option): a control character cannot be sent")
        }
        return text
    }

    /// The name of an environment variable.
    static func variable(_ name: String, _ option: String) throws -> String {
        let isName = name.utf8.allSatisfy { byte in
            byte == 0x5F || (0x30...0x39).contains(byte) || (0x61...0x7A).contains(byte | 0x20)
        }
        guard isName, !name.isEmpty else {
            throw ToolFailure("\(option) names a variable; the password never stands here")
        }
        return name
    }

    /// `full`, `chain` or `none`.
    static func verification(_ word: String?) throws -> String? {
        guard let word else { return nil }
        let known = ["full", "chain", "none"]
        guard known.contains(word) else {
            throw ToolFailure.unknown(word, "value of --verify", among: known)
        }
        return word
    }

    /// A file that can be read.
    static func readableFile(_ path: String?, _ option: String) throws -> String? {
        guard let path else { return nil }
        guard !path.isEmpty, access(path, R_OK) == 0 else {
            throw ToolFailure("\(option) \(DisplayText.safe(path)): \(InputFile.systemError)")
        }
        return path
    }

    /// A duration as it is written.
    static func duration(_ text: String?) throws -> String? {
        guard let text else { return nil }
        guard let limit = DurationArgument.nanoseconds(text), limit > 0 else {
            let shown = DisplayText.safe(text)
            throw ToolFailure("--timeout \(shown): write a duration such as 10s, 90s or 2m")
        }
        return text
    }
}
