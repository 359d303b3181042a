import ParleyMachine

/// The lines that tell a test's steps, indented by their depth.
struct StepText {
    let tree: StepTree
    let canvas: TextCanvas
    /// Whether the test is told at length: it did not pass, or the user asked for all.
    let tellsAll: Bool
    /// What the test found: a step that did not pass shows its reason.
    var findings: [Finding] = []

    /// So many passing steps in a row are told one by one.
    private static let patience = 3
    private static let depthLimit = 8

    var lines: [String] {
        var lines = self.lines(tree.roots, depth: 1)
        if tree.omitted > 0, tellsAll {
            lines.append("  … \(tree.omitted) more steps and remarks")
        }
        return lines
    }

    /// Every step that is told by a line of its own, with the titles of those around it.
    var paths: Set<[String]> {
        let told = tree.nodes.indices.filter { index in
            guard case .step = tree.nodes[index].kind else { return false }
            return !tree.nodes[index].isPassedStep
        }
        return Set(told.map(path))
    }

    /// The titles down to a step.
    private func path(_ index: Int) -> [String] {
        var titles: [String] = []
        var next: Int? = index
        while let current = next {
            if case .step(let title) = tree.nodes[current].kind { titles.append(title) }
            next = tree.nodes[current].parent
        }
        return titles.reversed()
    }

    /// Why a step did not pass, if that lies in itself and not in one within.
    private func reason(_ index: Int) -> String {
        guard let verdict = tree.nodes[index].verdict, verdict >= .fail else { return "" }
        let path = path(index)
        return findings.first { $0.verdict == verdict && $0.steps == path }?.reason ?? ""
    }

    private func lines(_ nodes: [Int], depth: Int) -> [String] {
        var lines: [String] = []
        var passed: [Int] = []
        func flush() {
            if passed.count > Self.patience, !canvas.style.isVerbose {
                let took = passed.reduce(Int64(0)) { $0 + tree.nodes[$1].took }
                lines.append(line(.pass, "\(passed.count) steps", took, depth))
            } else {
                for index in passed { lines += step(index, depth) }
            }
            passed = []
        }
        for index in tree.ordered(nodes) {
            let node = tree.nodes[index]
            switch node.kind {
            case .line(let word, let text, let verdict):
                flush()
                let indent = String(repeating: "  ", count: min(depth, Self.depthLimit))
                let said = canvas.cut(canvas.safe(text), to: max(20, canvas.style.columns - 8))
                lines.append(indent + canvas.ink(word, VerdictText.tint(verdict)) + " \(said)")
            case .step where !tellsAll:
                // What was logged within a passing step shows all the same.
                lines += self.lines(node.children, depth: depth)
            case .step where node.isPassedStep && node.children.isEmpty:
                passed.append(index)
            case .step:
                flush()
                lines += step(index, depth)
            }
        }
        flush()
        return lines
    }

    private func step(_ index: Int, _ depth: Int) -> [String] {
        let node = tree.nodes[index]
        guard case .step(let title) = node.kind else { return [] }
        return [line(node.verdict, title, node.took, depth, reason(index))]
            + lines(node.children, depth: depth + 1)
    }

    private func line(
        _ verdict: Verdict?,
        _ title: String,
        _ took: Int64,
        _ depth: Int,
        _ reason: String = ""
    ) -> String {
        let indent = String(repeating: "  ", count: min(depth, Self.depthLimit))
        // A step without a verdict was left by a failure around it.
        let word = verdict.map(VerdictText.word) ?? "left"
        let tint = verdict.map(VerdictText.tint) ?? .dim
        let time = verdict == nil ? "" : TimeText.duration(took)
        let tail = reason.isEmpty ? time : "\(reason)  \(time)"
        let room =
            canvas.style.textColumns - indent.utf8.count - word.utf8.count - 3 - tail.utf8.count
        let name = canvas.cut(canvas.safe(title), to: max(16, room))
        let width = indent.utf8.count + word.utf8.count + 1 + canvas.width(name)
        return canvas.spread(
            indent + canvas.ink(word, tint) + " " + name,
            reason.isEmpty
                ? canvas.ink(time, .dim) : canvas.ink(reason, .bad) + "  " + canvas.ink(time, .dim),
            leftWidth: width,
            rightWidth: tail.utf8.count
        )
    }
}
