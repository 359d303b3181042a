import ArgumentParser

/// The root: without a subcommand it is a conversation.
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

            Without a subcommand it begins a conversation by hand; a file that is named in place \
            of one is run: parley probe.parley --trace.

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
            LanguageServerCommand.self,
        ]
    )

    mutating func execute() throws -> Int32 {
        var conversation = try ConversationCommand.bare()
        return try conversation.execute()
    }
}
