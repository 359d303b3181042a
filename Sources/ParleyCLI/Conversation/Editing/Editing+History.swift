import ParleyReports

/// What was typed before.
extension Editing {
    /// Reads the file; the first prompt stands already, so nobody waits for it.
    func loadHistory() {
        hasLoadedHistory = true
        guard let loaded = file?.load() else { return }
        history.begin(with: loaded.entries)
        if !loaded.isUsable { file = nil }
        if let warning = loaded.warning { warn(warning) }
    }

    func remember(_ input: String) {
        guard history.entries.last != input else { return }
        history.add(input)
        guard let problem = file?.append(input) else { return }
        // Once: the next entries would say the same.
        file = nil
        warn(problem)
    }

    private func warn(_ problem: String) {
        let kept = file == nil ? "; this conversation is not kept" : ""
        showAbove([text.warning(text.safe("history: \(problem)\(kept)"))])
    }
}
