import ParleyWire
import Testing

/// Who logs in.
func credentials(
    _ user: String,
    _ password: String = "",
    as authorization: String = ""
) -> SASLCredentials {
    SASLCredentials(
        authorization: bytes(authorization),
        user: bytes(user),
        password: bytes(password)
    )
}

extension SASLMechanism {
    /// What goes out with the command, as text.
    mutating func opening() -> String? { initialResponse().map { text($0.bytes) } }
}

extension SASLServerStep {
    /// Who was let in.
    var accepted: SASLCredentials? {
        if case .success(let credentials, _) = self { credentials } else { nil }
    }

    /// Why nobody was.
    var refusal: SASLServerFailure? {
        if case .failure(let failure) = self { failure } else { nil }
    }
}

/// What the base64 of a published dialogue stands for.
func decoded(_ base64: String) -> [UInt8] { Base64.decode(bytes(base64)) ?? [] }
