extension RunCommand {
    /// The command of the plainest command lines: files, `--set` and `--ca`; `nil` for all others.
    ///
    /// Monitoring starts a process for every probe, and a quarter of its CPU went into the argument
    /// parser's looking at the commands' declarations. A test holds this against it.
    init?(plain arguments: [String]) {
        var files: [String] = []
        var settings: [String] = []
        var authority: String?
        var rest = arguments[...]
        while let word = rest.popFirst() {
            guard word.hasPrefix("-") else {
                files.append(word)
                continue
            }
            guard let value = rest.popFirst(), !value.hasPrefix("-") else { return nil }
            switch word {
            case "--set": settings.append(value)
            case "--ca" where authority == nil: authority = value
            default: return nil
            }
        }
        guard !files.isEmpty else { return nil }
        self.init()
        self.files = files
        self.settings = settings
        ca = authority
        profile = nil
        keylog = nil
        timeout = nil
        tags = nil
        format = "text"
        trace = false
        verbose = false
        warnings = "allow"
        seed = nil
        jobs = 1
        retry = 0
        color = "auto"
        probeName = nil
        step = false
        breakpoints = []
        replOnFail = false
    }
}
