import ParleyVerbs

extension RunOptions {
    /// `PARLEY_SMTP_HOST` for `smtp-host`: the variable of the environment that sets a parameter.
    package static func environmentName(of name: String) -> String {
        let letters = name.asciiUppercased.utf8.map { $0 == 0x2D ? 0x5F : $0 }
        return "PARLEY_" + String(decoding: letters, as: UTF8.self)
    }
}
