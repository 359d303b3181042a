import ParleyReports

extension RunCommand {
    /// What of the command line has to be said again for the same test to do the same; put
    /// together where a failure says it, not at every start.
    var repeatedOptions: @Sendable () -> [String] {
        { [settings, profile, ca, probeName] in
            var words: [String] = []
            for setting in settings { words += ["--set", Self.withoutSecret(setting)] }
            if let profile { words += ["--profile", profile] }
            if let ca { words += ["--ca", ca] }
            if let probeName { words += ["--probe-name", probeName] }
            return words
        }
    }

    /// `name=value`; what is named like a secret is not shown, although it should have come from
    /// elsewhere.
    private static func withoutSecret(_ setting: String) -> String {
        guard let equals = setting.firstIndex(of: "=") else { return setting }
        let name = setting[..<equals].lowercased()
        let isSecret = ["pass", "secret", "token", "pwd", "credential"].contains {
            name.contains($0)
        }
        return isSecret ? setting[...equals] + "…" : setting
    }
}
