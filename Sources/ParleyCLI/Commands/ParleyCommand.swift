import ArgumentParser

/// The root: without a subcommand it welcomes.
struct ParleyCommand: ToolCommand {
    static let configuration = CommandConfiguration(
        commandName: "parley",
        abstract: "Talk to mail servers and judge what they say.",
        discussion: """
            A script reads like the transcript of the conversation it tests:

              test "mail for postmaster is taken" {
                  connect smtp mx.example.net:25  => 220
                  ehlo probe.example.org          => 250
                  mail <>                         => 250
                  rcpt postmaster@example.net     => 250
                  quit                            => 221
              }

            Exit codes: 0 all passed, 1 a test failed, 2 the script or the command line is wrong \
            (nothing was sent, but for mistakes that only show at run time), 3 could not run here \
            and the target is not accused, 70 a defect in Parley, 130 interrupted.
            """,
        version: "parley \(CommandLineTool.version)",
        subcommands: [
            RunCommand.self, SMTPCommand.self, TLSCommand.self, ConversationCommand.self,
            RecordCommand.self, LintCommand.self,
            FormatCommand.self,
            ExplainCommand.self,
        ]
    )

    mutating func execute() throws -> Int32 {
        StandardStream.output.write(
            """
            Parley \(CommandLineTool.version) talks to mail servers and judges what they say.

              parley run FILES…       run scripts and tell what passed and what did not
              parley smtp HOST        ask one server one question, without a script
              parley tls HOST         the TLS versions, ciphers and groups of a server
              parley repl             talk to a server by hand
              parley record FILE      run a script and keep what the servers said
              parley lint FILES…      check scripts without sending anything
              parley fmt FILES…       write scripts in Parley's style
              parley explain REASON   the story of a reason or a code: smtp.reply, tls.protocol

            parley help COMMAND tells all about a command; parley explain lists all reasons.

            """
        )
        return ExitStatus.success
    }
}
