import Foundation
import ParleyEngine
import ParleyMachine
import ParleyNetwork
import Testing

/// What the documentation shows is what Parley does.
@Suite struct ReferenceTests {
    /// Files that the examples name: tables, other scripts.
    private static let folder = Project.root.appending(path: "Tests/Fixtures/reference")

    /// The one secret that the examples read from the environment.
    private static let environment = ["PROBE_PASS": "wonderland"]

    private static let network = SystemNetwork(loopCount: 1)

    private static let pages = Project.files(below: "grammar/spec", ending: ".md") + ["README.md"]

    static let blocks: [ReferenceBlock] = pages.flatMap { page in
        do {
            return try ReferenceBlock.blocks(of: page)
        } catch {
            Issue.record(error, "\(page) cannot be read")
            return []
        }
    }

    @Test func `every chapter stands in the table of contents`() throws {
        let contents = try Project.text(of: "grammar/spec.md")
        let chapters = Project.files(below: "grammar/spec", ending: ".md")
        #expect(chapters.count >= 20)
        for chapter in chapters {
            #expect(contents.contains("(\(chapter.dropFirst("grammar/".count)))"), "\(chapter)")
        }
    }

    @Test(arguments: blocks)
    func `a code block does what its fence says`(_ block: ReferenceBlock) async throws {
        let name = "\(block.page):\(block.line)"
        let front = FrontEnd(block.script, name: name, folder: Self.folder)
        if case .refused(let code) = block.use {
            #expect(front.errorCodes == [code], "\(front.rendered)")
            return
        }
        let program = try #require(front.program, "\(front.rendered)")
        #expect(front.diagnostics.isEmpty, "\(front.rendered)")
        guard block.use != .check else { return }
        let sink = FindingSink()
        let script = Script(
            path: Self.folder.appending(path: "block.parley").path,
            checked: program,
            program: Compiler.compile(program)
        )
        var options = RunOptions()
        options.environment = Self.environment
        options.probeName = "probe.example.org"
        let runner = Runner(network: Self.network, sink: sink, options: options)
        let summary = await runner.run([script])
        let findings = sink.findings.joined(separator: "\n")
        if case .fails(let reason) = block.use {
            #expect(summary.exitCode == 1 && findings.contains("(\(reason))"), "\(findings)")
        } else {
            #expect(summary.exitCode == 0 && !summary.counts.isEmpty, "\(findings)")
        }
    }

    @Test(arguments: Project.files(below: "scripts", ending: ".parley"))
    func `every script of the repository parses and checks`(_ path: String) throws {
        let folder = Project.root.appending(path: path).deletingLastPathComponent()
        let front = FrontEnd(try Project.text(of: path), name: path, folder: folder)
        #expect(front.diagnostics.isEmpty, "\(front.rendered)")
    }
}
