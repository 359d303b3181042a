import ParleyDiagnostics
import ParleySyntax
import ParleyVerbs
import ParleyWire
import Testing

@testable import ParleyShell

/// What the shell tells about itself.
@Suite struct HelpTests {
    @Test func `every command is listed with its arguments`() async {
        let talk = await ShellHarness()
        await talk.type(":help")
        let shown = talk.taken()
        for command in ShellCommands.all {
            #expect(shown.contains(HelpTopics.usage(of: command)))
            #expect(shown.contains(command.help))
        }
        await talk.shell.close()
    }

    @Test func `every statement, verb, value and function has a page`() async {
        let talk = await ShellHarness()
        for topic in HelpTopics.names(talk.shell.configuration) {
            #expect(await talk.type(":help \(topic)") == .done, "\(topic)")
            #expect(talk.taken().count > topic.count, "\(topic)")
        }
        await talk.shell.close()
    }

    @Test func `a verb that protocols say differently is told for each of them`() async {
        let talk = await ShellHarness()
        await talk.type(":help auth")
        let lines = talk.taken().split(separator: "\n")
        #expect(lines.filter { $0.hasSuffix(":") } == ["smtp, lmtp:", "imap:"], "\(lines)")
        #expect(lines.count { $0.hasPrefix("auth MECHANISM") } == 2)
        await talk.type(":help starttls")
        #expect(talk.taken().contains("imap:\nstarttls"))
        await talk.type(":help select")
        #expect(!talk.taken().contains("imap:"))
        await talk.shell.close()
    }

    @Test
    func `where somebody else's commands work, they are helped with, and what does not is not`()
        async
    {
        let talk = await ShellHarness {
            $0.hostCommands = [
                HostCommand("step", usage: ":step, :s", help: "to the next one"),
                HostCommand("quit", usage: ":quit, :q", help: "end the run"),
            ]
        }
        await talk.type(":help")
        let shown = talk.taken()
        #expect(shown.contains(":step, :s") && shown.contains(":caps"), "\(shown)")
        for refused in [":reset", ":record", "take leave of every session"] {
            #expect(!shown.contains(refused), "\(refused)")
        }
        let assistant = talk.shell.assistant
        func candidates(_ input: String) -> [String] {
            assistant.completion(of: input, at: input.utf8.count).candidates.map(\.text)
        }
        #expect(candidates(":st") == [":step"] && candidates(":q") == [":quit"])
        #expect(candidates(":rec") == [":reconnect"] && candidates(":res") == [])
        #expect(assistant.hint(for: ":step", at: 5) == ":step, :s: to the next one")
        await talk.type(":help quit")
        #expect(talk.taken().contains("end the run"))
        await talk.type(":setp")
        #expect(talk.taken().contains("did you mean ‘:step’?"))
        await talk.shell.close()
    }

    @Test func `every statement shows how it is written`() {
        for row in Keywords.statements {
            #expect(!StatementForms.forms(of: row.word).isEmpty, "\(row.word)")
        }
        for row in StatementForms.wordStatements {
            #expect(!StatementForms.forms(of: row.word).isEmpty, "\(row.word)")
        }
    }

    @Test func `a word that is a verb and a command shows both`() async {
        let talk = await ShellHarness()
        await talk.type(":help quit")
        let shown = talk.taken()
        #expect(shown.contains("take leave of every session") && shown.contains("end the session"))
        await talk.type(":help :quit")
        #expect(!talk.taken().contains("end the session\n"))
        await talk.shell.close()
    }

    @Test func `reasons are topics, and what is not known suggests what is`() async {
        let talk = await ShellHarness { $0.explained = [("smtp.reply", "another reply")] }
        await talk.type(":help reasons")
        #expect(talk.taken().contains("smtp.reply"))
        await talk.type(":help smtp.reply")
        #expect(talk.taken() == "the reply was another one")
        #expect(await talk.type(":help strattls").isFailure)
        #expect(talk.taken().contains("did you mean ‘:help starttls’?"))
        await talk.shell.close()
    }

    @Test func `the examples are inputs that make sense`() async {
        for example in ExamplesCommand.all {
            for input in example.inputs where input.first != ":" && input.first != "." {
                let tree = Parser.parse(
                    .init(name: "x", "\(input)\n"),
                    separatesAtSemicolons: true
                )
                let isRaw = example.inputs.first == ":raw"
                let value = Parser.parse(.init(name: "x", "let it = \(input)\n"))
                #expect(
                    isRaw || tree.diagnostics.isEmpty || value.diagnostics.isEmpty,
                    "\(input)"
                )
            }
            for input in example.inputs where input.first == ":" {
                let name = input.dropFirst().prefix { $0 != " " }
                #expect(ShellCommands.all.contains { $0.name == name }, "\(input)")
            }
        }
        let talk = await ShellHarness()
        #expect(await talk.type(":examples") == .done)
        #expect(talk.taken().contains("connect smtp mx.example.net:25"))
        await talk.shell.close()
    }

    @Test func `every capability that verbs demand is explained`() {
        for verb in Protocols.registry.protocols.flatMap(\.verbs) {
            guard let keyword = verb.requires else { continue }
            #expect(!CapabilityMeaning.text(of: keyword).isEmpty, "\(keyword)")
        }
    }
}
