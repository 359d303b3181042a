import ParleyMachine

/// What happened within a test: its steps, logs and measures, as a tree, so that parallel branches
/// read in the script's order however they ran.
struct StepTree: Sendable {
    /// A step, or a line told within one.
    struct Node: Sendable {
        enum Kind: Sendable {
            case step(title: String)
            case line(word: String, text: String, Verdict)
        }

        var kind: Kind
        var branch: [Int]
        var parent: Int?
        var children: [Int] = []
        var verdict: Verdict?
        var started: Int64 = 0
        var took: Int64 = 0

        /// What an uneventful test leaves out.
        var isPassedStep: Bool {
            if case .step = kind { verdict == .pass } else { false }
        }
    }

    /// What is kept of one test; a loop over a thousand hosts says the rest in a number.
    private static let nodeLimit = 2000

    private(set) var nodes: [Node] = []
    private(set) var roots: [Int] = []
    private(set) var omitted = 0
    private var open: [[Int]: [Int]] = [:]

    mutating func begin(_ title: String, branch: [Int], at time: Int64) {
        let index = insert(Node(kind: .step(title: title), branch: branch, started: time))
        // A step that was not kept is still open: its end must not end another.
        open[branch, default: []].append(index ?? -1)
    }

    mutating func end(_ verdict: Verdict, branch: [Int], at time: Int64) {
        guard let index = open[branch]?.popLast() else { return }
        if open[branch]?.isEmpty ?? false { open[branch] = nil }
        guard nodes.indices.contains(index) else { return }
        nodes[index].verdict = verdict
        nodes[index].took = time - nodes[index].started
    }

    mutating func tell(_ word: String, _ text: String, _ verdict: Verdict, branch: [Int]) {
        _ = insert(Node(kind: .line(word: word, text: text, verdict), branch: branch))
    }

    /// The titles of the steps that are open, of whatever branch was opened last.
    var current: String? {
        guard let index = open[[]]?.last ?? open.values.first?.last, nodes.indices.contains(index)
        else { return nil }
        guard case .step(let title) = nodes[index].kind else { return nil }
        return title
    }

    /// How many steps there were.
    var stepCount: Int {
        nodes.count { if case .step = $0.kind { true } else { false } } + omitted
    }

    /// The children in the order of the script: what branches told follows the branch's number.
    func ordered(_ children: [Int]) -> [Int] {
        guard let first = children.first else { return [] }
        let own = nodes[first].parent.map { nodes[$0].branch } ?? []
        var result: [Int] = []
        var run: [Int] = []
        func flushed() -> [Int] {
            run.enumerated().sorted { left, right in
                let (one, other) = (nodes[left.element].branch, nodes[right.element].branch)
                if one == other { return left.offset < right.offset }
                return one.lexicographicallyPrecedes(other)
            }.map(\.element)
        }
        for child in children {
            if nodes[child].branch.count > own.count {
                run.append(child)
            } else {
                result += flushed()
                run = []
                result.append(child)
            }
        }
        return result + flushed()
    }

    private mutating func insert(_ node: Node) -> Int? {
        guard nodes.count < Self.nodeLimit else {
            omitted += 1
            return nil
        }
        var node = node
        node.parent = parent(of: node.branch)
        let index = nodes.count
        nodes.append(node)
        if let parent = node.parent {
            nodes[parent].children.append(index)
        } else {
            roots.append(index)
        }
        return index
    }

    /// The innermost open step of the branch, or of the branch that it sprang from.
    private func parent(of branch: [Int]) -> Int? {
        var branch = branch[...]
        while true {
            if let index = open[Array(branch)]?.last, nodes.indices.contains(index) { return index }
            guard !branch.isEmpty else { return nil }
            branch = branch.dropLast()
        }
    }
}
