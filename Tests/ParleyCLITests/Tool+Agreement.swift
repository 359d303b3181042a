import Foundation
import Testing

extension Tool {
    /// Runs a one-liner, and the script that it prints: both say the same to the server, word for
    /// word, and come to the same verdict for the same reason. The script is as the formatter and
    /// the linter want it.
    static func holdAgainstScript(
        _ arguments: [String],
        environment: [String: String] = [:],
        location: SourceLocation = #_sourceLocation
    ) throws -> Outcome {
        let direct = try run(arguments + ["--format", "jsonl"], environment: environment)
        let script = try run(arguments + ["--as-script"], environment: environment)
        #expect(script.status == 0, "\(script)", sourceLocation: location)
        try withFolder(["x.parley": script.output]) { folder in
            let lint = try run("lint", "x.parley", in: folder)
            #expect(lint.status == 0, "\(lint)", sourceLocation: location)
            let format = try run("fmt", "--check", "x.parley", in: folder)
            #expect(format.status == 0, "\(script.output)", sourceLocation: location)
            let again = try run(
                ["run", "--trace", "--format", "jsonl", "x.parley"],
                in: folder,
                environment: environment
            )
            #expect(again.status == direct.status, "\(direct)", sourceLocation: location)
            let (first, second) = (try Conduct(direct.output), try Conduct(again.output))
            #expect(first == second, sourceLocation: location)
            #expect(first.verdict != nil, "\(direct)", sourceLocation: location)
        }
        return direct
    }
}

/// What a run did, as its report in JSON tells it.
private struct Conduct: Equatable {
    var verdict: String?
    var reason: String?
    var sent: [String] = []

    init(_ lines: String) throws {
        for line in lines.split(separator: "\n") {
            let object = try JSONSerialization.jsonObject(with: Data(line.utf8))
            guard let event = object as? [String: Any] else { continue }
            switch event["event"] as? String {
            case "sent": sent.append(event["text"] as? String ?? "")
            case "test.finished":
                verdict = event["verdict"] as? String
                reason = event["reason"] as? String
            default: break
            }
        }
    }
}
